"""All scores of one column of labels."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlpseq.metrics.accuracy import sentence_accuracy, token_accuracy
from nlpseq.metrics.spans import span_scores
from nlpseq.text.morphology import NONE, are_features, read_features

Labels = Sequence[Sequence[str]]


def column_scores(
    predicted: Labels,
    reference: Labels,
    known: Sequence[Sequence[bool]] | None,
    scheme: str | None,
) -> dict[str, Any]:
    """Scores the predicted labels of a column.

    Args:
        predicted: The labels of each sentence.
        reference: The right labels, as many.
        known: Whether each token is in the vocabulary; `None` leaves `unknown_accuracy` out.
        scheme: The scheme of the labels where they are spans, or `None`.

    Returns:
        The scores by name, as `Tagger.evaluate` describes them.

    Example:
        >>> column_scores([["N", "V"]], [["N", "N"]], [[True, False]], scheme=None)
        {'accuracy': 0.5, 'unknown_accuracy': 0.0, 'sentence_accuracy': 0.0}
    """
    scores: dict[str, Any] = {"accuracy": token_accuracy(predicted, reference)}
    if known is not None:
        right = [
            guess == tag
            for guesses, tags, flags in zip(predicted, reference, known, strict=True)
            for guess, tag, flag in zip(guesses, tags, flags, strict=True)
            if not flag
        ]
        scores["unknown_accuracy"] = sum(right) / len(right) if right else None
    scores["sentence_accuracy"] = sentence_accuracy(predicted, reference)
    if are_features(label for labels in reference for label in labels):
        scores["features"] = feature_accuracies(predicted, reference)
    if scheme is not None:
        scores |= span_scores(predicted, reference, scheme)
    return scores


def feature_accuracies(predicted: Labels, reference: Labels) -> dict[str, float]:
    """Share of the tokens with the right value, for each feature of labels made of features.

    Args:
        predicted: The labels of each sentence.
        reference: The right labels, as many.

    Returns:
        Accuracies by feature. To have none of a feature, `_`, is a value too.

    Example:
        >>> feature_accuracies([["Case=Nom", "_"]], [["Case=Acc|Number=Sing", "_"]])
        {'Case': 0.5, 'Number': 0.5}
    """
    guesses = [[read_features(label) for label in labels] for labels in predicted]
    right = [[read_features(label) for label in labels] for labels in reference]
    return {
        name: token_accuracy(_values(guesses, name), _values(right, name))
        for name in sorted({name for row in right for values in row for name in values})
    }


def _values(rows: list[list[dict[str, str]]], name: str) -> list[list[str]]:
    return [[values.get(name, NONE) for values in row] for row in rows]


def main_score(scores: Mapping[str, Any]) -> float:
    """The score to choose a model by: F1 of spans, or else the accuracy.

    Example:
        >>> main_score({"accuracy": 0.98, "f1": 0.7})
        0.7
    """
    return float(scores["f1"] if "f1" in scores else scores["accuracy"])
