"""Sequences of different lengths in one array: right padding, and the mask of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

Ids = Sequence[Sequence[int] | np.ndarray]


def mask_of(lengths: ArrayLike, width: int) -> np.ndarray:
    """Marks the real positions of right-padded rows.

    Args:
        lengths: Real tokens of each row, integers, `(batch,)`.
        width: Slots of a row, at least the longest length.

    Returns:
        Bool, `(batch, width)`, `True` at real tokens.

    Raises:
        ValueError: If a length is greater than `width`.

    Example:
        >>> mask_of([2, 3], width=4).astype(int)
        array([[1, 1, 0, 0],
               [1, 1, 1, 0]])
    """
    lengths = np.asarray(lengths, dtype=np.int64)
    too_long = np.flatnonzero(lengths > width)
    if too_long.size:
        row = too_long[0]
        raise ValueError(
            "`width` must be at least the longest sequence. "
            f"Received: width={width}, row {row} has length {lengths[row]}"
        )
    mask: np.ndarray = np.arange(width) < lengths[:, None]
    return mask


def pad(sequences: Ids, width: int | None = None, value: int = 0) -> np.ndarray:
    """Puts integer sequences into one array, padded on the right.

    Args:
        sequences: Lists or one-dimensional arrays of ids. A sequence may be empty.
        width: Slots of a row. `None` means the length of the longest sequence.
        value: What fills the free slots.

    Returns:
        Int32, `(batch, width)`.

    Raises:
        ValueError: If a sequence is longer than `width`.
        TypeError: If the sequences hold something else than integers.

    Example:
        >>> pad([[5, 6], [7, 8, 9]], width=4)
        array([[5, 6, 0, 0],
               [7, 8, 9, 0]], dtype=int32)
    """
    lengths = np.fromiter(map(len, sequences), dtype=np.int64, count=len(sequences))
    if width is None:
        width = int(lengths.max(initial=0))
    mask = mask_of(lengths, width)
    padded = np.full(mask.shape, value, dtype=np.int32)
    if mask.any():
        # Empty lists would turn the whole into floats, so they stay out.
        flat = np.concatenate([sequence for sequence in sequences if len(sequence)])
        if not np.issubdtype(flat.dtype, np.integer):
            raise TypeError(f"`sequences` must hold integers. Received: {flat.dtype} values")
        padded[mask] = flat
    return padded
