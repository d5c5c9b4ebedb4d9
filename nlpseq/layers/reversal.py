"""Reading right-padded sequences backwards, and at their last real step.

With padding on the right a forward recurrence needs no mask: no real position ever sees the
padding behind it. A backward recurrence needs each row turned around within its own length, and
a final state has to be read at each row's own last step. Both are one gather of rows, and the
recurrence between them keeps the fused kernels that every backend drops as soon as a mask is given.
"""

from keras import ops


def reverse_sequences(inputs, mask=None):
    """Turns each row around within its real length; the padding stays where it is.

    Args:
        inputs: Float, `(batch, time, dim)`, `dim` known.
        mask: Bool, `(batch, time)`, `True` at real tokens, padding on the right.
            `None` means that nothing is padding.

    Returns:
        Float, `(batch, time, dim)`. Doing it twice gives the inputs back.

    Example:
        >>> import numpy as np
        >>> x = np.array([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [0.0]]])
        >>> mask = np.array([[True, True, True], [True, True, False]])
        >>> np.array(reverse_sequences(x, mask))[..., 0].tolist()
        [[3.0, 2.0, 1.0], [5.0, 4.0, 0.0]]
    """
    if mask is None:
        return ops.flip(inputs, axis=1)
    positions = ops.arange(ops.shape(inputs)[1], dtype="int32")[None]  # (1, T)
    lengths = _lengths(mask)[:, None]  # (B, 1)
    source = ops.where(positions < lengths, lengths - 1 - positions, positions)  # (B, T)
    batch, time = ops.shape(inputs)[0], ops.shape(inputs)[1]
    return ops.reshape(_take_rows(inputs, source), (batch, time, inputs.shape[-1]))


def last_steps(inputs, mask=None):
    """The vector at each row's last real step.

    Args:
        inputs: Float, `(batch, time, dim)`, `dim` known.
        mask: Bool, `(batch, time)`, `True` at real tokens, padding on the right; every row has
            at least one. `None` means that nothing is padding.

    Returns:
        Float, `(batch, dim)`.

    Example:
        >>> import numpy as np
        >>> x = np.array([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [0.0]]])
        >>> np.array(last_steps(x, np.array([[True] * 3, [True, True, False]]))).tolist()
        [[3.0], [5.0]]
    """
    if mask is None:
        return inputs[:, -1]
    return _take_rows(inputs, (_lengths(mask) - 1)[:, None])


def _lengths(mask):
    return ops.sum(ops.cast(mask, "int32"), axis=1)


def _take_rows(inputs, steps):
    """`inputs[b, steps[b, i]]` for all `b, i`, as `(batch * i, dim)`.

    A gather from the flattened `(batch * time, dim)` matrix: `ops.take_along_axis` would build an
    index for each single number (measured: one sixth of an LSTM layer's time).
    """
    batch, time = ops.shape(inputs)[0], ops.shape(inputs)[1]
    rows = steps + ops.arange(batch, dtype="int32")[:, None] * time
    matrix = ops.reshape(inputs, (-1, inputs.shape[-1]))
    return ops.take(matrix, ops.reshape(rows, (-1,)), axis=0)
