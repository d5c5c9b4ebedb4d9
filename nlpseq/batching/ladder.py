"""Batches of examples in the order of their length, with shapes from a fixed ladder."""

import numpy as np
from numpy.typing import ArrayLike

RUNGS_PER_OCTAVE = 4


def rung(length: int) -> int:
    """The narrowest width of the ladder that holds a length.

    Widths are all numbers up to 8, then four from each power of two to the next: few enough to be
    compiled one by one, and close enough to pad little.

    Args:
        length: At least 1.

    Returns:
        The width.

    Example:
        >>> [rung(length) for length in (1, 7, 9, 17, 25, 100, 1000)]
        [1, 7, 10, 20, 28, 112, 1024]
    """
    step = max(_power_of_two(length) // (2 * RUNGS_PER_OCTAVE), 1)
    return -(-length // step) * step


def sorted_batches(lengths: ArrayLike, batch_tokens: int) -> list[tuple[int, np.ndarray]]:
    """Puts examples into batches, the longest first.

    A batch has as many rows as fit, and its width is the rung of its longest example; so whatever
    the examples are, shapes repeat. The last batch has what is left, filled up to a power of two.

    Args:
        lengths: Tokens of each example, integers, `(examples,)`.
        batch_tokens: Slots of a batch, padding included. A longer example is a batch of its own.

    Returns:
        For each batch its width, and the index of each row's example, integers, `(batch,)`: -1 at
        rows that are left over.

    Example:
        >>> for width, rows in sorted_batches([2, 9, 3, 2, 1], batch_tokens=9):
        ...     print(width, rows)
        10 [1]
        3 [2 0 3]
        1 [4]
    """
    lengths = np.asarray(lengths)
    order = np.argsort(-lengths, kind="stable")
    batches = []
    while len(order):
        width = rung(int(lengths[order[0]]))
        height = max(batch_tokens // width, 1)
        rows, order = order[:height], order[height:]
        missing = min(_power_of_two(len(rows)), height) - len(rows)
        batches.append((width, np.concatenate([rows, np.full(missing, -1)])))
    return batches


def _power_of_two(number: int) -> int:
    """The least power of two that is not below a number."""
    return 1 << int(number - 1).bit_length()
