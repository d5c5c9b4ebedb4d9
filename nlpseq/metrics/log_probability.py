"""Mean log-probability of the right tokens: higher is better."""

from typing import Any

import keras
from keras import ops

from nlpseq.losses import token_losses


@keras.saving.register_keras_serializable(package="nlpseq")
class LogProbability(keras.metrics.Mean):
    """Mean log-probability of a right token over an epoch, as a metric for `compile`.

    It is minus the logarithm of `Perplexity`, and picks the same epoch. Give it to
    `weighted_metrics`: under `metrics` Keras passes no weights, and padding would count.

    Args:
        name: Name in the logs.
        dtype: As for any Keras metric.

    Call arguments:
        y_true: Integers, `(batch, time)`.
        y_pred: Logits, `(batch, time, vocab_size)`.
        sample_weight: Float, `(batch, time)`, 0 at padding.

    Example:
        >>> import numpy as np
        >>> metric = LogProbability()
        >>> metric.update_state(np.array([[3, 0]]), np.zeros((1, 2, 4)), np.array([[1.0, 0.0]]))
        >>> round(float(metric.result()), 4)  # log(1 / 4)
        -1.3863
    """

    def __init__(self, name: str = "log_prob", dtype: str | None = None) -> None:
        super().__init__(name=name, dtype=dtype)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        losses = token_losses(y_true, ops.cast(y_pred, self.dtype))
        # Flat: of a matrix, Mean takes the mean of each row first, and a token in a wide
        # batch would count for less than one in a narrow batch.
        if sample_weight is not None:
            sample_weight = ops.reshape(sample_weight, (-1,))
        super().update_state(ops.reshape(-losses, (-1,)), sample_weight)
