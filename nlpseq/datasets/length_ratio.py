"""How long a translation is, compared with what the data are like."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

import numpy as np

_PERCENTILES = (1, 25, 50, 75, 99)


class LengthRatios(TypedDict):
    """`overall`: target characters for each source character; `percentiles` of the rows."""

    overall: float
    percentiles: dict[str, float]


def num_characters(texts: Iterable[str]) -> np.ndarray:
    """Counts the characters of each text, white space left out.

    Characters and not words: so it says something of languages without spaces too.

    Args:
        texts: The texts.

    Returns:
        Whole numbers, `(texts,)`.

    Example:
        >>> num_characters(["A dog.", ""]).tolist()
        [5, 0]
    """
    return np.fromiter((sum(map(len, text.split())) for text in texts), np.int64)


def summarize_ratios(sources: np.ndarray, targets: np.ndarray) -> LengthRatios:
    """Sums up how long the targets are, for the length of their sources.

    Args:
        sources: Characters of each source, as `num_characters` counts them.
        targets: The same of each target.

    Returns:
        The ratio of all together, and percentiles of the rows with two sides.

    Example:
        >>> summarize_ratios(np.array([10, 20]), np.array([12, 24]))["overall"]
        1.2
    """
    full = (sources > 0) & (targets > 0)
    if not full.any():
        return LengthRatios(overall=0.0, percentiles={})
    rows = np.percentile(targets[full] / sources[full], _PERCENTILES)
    return LengthRatios(
        overall=round(float(targets.sum() / sources.sum()), 3),
        percentiles={str(p): round(float(v), 2) for p, v in zip(_PERCENTILES, rows, strict=True)},
    )


def unbalanced_rows(
    sources: Sequence[int] | np.ndarray, targets: Sequence[int] | np.ndarray, max_ratio: float
) -> np.ndarray:
    """Finds pairs of which one side is far too long for the other.

    A side is too long if it has more than `max_ratio` times the characters that the other side and
    the ratio of the whole data set let expect. Ten characters are added to both: a greeting of
    two letters may well have a translation of eight.

    Args:
        sources: Characters of each source, as `num_characters` counts them.
        targets: The same of each target.
        max_ratio: Above 1.

    Returns:
        Bool, `(rows,)`.

    Raises:
        ValueError: If `max_ratio` is not above 1.

    Example:
        >>> unbalanced_rows([50, 52, 49], [50, 51, 300], max_ratio=3).tolist()
        [False, False, True]
    """
    if max_ratio <= 1:
        raise ValueError(f"`max_ratio` must be above 1. Received: max_ratio={max_ratio}")
    lengths, others = np.asarray(sources), np.asarray(targets)
    full = (lengths > 0) & (others > 0)
    usual = float(np.median(others[full] / lengths[full])) if full.any() else 1.0
    expected = lengths * usual
    ratios = (others + 10) / (expected + 10)
    return full & (np.maximum(ratios, 1 / ratios) > max_ratio)
