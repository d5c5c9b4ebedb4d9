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
    logits = ops.convert_to_tensor(y_pred)
    losses = _cross_entropy(ops.maximum(y_true, 0), logits, label_smoothing)
    return losses * ops.cast(y_true >= 0, losses.dtype)


def _cross_entropy(right, logits, label_smoothing):
    """`log sum(exp(logits)) - (1 - e) * logits[right] - e * mean(logits)`, and its gradient.

    The logits of a translator are its largest tensor by far, and it is passes over them that take
    time. Differentiated op by op there would be twice as many; and a pass over a matrix is
    faster than one over `(batch, time, classes)`.
    """
    classes = logits.shape[-1]
    places = ops.reshape(right, (-1, 1))

    @ops.custom_gradient
    def losses(rows):
        largest = ops.max(rows, axis=-1, keepdims=True)
        shares = ops.exp(rows - largest)
        total = ops.sum(shares, axis=-1, keepdims=True)
        of_right = ops.take_along_axis(rows, places, axis=-1)
        found = ops.log(total) + largest - (1 - label_smoothing) * of_right
        if label_smoothing:
            found = found - label_smoothing * ops.mean(rows, axis=-1, keepdims=True)

        def grad(*args, upstream=None):
            gradient = (args[0] if upstream is None else upstream)[:, None]
            scale, spread = gradient / total, gradient * (label_smoothing / classes)
            changes = shares * scale
            if label_smoothing:
                changes = changes - spread
            at_right = ops.take_along_axis(shares, places, axis=-1) * scale - spread
            at_right = at_right - (1 - label_smoothing) * gradient
            numbers = ops.arange(ops.shape(rows)[0], dtype="int32")[:, None]
            indices = ops.concatenate([numbers, places], axis=-1)
            return ops.scatter_update(changes, indices, at_right[:, 0])

        return found[:, 0], grad

    return ops.reshape(losses(ops.reshape(logits, (-1, classes))), ops.shape(right))


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
