"""Alignment error rate: links of words against those that people made."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

Links = Iterable[tuple[int, int]]


class AlignmentScores(TypedDict):
    """Scores of links, between 0 and 1.

    Attributes:
        error_rate: The alignment error rate; 0 is best.
        precision: Share of the found links that are possible.
        recall: Share of the sure links that are found.
    """

    error_rate: float
    precision: float
    recall: float


def alignment_scores(
    found: Sequence[Links], sure: Sequence[Links], possible: Sequence[Links] | None = None
) -> AlignmentScores:
    """Scores the links of a set of sentence pairs.

    With `A` the found links, `S` the sure and `P` the possible ones, over all pairs:
    `1 - (|A & S| + |A & P|) / (|A| + |S|)`. Every sure link is a possible one too, whether or not
    it is in `possible`.

    Args:
        found: For each pair its links, `(source, target)` places of words.
        sure: For each pair the links that must be there.
        possible: For each pair the links that may be there; `None` means only the sure ones.

    Returns:
        The scores. Where nothing is to be found, the recall is 1, and where nothing is found, the
        precision is.

    Raises:
        ValueError: If the numbers of pairs differ.

    Example:
        >>> scores = alignment_scores([[(0, 0), (1, 1)]], sure=[[(0, 0)]], possible=[[(1, 1)]])
        >>> scores["error_rate"]
        0.0

    Reference:
        Och and Ney (2003), section 5, https://aclanthology.org/J03-1002
    """
    possible = sure if possible is None else possible
    if not len(found) == len(sure) == len(possible):
        raise ValueError(
            "`found`, `sure` and `possible` must have as many sentence pairs. "
            f"Received: {len(found)}, {len(sure)} and {len(possible)}"
        )
    links = num_sure = in_sure = in_possible = 0
    for pair in zip(found, sure, possible, strict=True):
        a, s, p = map(set, pair)
        links += len(a)
        num_sure += len(s)
        in_sure += len(a & s)
        in_possible += len(a & (p | s))
    return {
        "error_rate": 1 - _share(in_sure + in_possible, links + num_sure),
        "precision": _share(in_possible, links),
        "recall": _share(in_sure, num_sure),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
