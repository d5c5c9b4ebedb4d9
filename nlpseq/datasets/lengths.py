"""How long the rows of a data set are."""

from collections.abc import Iterable
from typing import TypedDict

import numpy as np

_PERCENTILES = (1, 5, 25, 50, 75, 95, 99)
_MOST_BARS = 20


class Lengths(TypedDict):
    """Lengths of many rows in a few numbers.

    `percentiles` are by their names, `"50"` the median; `bars` say how many rows have
    up to a length that the bars before don't reach, `[length, rows]`.
    """

    total: int
    mean: float
    longest: int
    percentiles: dict[str, int]
    bars: list[list[int]]


def summarize_lengths(lengths: Iterable[int]) -> Lengths:
    """Sums up the lengths of rows.

    Args:
        lengths: A whole number for each row, such as its tokens.

    Returns:
        Total, mean, longest, percentiles (the smallest length that so many rows in 100 do not
        exceed) and at most 20 bars of equal width; the last one takes in all that are longer than
        nearly all others.

    Example:
        >>> summary = summarize_lengths([1, 2, 2, 3, 40])
        >>> summary["total"], summary["longest"], summary["percentiles"]["50"]
        (48, 40, 2)
    """
    values = np.fromiter(lengths, np.int64)
    if not len(values):
        return Lengths(total=0, mean=0.0, longest=0, percentiles={}, bars=[])
    found = np.percentile(values, _PERCENTILES, method="inverted_cdf")
    width = -(-(int(found[-1]) + 1) // _MOST_BARS)
    numbers = np.minimum(values // width, int(found[-1]) // width)
    longest = int(values.max())
    ends = [width * (bar + 1) - 1 for bar in range(int(numbers.max()) + 1)]
    ends[-1] = longest
    counts = np.bincount(numbers).tolist()
    return Lengths(
        total=int(values.sum()),
        mean=round(float(values.mean()), 2),
        longest=longest,
        percentiles={str(p): int(v) for p, v in zip(_PERCENTILES, found, strict=True)},
        bars=[list(bar) for bar in zip(ends, counts, strict=True)],
    )
