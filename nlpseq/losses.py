"""The loss of every nlpseq model: cross-entropy per token, and what "mean" means."""

import keras
from keras import ops


def token_losses(y_true, y_pred):
    """Cross-entropy of each token.

    Args:
        y_true: Integers, any shape. A negative id means that the right answer is not among the
            classes (a label never seen in training): such a token has loss 0, since no prediction
            could be better than another.
        y_pred: Logits, the shape of `y_true` plus `(classes,)`.

    Returns:
        Loss in nats, the shape of `y_true`.

    Example:
        >>> import numpy as np
        >>> [round(float(x), 4) for x in token_losses(np.array([3, -1]), np.zeros((2, 4)))]  # log 4
        [1.3863, 0.0]
    """
    y_true = ops.cast(y_true, "int32")
    losses = ops.sparse_categorical_crossentropy(ops.maximum(y_true, 0), y_pred, from_logits=True)
    return losses * ops.cast(y_true >= 0, losses.dtype)


@keras.saving.register_keras_serializable(package="nlpseq")
class TokenCrossEntropy(keras.losses.Loss):
    """Cross-entropy of logits against token ids, averaged over the real tokens.

    The mean is `sum(weight * loss) / sum(weight)`: padding has weight 0 and changes nothing,
    whereas Keras' default would divide by all slots, padding included.

    Args:
        name: Name of the loss.

    Call arguments:
        y_true: Integers, `(batch, time)`; negative ids as in `token_losses`.
        y_pred: Logits, `(batch, time, classes)`.
        sample_weight: Float, `(batch, time)`, 0 at padding.

    Returns:
        Mean loss in nats per real token.

    Example:
        >>> import numpy as np
        >>> logits = np.zeros((1, 2, 4), "float32")  # four equally likely classes
        >>> loss = TokenCrossEntropy()(np.array([[3, 0]]), logits, np.array([[1.0, 0.0]]))
        >>> round(float(loss), 4)  # log(4)
        1.3863
    """

    def __init__(self, name="token_cross_entropy", **kwargs):
        super().__init__(name=name, reduction="mean_with_sample_weight", **kwargs)

    def call(self, y_true, y_pred):
        return token_losses(y_true, y_pred)

    def get_config(self):
        return {"name": self.name, "dtype": self.dtype}
