"""Accuracy of label sequences, without padding."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

from nlpseq.metrics.alignment import check_aligned

Labels = Sequence[Sequence[str]] | Sequence[Sequence[int]]


def token_accuracy(predicted: Labels, reference: Labels) -> float:
    """Share of the tokens with the right label.

    Args:
        predicted: Labels of each sentence, strings or ids.
        reference: The right labels, as many in each sentence.

    Returns:
        Between 0 and 1.

    Raises:
        ValueError: If the numbers of sentences, or of labels in a sentence, differ, or
            if there is no label at all.

    Example:
        >>> token_accuracy([["DET", "NOUN"], ["VERB"]], [["DET", "VERB"], ["VERB"]])
        0.6666666666666666
    """
    check_aligned(predicted, reference)
    num_tokens = sum(map(len, reference))
    if not num_tokens:
        raise ValueError("Accuracy needs at least one label. Received: none")
    right = sum(
        label == truth
        for labels, truths in zip(predicted, reference, strict=True)
        for label, truth in zip(labels, truths, strict=True)
    )
    return int(right) / num_tokens


def sentence_accuracy(predicted: Labels, reference: Labels) -> float:
    """Share of the sentences in which every label is right.

    Args:
        predicted: Labels of each sentence, strings or ids.
        reference: The right labels, as many in each sentence.

    Returns:
        Between 0 and 1. A sentence without labels counts as right.

    Raises:
        ValueError: If the numbers of sentences, or of labels in a sentence, differ, or
            if there is no sentence.

    Example:
        >>> sentence_accuracy([["DET", "NOUN"], ["VERB"]], [["DET", "VERB"], ["VERB"]])
        0.5
    """
    check_aligned(predicted, reference)
    if not len(reference):
        raise ValueError("Accuracy needs at least one sentence. Received: none")
    right = sum(
        all(label == truth for label, truth in zip(labels, truths, strict=True))
        for labels, truths in zip(predicted, reference, strict=True)
    )
    return right / len(reference)


@keras.saving.register_keras_serializable(package="nlpseq")
class TokenAccuracy(keras.metrics.Mean):
    """Share of the tokens with the right id over an epoch, as a metric for `compile`.

    Give it to `weighted_metrics`, so that padding does not count. Keras' own accuracy takes the
    mean of each row first, so that a token in a wide batch counts for less than one in a narrow
    batch; this one counts every token alike.

    Args:
        name: Name in the logs.
        dtype: Type of the sums; `None` means Keras' `floatx`.

    Call arguments:
        y_true: Token ids, integers, `(batch, time)`; a negative one is never right.
        y_pred: Logits, `(batch, time, classes)`.
        sample_weight: `(batch, time)`, 0 at padding. `None` means 1 everywhere.

    Returns:
        Between 0 and 1.

    Example:
        >>> import numpy as np
        >>> metric = TokenAccuracy()
        >>> logits = np.array([[[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]])
        >>> metric.update_state(np.array([[1, 1, 0]]), logits, np.array([[1.0, 1.0, 0.0]]))
        >>> float(metric.result())
        0.5
    """

    def __init__(self, name: str = "accuracy", dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        best = ops.top_k(y_pred, 1)[1][..., 0]  # Keras' `argmax` takes five times as long
        right = ops.cast(y_true, "int32") == ops.cast(best, "int32")
        if sample_weight is not None:
            sample_weight = ops.reshape(sample_weight, (-1,))
        super().update_state(ops.reshape(ops.cast(right, self.dtype), (-1,)), sample_weight)
