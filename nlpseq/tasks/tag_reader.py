"""A tagger for sentences that come in pieces."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from nlpseq.models.tag_ensemble import TaggingEnsemble
from nlpseq.models.tag_reading import TagReading
from nlpseq.models.tagging import TaggingModel
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.tasks.tagging_codec import TaggingCodec

# Widths of pieces are multiples of this, so that few are compiled.
_WIDTH_MULTIPLE = 8


class TagState(NamedTuple):
    """What a tagger knows behind a piece of a sentence: the caller keeps it, and gives it back.

    Attributes:
        states: The recurrent states, an array `(1, units)` each.
    """

    states: list[list[np.ndarray]]


class TagReader:
    """Labels tokens as they come, each from those before it.

    Args:
        model: The `TaggingModel`, or a `TaggingEnsemble`, which can't.
        codec: What is between its ids and strings.

    Example:
        >>> codec = TaggingCodec.from_examples([["a", "b"]], {"pos": [["X", "Y"]]}, min_count=1)
        >>> sizes = {"num_characters": len(codec.characters), "units": 4, "bidirectional": False}
        >>> reader = TagReader(TaggingModel(len(codec.vocabulary), {"pos": 2}, **sizes), codec)
        >>> whole, _ = reader.read(["a", "b"])
        >>> first, state = reader.read(["a"])
        >>> second, state = reader.read(["b"], state)
        >>> first + second == whole
        True
    """

    def __init__(self, model: TaggingModel | TaggingEnsemble, codec: TaggingCodec) -> None:
        self.model = model
        self.codec = codec

    def read(
        self, tokens: Sequence[str], state: TagState | None = None
    ) -> tuple[list[tuple[str, ...]], TagState]:
        """Labels the next tokens of a sentence.

        Args:
            tokens: The tokens, any number of them, whole words.
            state: What this method returned for the piece before; `None` where the sentence begins.

        Returns:
            The tokens with their labels, as `Tagger.predict` has them, and the state behind
            them, which is a value: one may go on from it several times.

        Raises:
            TypeError: If `tokens` is a string.
            ValueError: If the model needs the whole sentence: it must have `bidirectional=False`
                and `head="softmax"`.
        """
        if isinstance(tokens, str):
            raise TypeError(f"`tokens` must be a list of tokens. Received: {tokens!r}")
        reading = self._reading
        state = state or TagState(reading.zero_states(1))
        if not tokens:
            return [], state
        width = -(-len(tokens) // _WIDTH_MULTIPLE) * _WIDTH_MULTIPLE
        batches = self.codec.batches([list(tokens)], batch_tokens=width, shapes=[(1, width)])
        (inputs,) = batches[0]
        found = predict_batch(reading, {**inputs, "states": state.states})
        ids = {
            name: probabilities[0, : len(tokens)].argmax(axis=-1)
            for name, probabilities in found["probabilities"].items()
        }
        labels = [column.decode(ids) for column in self.codec.columns.values()]
        return list(zip(tokens, *labels, strict=True)), TagState(found["states"])

    @cached_property
    def _reading(self) -> TagReading:
        return TagReading(self.model)
