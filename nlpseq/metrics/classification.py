"""Scores of a label for each row."""

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict


class ClassScores(TypedDict):
    """What a classifier reaches for one label."""

    precision: float
    recall: float
    f1: float
    support: int
    predicted: int


class ClassificationScores(TypedDict):
    """What a classifier reaches."""

    accuracy: float
    macro_f1: float
    labels: dict[str, ClassScores]


def classification_scores(
    predicted: Sequence[str], reference: Sequence[str]
) -> ClassificationScores:
    """Scores predicted labels, one a row.

    Args:
        predicted: The labels that were predicted.
        reference: The right ones, as many.

    Returns:
        `accuracy`: share of the rows with the right label. `macro_f1`: the mean of the F1 of the
        labels. `labels`: for each label of either, `precision`, `recall`, `f1`; `support`, how many
        rows have it, and `predicted`, how many were given it. A share of nothing is 0.

    Raises:
        ValueError: If there are not as many, or none.

    Example:
        >>> scores = classification_scores(["x", "x", "y"], ["x", "y", "y"])
        >>> round(scores["accuracy"], 2), round(scores["macro_f1"], 2)
        (0.67, 0.67)
        >>> scores["labels"]["x"]
        {'precision': 0.5, 'recall': 1.0, 'f1': 0.6666666666666666, 'support': 1, 'predicted': 2}
    """
    if len(predicted) != len(reference) or not len(reference):
        raise ValueError(
            "`predicted` and `reference` must have as many labels, at least one. "
            f"Received: {len(predicted)} and {len(reference)}"
        )
    found, wanted = Counter(predicted), Counter(reference)
    right = Counter(p for p, truth in zip(predicted, reference, strict=True) if p == truth)
    labels = {
        label: ClassScores(
            precision=_share(right[label], found[label]),
            recall=_share(right[label], wanted[label]),
            f1=_share(2 * right[label], found[label] + wanted[label]),
            support=wanted[label],
            predicted=found[label],
        )
        for label in sorted(found.keys() | wanted.keys())
    }
    return ClassificationScores(
        accuracy=right.total() / len(reference),
        macro_f1=sum(scores["f1"] for scores in labels.values()) / len(labels),
        labels=labels,
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
