"""Best labels as a Keras model: it computes logits, then searches in the graph."""

import keras
from keras import ops


class TagSearch(keras.Model):
    """The most probable labels of a `TaggingModel`.

    `predict_on_batch` compiles network and search into one function on every backend. A softmax
    head takes the best label of each token, a CRF the best sequence (Viterbi).

    Args:
        model: The `TaggingModel`, or a `TaggingEnsemble`; its weights are used, not copied.
        probabilities: Whether to give probabilities too.
        num_best: How many of the best sequences of a CRF to give, instead of the best labels alone;
            0 for the latter. A softmax head has no sequences to choose from.

    Call arguments:
        inputs: As for the model.

    Returns:
        For each column, by name, a dictionary: `tags`, int32 `(batch, time)`; with
        `probabilities`, also `probabilities`, float `(batch, time, num_tags)`: the softmax, or the
        marginals of the CRF. With `num_best`, `tags` is `(batch, num_best, time)`, best first,
        and `scores`, `(batch, num_best)`, has their log-probabilities.

    Raises:
        ValueError: If `num_best` is negative, or given and the model has no CRF.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.tagging import TaggingModel
        >>> model = TaggingModel(9, {"upos": 4}, characters="none", units=8)
        >>> tokens = np.array([[5, 3, 8], [2, 0, 0]])
        >>> found = TagSearch(model).predict_on_batch({"tokens": tokens, "mask": tokens > 0})
        >>> found["upos"]["tags"].shape
        (2, 3)
    """

    def __init__(self, model, probabilities=False, num_best=0, **kwargs):
        super().__init__(**kwargs)
        if num_best < 0:
            raise ValueError(f"`num_best` must not be negative. Received: num_best={num_best}")
        if num_best and model.head != "crf":
            raise ValueError(
                'The best sequences need a model with head="crf". '
                f"Received: num_best={num_best}, head={model.head!r}"
            )
        self.model = model
        self.probabilities = probabilities
        self.num_best = num_best

    def call(self, inputs):
        mask = inputs["mask"]
        logits = self.model(inputs, training=False)
        return {column: self._best(column, logits[column], mask) for column in logits}

    def _best(self, column, logits, mask):
        crf = self.model.crfs.get(column)
        if self.num_best:
            tags, scores = crf.decode_nbest(logits, mask, self.num_best)
            return {"tags": tags, "scores": scores - crf.log_partition(logits, mask)[:, None]}
        if crf is None:
            found = {"tags": ops.cast(ops.argmax(logits, axis=-1), "int32")}
        else:
            found = {"tags": crf.decode(logits, mask)[0]}
        if self.probabilities:
            found["probabilities"] = self.model.probabilities(column, logits, mask)
        return found
