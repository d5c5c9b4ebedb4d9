"""Log-probabilities of targets that are given."""

import keras
from keras import ops

from nlpseq.losses import token_losses


class ForcedScoring(keras.Model):
    """How probable a `Seq2SeqModel` takes the tokens of a target to be, each after the right ones.

    `predict_on_batch` keeps the logits inside the compiled function.

    Args:
        model: The model; its weights are used, not copied.

    Call arguments:
        inputs: As for the model, with `answers` besides: the target and its end token, integers,
            `(batch, target_time)`.

    Returns:
        Log-probabilities in nats, float32, `(batch, target_time)`. At padding they mean nothing.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, units=8)
        >>> source, target, answers = np.array([[5, 4, 3]]), np.array([[2, 6]]), np.array([[6, 3]])
        >>> inputs = {"source": source, "source_mask": source > 0, "target": target}
        >>> ForcedScoring(model).predict_on_batch({**inputs, "answers": answers}).shape
        (1, 2)
    """

    def __init__(self, model, **kwargs):
        super().__init__(**kwargs)
        self.model = model

    def call(self, inputs):
        inputs = dict(inputs)
        answers = inputs.pop("answers")
        logits = self.model(inputs, training=False)
        return -token_losses(answers, ops.cast(logits, "float32"))
