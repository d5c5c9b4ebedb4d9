"""Decoding as a Keras model: it encodes once, then searches in the graph."""

import keras
from keras import ops

from nlpseq.decoding.greedy import greedy_search


class GreedySearch(keras.Model):
    """The most probable token at each step, of a `Seq2SeqModel`.

    `predict_on_batch` compiles encoder, search loop and decoder steps into one function on every
    backend.

    Args:
        model: The `Seq2SeqModel` to decode with; its weights are used, not copied.
        begin_id: What the first step reads.
        end_id: The token that ends an output.
        banned_ids: Tokens that are never produced, such as padding.
        length_factor: Longest output per source token, of each row,
        length_offset: plus this many tokens. A decoder's own `max_length` is kept as well.

    Call arguments:
        inputs: Dictionary of `source` and `source_mask`, as for the model.

    Returns:
        What `greedy_search` returns: `token_ids`, `lengths`, `log_probs`.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, units=8)
        >>> search = GreedySearch(model, begin_id=2, end_id=3, banned_ids=(0, 1, 2))
        >>> source = np.array([[5, 4, 3]])
        >>> found = search.predict_on_batch({"source": source, "source_mask": source > 0})
        >>> found["token_ids"].shape  # 2 * 3 + 10 tokens at most
        (1, 16)
    """

    def __init__(
        self,
        model,
        begin_id,
        end_id,
        banned_ids=(),
        length_factor=2,
        length_offset=10,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.model = model
        self.begin_id = begin_id
        self.end_id = end_id
        self.banned_ids = tuple(banned_ids)
        self.length_factor = length_factor
        self.length_offset = length_offset

    def call(self, inputs):
        source, mask = inputs["source"], inputs["source_mask"]
        decoder = self.model.decoder_layer
        memory = self.model.encoder_layer(source, mask=mask, training=False)
        vocabulary = ops.arange(self.model.target_vocab_size, dtype="int32")
        banned = sum((ops.cast(vocabulary == i, "float32") for i in self.banned_ids), start=0.0)

        def step(token_ids, state):
            logits, state = decoder.step(token_ids, state)
            return ops.log_softmax(ops.cast(logits, "float32") - 1e9 * banned), state

        return greedy_search(
            step,
            decoder.start(memory),
            first_ids=ops.zeros_like(source[:, 0]) + self.begin_id,
            end_id=self.end_id,
            limits=self._limit(ops.sum(ops.cast(mask, "int32"), axis=1)),
            max_length=self._limit(ops.shape(source)[1]),
        )

    def _limit(self, source_length):
        limit = source_length * self.length_factor + self.length_offset
        longest = self.model.decoder_layer.max_length
        if longest is None:
            return limit
        return min(limit, longest) if isinstance(limit, int) else ops.minimum(limit, longest)
