"""The obvious filters for parallel text."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nlpseq.datasets.copies import copied_rows
from nlpseq.datasets.duplicates import duplicate_rows
from nlpseq.datasets.length_ratio import num_characters, unbalanced_rows


class Cleaned(NamedTuple):
    """What is left of parallel text.

    Attributes:
        rows: The numbers of the rows that are kept, from 0, in their order.
        removed: By filter, how many rows it removed.
    """

    rows: list[int]
    removed: dict[str, int]


def clean_pairs(
    sources: Sequence[str],
    targets: Sequence[str],
    *,
    max_length: int = 100,
    max_ratio: float = 3.0,
    keep_duplicates: bool = False,
    keep_copies: bool = False,
) -> Cleaned:
    """Chooses the pairs that are worth learning from.

    The filters, in their order; a row counts for the first that removes it:

    - `empty`: a side without a word;
    - `too long`: a side with more than `max_length` words;
    - `unbalanced`: a side far too long for the other, see `unbalanced_rows`;
    - `identical sides`: nobody has translated it;
    - `duplicates`: an earlier row has the same two sides.

    Args:
        sources: The source texts.
        targets: The target texts, as many.
        max_length: Most words of a side, at least 1; words are apart by white space.
        max_ratio: How many times longer than expected a side may be; above 1.
        keep_duplicates: Whether that filter is left out.
        keep_copies: Whether the filter of identical sides is left out.

    Returns:
        `rows`, what is kept; `dataset.select(rows)` has them. `removed`, a count for each filter.

    Raises:
        ValueError: If a setting is out of range, or there are not as many sources as targets.

    Example:
        >>> english = ["A dog runs.", "OK", "", "A dog runs."]
        >>> german = ["Ein Hund rennt.", "OK", "Leer.", "Ein Hund rennt."]
        >>> clean_pairs(english, german).rows
        [0]

    Reference:
        Koehn et al. (2007), Moses, `clean-corpus-n.perl`, https://aclanthology.org/P07-2045
    """
    if max_length < 1:
        raise ValueError(f"`max_length` must be at least 1. Received: max_length={max_length}")
    if len(sources) != len(targets):
        raise ValueError(
            f"Every source must have its target. Received: {len(sources)} sources and "
            f"{len(targets)} targets"
        )
    lengths = np.array([[len(text.split()) for text in side] for side in (sources, targets)])
    bad = {
        "empty": np.flatnonzero((lengths == 0).any(axis=0)),
        "too long": np.flatnonzero((lengths > max_length).any(axis=0)),
        "unbalanced": np.flatnonzero(
            unbalanced_rows(num_characters(sources), num_characters(targets), max_ratio)
        ),
        "identical sides": [] if keep_copies else copied_rows(sources, targets),
        "duplicates": [] if keep_duplicates else duplicate_rows(zip(sources, targets, strict=True)),
    }
    kept = np.ones(len(sources), bool)
    removed = {}
    for name, rows in bad.items():
        before = int(kept.sum())
        kept[np.asarray(rows, int)] = False
        removed[name] = before - int(kept.sum())
    return Cleaned(np.flatnonzero(kept).tolist(), removed)
