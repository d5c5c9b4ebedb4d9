"""One vector for a whole sequence."""

import keras
from keras import ops

KINDS = ("mean", "max")


@keras.saving.register_keras_serializable(package="nlpseq")
class Pooling(keras.layers.Layer):
    """The mean, or the greatest value of each entry, over the real steps of a sequence.

    Args:
        kind: `"mean"` or `"max"`.

    Call arguments:
        inputs: Float, `(batch, time, dim)`.
        mask: Bool, `(batch, time)`, `True` at real tokens; every row has at least one. `None` means
            that nothing is padding.

    Returns:
        Float, `(batch, dim)`.

    Raises:
        ValueError: If there is no such kind.

    Example:
        >>> import numpy as np
        >>> x = np.array([[[1.0, 8.0], [3.0, 2.0], [9.0, 9.0]]])
        >>> mask = np.array([[True, True, False]])
        >>> np.array(Pooling("mean")(x, mask=mask)), np.array(Pooling("max")(x, mask=mask))
        (array([[2., 5.]], dtype=float32), array([[3., 8.]], dtype=float32))

    Reference:
        Both over recurrent states: Conneau et al. (2017), section 3.2.2,
        https://arxiv.org/abs/1705.02364
    """

    def __init__(self, kind="max", **kwargs):
        super().__init__(**kwargs)
        if kind not in KINDS:
            raise ValueError(f"`kind` must be one of {', '.join(KINDS)}. Received: kind={kind!r}")
        self.supports_masking = True  # takes a mask; `compute_mask` says that it attaches none
        self.kind = kind

    def call(self, inputs, mask=None):
        if mask is None:
            return ops.mean(inputs, axis=1) if self.kind == "mean" else ops.max(inputs, axis=1)
        real = mask[..., None]  # (B, T, 1)
        if self.kind == "max":
            return ops.max(ops.where(real, inputs, -float("inf")), axis=1)
        # In float32: half the bits are too few to add up many steps.
        kept = ops.where(real, ops.cast(inputs, "float32"), 0.0)
        mean = ops.sum(kept, axis=1) / ops.sum(ops.cast(real, "float32"), axis=1)
        return ops.cast(mean, inputs.dtype)

    def compute_mask(self, inputs, previous_mask):
        return None

    def compute_output_shape(self, inputs_shape):
        return (inputs_shape[0], inputs_shape[-1])

    def get_config(self):
        return {**super().get_config(), "kind": self.kind}
