"""How the two directions of a layer become one vector."""

from keras import ops

MERGE_MODES = ("concat", "sum", "mul", "ave")


def merge(directions, mode):
    """Makes one vector of what each direction says; of one direction, its own.

    Args:
        directions: One or two tensors, float, `(..., units)`.
        mode: `"concat"`, `"sum"`, `"mul"`, `"ave"`: side by side, or added, multiplied or averaged
            entry by entry.

    Returns:
        Float, `(..., 2 * units)` of two concatenated directions, else `(..., units)`.

    Example:
        >>> import numpy as np
        >>> forward, backward = np.array([1.0, 2.0]), np.array([3.0, 6.0])
        >>> [np.array(merge([forward, backward], mode)).tolist() for mode in MERGE_MODES]
        [[1.0, 2.0, 3.0, 6.0], [4.0, 8.0], [3.0, 12.0], [2.0, 4.0]]
    """
    if len(directions) == 1:
        return directions[0]
    if mode == "concat":
        return ops.concatenate(directions, axis=-1)
    forward, backward = directions
    if mode == "mul":
        return forward * backward
    total = forward + backward
    return total / 2 if mode == "ave" else total
