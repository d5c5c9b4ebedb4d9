"""Labels of a sentence that comes in pieces."""

import keras
from keras import ops

from nlpseq.models.tagging import layer_name


class TagReading(keras.Model):
    """Labels of the tokens of a piece, from them and all tokens before it, and the state behind it.

    It needs a `TaggingModel` that reads forwards alone and labels each token by itself. Feeding a
    sentence in pieces, with the states of the one before, gives what feeding it whole does.

    Args:
        model: The model; its weights are used, not copied.

    Call arguments:
        inputs: As for the model, with `states` besides, as the call returns them.

    Returns:
        Dictionary of `probabilities`, for each column by name, float32 `(batch, time, num_tags)`,
        which mean nothing at padding, and of `states` behind the last real token of each row.

    Raises:
        ValueError: If the model reads backwards too, or has a CRF.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.tagging import TaggingModel
        >>> sizes = {"characters": "none", "units": 8, "bidirectional": False}
        >>> reading = TagReading(TaggingModel(9, {"upos": 4}, **sizes))
        >>> tokens = np.array([[5, 3]])
        >>> inputs = {"tokens": tokens, "mask": tokens > 0, "states": reading.zero_states(1)}
        >>> reading.predict_on_batch(inputs)["probabilities"]["upos"].shape
        (1, 2, 4)
    """

    def __init__(self, model, **kwargs):
        bidirectional = getattr(model, "bidirectional", None)  # an ensemble has none
        if bidirectional is not False or model.head == "crf":
            raise ValueError(
                "Pieces of a sentence can be labelled by a model with bidirectional=False and "
                'head="softmax" only: others wait for its end. Received: '
                f"bidirectional={bidirectional}, head={model.head!r}"
            )
        super().__init__(**kwargs)
        self.model = model
        self.words = keras.Model(model.input, model.get_layer("input_dropout").output)
        self.recurrent = model.get_layer("recurrent")

    def zero_states(self, batch):
        """States before the first token, as arrays.

        Args:
            batch: Number of rows.

        Returns:
            A list a layer of arrays `(batch, units)`.
        """
        return [
            [ops.convert_to_numpy(ops.zeros((batch, size))) for size in layer]
            for layer in self.recurrent.state_sizes
        ]

    def call(self, inputs):
        inputs = dict(inputs)
        states = inputs.pop("states")
        vectors = self.words(inputs, training=False)
        states = keras.tree.map_structure(lambda x: ops.cast(x, vectors.dtype), states)
        hidden, states = self.recurrent(
            vectors, mask=inputs["mask"], initial_state=states, training=False
        )
        found = {}
        for column in self.model.num_tags:
            logits = self.model.get_layer(f"tags_{layer_name(column)}")(hidden)
            found[column] = self.model.probabilities(column, logits, inputs["mask"])
        states = keras.tree.map_structure(lambda x: ops.cast(x, "float32"), states)
        return {"probabilities": found, "states": states}
