"""Decoding as a Keras model: it encodes once, then searches in the graph."""

import functools
from abc import ABC, abstractmethod

import keras
import numpy as np
from keras import ops

from nlpseq.decoding.constraints import forced_prefix, minimum_length, no_repeat_ngrams
from nlpseq.decoding.greedy import greedy_search
from nlpseq.decoding.phrases import include_phrases


class Search(keras.Model, ABC):
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
        min_length_factor: Shortest output per source token, the end token included, of each row.
        no_repeat_ngram_size: No output has the same tokens twice in as many places in a row; 0 for
            no such condition.

    Call arguments:
        inputs: Dictionary of `source` and `source_mask`, as for the model; perhaps with `prefixes`,
            integers `(batch, prefix_time)`: how each row's outputs are to begin, 0 behind it; and
            with `phrases`, integers `(batch, phrases, tokens)`, as in `include_phrases`. Their
            log-probabilities count, and the limit of a row has room for them. With `first_ids`,
            integers `(batch,)`, the first step of each row reads that token, not `begin_id`.
    """

    def __init__(
        self,
        model,
        begin_id,
        end_id,
        banned_ids=(),
        length_factor=2,
        length_offset=10,
        min_length_factor=0,
        no_repeat_ngram_size=0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.model = model
        self.begin_id = begin_id
        self.end_id = end_id
        self.banned_ids = tuple(banned_ids)
        self.length_factor = length_factor
        self.length_offset = length_offset
        self.min_length_factor = min_length_factor
        self.no_repeat_ngram_size = no_repeat_ngram_size

    @abstractmethod
    def search(self, step, state, inputs, parts, **where):
        """Runs the search from `state`.

        Args:
            step: As all functions of `decoding/` ask for it.
            state: What it carries before its first call.
            inputs: As in `call`.
            parts: Function from a state to that of the decoder and a list of what the conditions
                remember, the innermost first: that of `phrases` where there are some.
            **where: What all functions of `decoding/` ask for besides.

        Returns:
            What the function of `decoding/` returns.
        """

    def longest_output(self, source_time, given_time=0):
        """Most tokens that an output can have: the width of the results of a batch.

        Args:
            source_time: Width of the source.
            given_time: Tokens that are given: width of the prefixes, tokens of all phrases.

        Returns:
            A number, or a tensor where the sizes are tensors.
        """
        limit = _scaled(source_time, self.length_factor) + self.length_offset
        if not isinstance(given_time, int) or given_time:
            limit = _max(limit, given_time + 1)
        longest = self.model.decoder_layer.max_length
        return limit if longest is None else -_max(-limit, -longest)

    def call(self, inputs):
        source, mask = inputs["source"], inputs["source_mask"]
        decoder = self.model.decoder_layer
        memory = self.model.encoder_layer(source, mask=mask, training=False)
        read = {"prepared": decoder.prepare(memory), "mask": mask}
        banned = np.isin(np.arange(self.model.target_vocab_size), self.banned_ids)

        def step(token_ids, state, read):
            logits, state = decoder.step(token_ids, state, read["prepared"])
            logits = ops.where(banned, float("-inf"), ops.cast(logits, "float32"))
            return ops.log_softmax(logits), state

        lengths = ops.sum(ops.cast(mask, "int32"), axis=1)
        width, given = 0, 0
        for name in filter(inputs.__contains__, ("prefixes", "phrases")):
            ids = ops.reshape(inputs[name], (ops.shape(source)[0], -1))
            width = width + ops.shape(ids)[1]
            given = given + ops.sum(ops.cast(ids > 0, "int32"), axis=1)
        max_length = self.longest_output(ops.shape(source)[1], width)
        limits = self.longest_output(lengths, given)
        conditions = list(self._conditions(inputs, lengths, limits, max_length))
        state = decoder.start(memory)
        for condition in conditions:
            step, state = condition(step, state)

        def parts(state):
            remembered = []
            for _ in conditions:
                state, own = state
                remembered.insert(0, own)
            return state, remembered

        return self.search(
            step,
            state,
            inputs,
            parts,
            first_ids=inputs.get("first_ids", ops.zeros_like(lengths) + self.begin_id),
            end_id=self.end_id,
            limits=limits,
            max_length=max_length,
            given=(read,),
        )

    def _conditions(self, inputs, lengths, limits, max_length):
        """Functions of `decoding/`: what is given may repeat itself, so it comes first."""
        if "phrases" in inputs:
            given = {"phrases": inputs["phrases"], "limits": limits, "end_id": self.end_id}
            yield functools.partial(include_phrases, **given)
        if "prefixes" in inputs:
            yield functools.partial(forced_prefix, prefixes=inputs["prefixes"])
        if self.min_length_factor:
            fewest = _scaled(lengths, self.min_length_factor)
            yield functools.partial(minimum_length, lengths=fewest, end_id=self.end_id)
        if self.no_repeat_ngram_size:
            yield functools.partial(
                no_repeat_ngrams,
                size=self.no_repeat_ngram_size,
                batch_size=ops.shape(lengths)[0],
                max_length=max_length,
            )


class GreedySearch(Search):
    """The most probable token at each step, of a `Seq2SeqModel`.

    Args:
        model: As in `Search`, like `begin_id` and `end_id`.
        **kwargs: The other arguments of `Search`.

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

    def search(self, step, state, inputs, parts, **where):
        return greedy_search(step, state, **where)


def _scaled(length, factor):
    """`length * factor`, rounded down, and so alike for a number and for a tensor."""
    if isinstance(length, int):
        return int(np.float32(length) * np.float32(factor))
    return ops.cast(ops.cast(length, "float32") * factor, "int32")


def _max(one, other):
    are_numbers = isinstance(one, int) and isinstance(other, int)
    return max(one, other) if are_numbers else ops.maximum(one, other)
