"""Which source words a translator looked at."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from nlpseq.batching.pairs import PairBatches
from nlpseq.models.attention_reader import AttentionReader
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.text.specials import END_ID, SPECIALS
from nlpseq.text.tokenizer import Tokenizer
from nlpseq.text.word_alignment import Alignment, word_weights


class Aligner(ABC):
    """Aligns translations with their sources: what a `Translator` with attention can do."""

    model: Seq2SeqModel
    source_tokenizer: Tokenizer
    target_tokenizer: Tokenizer

    @abstractmethod
    def predict(self, sentences: Sequence[str], *, batch_tokens: int = 4096) -> list[str]:
        """Translates sentences."""

    def align(
        self,
        sources: Sequence[str],
        targets: Sequence[str] | None = None,
        *,
        batch_tokens: int = 4096,
    ) -> list[Alignment]:
        """Tells how much each token of a translation looks at each token of its source.

        The model says the targets, whatever it would have said itself (teacher forcing), and its
        attention weights are read. They show where a word comes from often, but not always: nothing
        in training asks them to.

        Args:
            sources: Source sentences, raw text.
            targets: A translation of each, raw text. `None`: those of `predict`.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            An `Alignment` for each pair, in order. Its words are what stands between spaces; with
            `tokenizer="words"`, the tokens.

        Raises:
            ValueError: If the decoder has no attention, or there is not one target for each source.
            TypeError: If `sources` or `targets` is a single string.

        Reference:
            Koehn and Knowles (2017), section 3.5: what such alignments are worth,
            https://aclanthology.org/W17-3204
        """
        reader = self._attention_reader
        if isinstance(sources, str) or isinstance(targets, str):
            raise TypeError("`sources` and `targets` must be lists. Received: a string")
        if targets is None:
            targets = self.predict(sources, batch_tokens=batch_tokens)
        if len(sources) != len(targets):
            raise ValueError(
                "Every source must have its target. "
                f"Received: {len(sources)} sources and {len(targets)} targets"
            )
        if not sources:
            return []
        batches = PairBatches(
            self.source_tokenizer.encode_batch(sources),
            self.target_tokenizer.encode_batch(targets),
            batch_tokens=batch_tokens,
        )
        weights = batches.in_input_order(predict_batch(reader, batch[0]) for batch in batches)
        return [self._alignment(*pair) for pair in zip(sources, targets, weights, strict=True)]

    @cached_property
    def _attention_reader(self) -> AttentionReader:
        return AttentionReader(self.model)

    def _alignment(self, source: str, target: str, padded: np.ndarray) -> Alignment:
        source_tokens = self.source_tokenizer.tokenize(source)
        target_tokens = self.target_tokenizer.tokenize(target)
        weights = padded[: len(target_tokens) + 1, : len(source_tokens) + 1].astype("float32")
        source_words = self.source_tokenizer.words_of(source_tokens)
        target_words = self.target_tokenizer.words_of(target_tokens)
        return Alignment(
            source_tokens=[*source_tokens, SPECIALS[END_ID]],
            target_tokens=[*target_tokens, SPECIALS[END_ID]],
            weights=weights,
            source_words=source_words.words,
            target_words=target_words.words,
            word_weights=word_weights(weights, source_words, target_words),
        )
