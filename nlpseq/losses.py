"""The loss of every nlpseq model: cross-entropy per token, and what "mean" means."""

import keras
from keras import ops


def token_losses(y_true, y_pred, label_smoothing=0.0):
    """Cross-entropy of each token, against the right class or a mixture with all classes.

    With smoothing `e`, the target is `(1 - e)` on the right class plus `e / classes` on every one:
    the loss is `(1 - e) * -log p[right] + e * mean(-log p)`.

    Args:
        y_true: Integers, any shape. A negative id means that the right answer is not among the
            classes (a label never seen in training): such a token has loss 0, since no prediction
            could be better than another.
        y_pred: Logits, the shape of `y_true` plus `(classes,)`.
        label_smoothing: Share of the target that is spread over all classes, in `[0, 1)`.

    Returns:
        Loss in nats, the shape of `y_true`.

    Example:
        >>> import numpy as np
        >>> [round(float(x), 4) for x in token_losses(np.array([3, -1]), np.zeros((2, 4)))]  # log 4
        [1.3863, 0.0]

    Reference:
        Smoothing: Szegedy et al. (2016), section 7, https://arxiv.org/abs/1512.00567
    """
    y_true = ops.cast(y_true, "int32")
    right = ops.maximum(y_true, 0)
    losses = ops.sparse_categorical_crossentropy(right, y_pred, from_logits=True)
    if label_smoothing:
        # mean(-log p) + log p[right] = logit[right] - mean(logits): no second softmax.
        right_logits = ops.take_along_axis(y_pred, right[..., None], axis=-1)[..., 0]
        spread = ops.cast(right_logits - ops.mean(y_pred, axis=-1), losses.dtype)
        losses = losses + label_smoothing * spread
    return losses * ops.cast(y_true >= 0, losses.dtype)


@keras.saving.register_keras_serializable(package="nlpseq")
class TokenCrossEntropy(keras.losses.Loss):
    """Cross-entropy of logits against token ids, averaged over the real tokens.

    The mean is `sum(weight * loss) / sum(weight)`: padding has weight 0 and changes nothing,
    whereas Keras' default would divide by all slots, padding included.

    Args:
        label_smoothing: As in `token_losses`. Metrics such as `Perplexity` know nothing of it.
        name: Name of the loss.

    Call arguments:
        y_true: Integers, `(batch, time)`; negative ids as in `token_losses`.
        y_pred: Logits, `(batch, time, classes)`.
        sample_weight: Float, `(batch, time)`, 0 at padding.

    Returns:
        Mean loss in nats per real token.

    Raises:
        ValueError: If `label_smoothing` is out of range.

    Example:
        >>> import numpy as np
        >>> logits = np.zeros((1, 2, 4), "float32")  # four equally likely classes
        >>> loss = TokenCrossEntropy()(np.array([[3, 0]]), logits, np.array([[1.0, 0.0]]))
        >>> round(float(loss), 4)  # log(4)
        1.3863
    """

    def __init__(self, label_smoothing=0.0, name="token_cross_entropy", **kwargs):
        super().__init__(name=name, reduction="mean_with_sample_weight", **kwargs)
        check_label_smoothing(label_smoothing)
        self.label_smoothing = label_smoothing

    def call(self, y_true, y_pred):
        return token_losses(y_true, y_pred, self.label_smoothing)

    def get_config(self):
        return {"label_smoothing": self.label_smoothing, "name": self.name, "dtype": self.dtype}


def check_label_smoothing(label_smoothing):
    """Refuses a share that can't be spread.

    Args:
        label_smoothing: As in `token_losses`.

    Raises:
        ValueError: If it is not in `[0, 1)`.
    """
    if not 0 <= label_smoothing < 1:
        raise ValueError(
            f"`label_smoothing` must be in [0, 1). Received: label_smoothing={label_smoothing}"
        )
