"""The check that there is a label for every label."""

from collections.abc import Sequence
from typing import Any


def check_aligned(
    predicted: Sequence[Sequence[Any]],
    reference: Sequence[Sequence[Any]],
) -> None:
    """Stops if two sets of labelled sentences don't have a label for each label.

    Args:
        predicted: Labels of each sentence.
        reference: The right labels, as many in each sentence.

    Raises:
        ValueError: If the numbers of sentences, or of labels in a sentence, differ.

    Example:
        >>> check_aligned([["DET", "NOUN"]], [["DET", "VERB"]])
    """
    if len(predicted) != len(reference):
        raise ValueError(
            "`predicted` and `reference` must have as many sentences. "
            f"Received: {len(predicted)} and {len(reference)}"
        )
    for row, (labels, truths) in enumerate(zip(predicted, reference, strict=True)):
        if len(labels) != len(truths):
            raise ValueError(
                "A sentence must have as many predicted as reference labels. "
                f"Received: {len(labels)} and {len(truths)} in sentence {row}"
            )
