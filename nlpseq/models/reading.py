"""Log-probabilities of the tokens of a text, read piece by piece."""

import keras
from keras import ops

from nlpseq.losses import token_losses


class Reading(keras.Model):
    """How probable a `NextTokenModel` takes the tokens of a text to be, and the state behind it.

    `predict_on_batch` keeps the logits inside the compiled function.

    Args:
        model: The model; its weights are used, not copied.

    Call arguments:
        inputs: Dictionary of `tokens`, integers `(batch, time)`: the token before each answer;
            `answers`, integers of that shape; `mask`, bool of that shape, `True` at real tokens,
            padding on the right, at least one in each row; and `states`, as the call returns them.

    Returns:
        Dictionary of `log_probs`, float32 `(batch, time)`, in nats, which mean nothing at padding,
        and of `states` behind the last real token of each row. Feeding a text in pieces, with the
        states of the one before, gives what feeding it whole does.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.next_token import NextTokenModel
        >>> reading = Reading(NextTokenModel(vocab_size=9, embedding_dim=4, units=8))
        >>> inputs = {"tokens": np.array([[3, 5]]), "answers": np.array([[5, 6]])}
        >>> inputs |= {"mask": inputs["tokens"] > 0, "states": reading.zero_states(1)}
        >>> reading.predict_on_batch(inputs)["log_probs"].shape
        (1, 2)
    """

    def __init__(self, model, **kwargs):
        super().__init__(**kwargs)
        self.model = model

    def zero_states(self, batch):
        """States before the first token, as arrays.

        Args:
            batch: Number of rows.

        Returns:
            A list a layer of arrays `(batch, units)`.
        """
        return keras.tree.map_structure(
            ops.convert_to_numpy, self.model.decoder_layer.zero_states(batch)
        )

    def call(self, inputs):
        logits, states = self.model.decoder_layer(
            inputs["tokens"], states=inputs["states"], mask=inputs["mask"], training=False
        )
        losses = token_losses(inputs["answers"], ops.cast(logits, "float32"))
        return {"log_probs": -losses, "states": states}
