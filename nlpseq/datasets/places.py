"""Rows in which something was found: how many, and where the first of them are."""

from collections.abc import Iterable
from typing import TypedDict

import numpy as np

_MOST_SHOWN = 5


class Places(TypedDict):
    """How many rows, and the numbers of the first of them, from 0: `dataset[number]`."""

    rows: int
    first: list[int]


def places(rows: Iterable[int]) -> Places:
    """Sums up the rows in which something was found.

    Args:
        rows: Their numbers, from 0.

    Returns:
        How many, and the first five.

    Example:
        >>> places([3, 7])
        {'rows': 2, 'first': [3, 7]}
    """
    found = list(rows)
    return Places(rows=len(found), first=found[:_MOST_SHOWN])


def rows_where(flags: np.ndarray | Iterable[bool]) -> list[int]:
    """The numbers of the rows whose flag is set.

    Example:
        >>> rows_where(length > 2 for length in [1, 5, 3])
        [1, 2]
    """
    return np.flatnonzero(np.fromiter(flags, bool)).tolist()
