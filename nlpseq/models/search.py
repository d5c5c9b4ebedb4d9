"""Decoding as a Keras model: it encodes once, then searches in the graph."""

import keras
import numpy as np
from keras import ops

from nlpseq.decoding.beam import beam_search, check_sizes
from nlpseq.decoding.greedy import greedy_search
from nlpseq.decoding.length_penalty import GNMT


class Search(keras.Model):
    """What every search over a `Seq2SeqModel` is; a subclass has the method `search`.

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

    def search(self, step, state, **where):
        """Runs the search from `state`; `where` is what all functions of `decoding/` ask for."""
        raise NotImplementedError(f"{type(self).__name__} must define `search`")

    def call(self, inputs):
        source, mask = inputs["source"], inputs["source_mask"]
        decoder = self.model.decoder_layer
        memory = self.model.encoder_layer(source, mask=mask, training=False)
        prepared = decoder.prepare(memory)
        banned = np.isin(np.arange(self.model.target_vocab_size), self.banned_ids)

        def step(token_ids, state):
            logits, state = decoder.step(token_ids, state, prepared)
            logits = ops.where(banned, float("-inf"), ops.cast(logits, "float32"))
            return ops.log_softmax(logits), state

        return self.search(
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


class GreedySearch(Search):
    """The most probable token at each step, of a `Seq2SeqModel`.

    Args:
        model: As in `Search`, like `begin_id` and `end_id`.
        **kwargs: `banned_ids`, `length_factor` and `length_offset`.

    Call arguments:
        inputs: As in `Search`.

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

    def search(self, step, state, **where):
        return greedy_search(step, state, **where)


class BeamSearch(Search):
    """The best outputs that a beam of hypotheses leads to, of a `Seq2SeqModel`.

    Args:
        model: As in `Search`, like `begin_id` and `end_id`.
        beam_size: Hypotheses that are followed at once.
        num_best: Outputs for each source, at most `beam_size`.
        length_penalty: How outputs of different lengths are compared, a `LengthPenalty`.
        **kwargs: `banned_ids`, `length_factor` and `length_offset`.

    Call arguments:
        inputs: As in `Search`.

    Returns:
        What `beam_search` returns: `token_ids`, `lengths`, `log_probs` and `scores`, each with the
        axis `num_best`, best first.

    Raises:
        ValueError: If `beam_size` or `num_best` is out of range.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, units=8)
        >>> search = BeamSearch(model, begin_id=2, end_id=3, banned_ids=(0, 1, 2), num_best=4)
        >>> source = np.array([[5, 4, 3]])
        >>> found = search.predict_on_batch({"source": source, "source_mask": source > 0})
        >>> found["token_ids"].shape, found["scores"].shape
        ((1, 4, 16), (1, 4))
    """

    def __init__(
        self, model, begin_id, end_id, beam_size=5, num_best=1, length_penalty=GNMT, **kwargs
    ):
        super().__init__(model, begin_id, end_id, **kwargs)
        check_sizes(beam_size, num_best)
        self.beam_size = beam_size
        self.num_best = num_best
        self.length_penalty = length_penalty

    def search(self, step, state, **where):
        return beam_search(
            step,
            state,
            beam_size=self.beam_size,
            num_best=self.num_best,
            length_penalty=self.length_penalty,
            **where,
        )
