"""Perplexity: how many tokens a model hesitates between, on average."""

from typing import Any

import keras
from keras import ops

from nlpseq.metrics.log_probability import LogProbability


@keras.saving.register_keras_serializable(package="nlpseq")
class Perplexity(LogProbability):
    """Perplexity of logits over an epoch, as a metric for `compile`.

    It is `exp` of the mean cross-entropy over all tokens since the last reset, each token
    with its weight, and not a mean of the perplexities of batches. Batches of different
    sizes and widths make no difference. Give it to `weighted_metrics`: under `metrics`
    Keras passes no weights, and padding would count.

    Args:
        name: Name in the logs.
        dtype: Type of the sums; `None` means Keras' `floatx`.

    Call arguments:
        y_true: Token ids, integers, `(batch, time)`; a negative one has loss 0.
        y_pred: Logits, float of any precision, `(batch, time, vocab_size)`.
        sample_weight: `(batch, time)`, 0 at padding. `None` means 1 everywhere.

    Returns:
        A number, at least 1. It is 1 too before the first token.

    Example:
        >>> import numpy as np
        >>> metric = Perplexity()
        >>> sure, undecided = [100.0, 0.0], [0.0, 0.0]
        >>> weights = np.array([[1.0, 1.0, 0.0]])
        >>> metric.update_state(np.zeros((1, 3)), np.array([[sure, undecided, undecided]]), weights)
        >>> round(float(metric.result()), 4)  # the square root of 1 * 2
        1.4142
    """

    def __init__(self, name: str = "perplexity", dtype: Any = None) -> None:
        super().__init__(name=name, dtype=dtype)

    def result(self) -> Any:
        return ops.exp(-super().result())
