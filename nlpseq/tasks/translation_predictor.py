"""All ways to ask a translation model for translations and scores."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import datasets as hf
import keras
import numpy as np

from nlpseq.batching.pairs import PairBatches
from nlpseq.datasets.predictions import Rows, add_predictions
from nlpseq.datasets.sides import side_reader
from nlpseq.models.forced_scoring import ForcedScoring
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.tasks.search_options import search_options
from nlpseq.tasks.token_score import TokenScore, token_score
from nlpseq.tasks.translation_search import Hypothesis, TranslationSearch
from nlpseq.text.specials import END_ID, SPECIALS
from nlpseq.text.tokenizer import Tokenizer


class TranslationPredictor:
    """Translates and scores sentences: what a `Translator` can do once it is trained.

    The methods that translate take the options of `SearchOptions` as keyword arguments:
    `beam_size`, `length_penalty`, `sampling` and so on. A search is compiled once for the same
    options.

    Args:
        model: The `Seq2SeqModel`, or an `EnsembleModel`.
        source_tokenizer: Source text and ids.
        target_tokenizer: Target text and ids.
        columns: As for `Translator`.
    """

    def __init__(
        self,
        model: keras.Model,
        source_tokenizer: Tokenizer,
        target_tokenizer: Tokenizer,
        columns: tuple[str, str] = ("source", "target"),
    ) -> None:
        self.columns = columns
        self.source_tokenizer = source_tokenizer
        self.target_tokenizer = target_tokenizer
        self._search = TranslationSearch(model, source_tokenizer, target_tokenizer)
        self._scoring = ForcedScoring(model)

    def predict(
        self,
        sentences: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        must_include: Sequence[Sequence[str]] | None = None,
        batch_tokens: int = 4096,
        seed: int = 0,
        **options: Any,
    ) -> list[str]:
        """Translates sentences.

        Args:
            sentences: Source sentences, raw text. They may be longer than any seen in training.
            prefixes: How each translation is to begin, `""` for any. A prefix ends where a token
                ends.
            must_include: The words and phrases that must be in each translation: a list for each
                sentence, `[]` for nothing. It needs a beam, such as `beam_size=10`.
            batch_tokens: Slots of a batch, padding and hypotheses included.
            seed: Of sampling: the same seed and sentences give the same samples.
            **options: Of the search, as in `SearchOptions`.

        Returns:
            Their translations, in order; an empty one for a sentence without a token.

        Raises:
            TypeError: If `sentences` is a single string, which `translate` takes, or an option is
                unknown.
            ValueError: If an option is out of range, there are not as many prefixes or lists of
                phrases as sentences, they have a token that can't be produced, or there are phrases
                and no beam.

        Reference:
            Phrases that must be there: Post and Vilar (2018), https://arxiv.org/abs/1804.06609
        """
        found = self.stream(
            sentences,
            prefixes=prefixes,
            must_include=must_include,
            batch_tokens=batch_tokens,
            seed=seed,
            **options,
        )
        return list(found)

    def translate(self, text: str | Sequence[str], **settings: Any) -> str | list[str]:
        """Translates one sentence, or several.

        Args:
            text: A string is one sentence; a list holds several.
            **settings: Keyword arguments of `predict`.

        Returns:
            A string for a string, a list for a list.
        """
        found = self.predict([text] if isinstance(text, str) else text, **settings)
        return found[0] if isinstance(text, str) else found

    def stream(
        self, sentences: Iterable[str], *, read_ahead: int = 4096, **settings: Any
    ) -> Iterator[str]:
        """Translates any number of sentences one after the other, in bounded memory.

        Args:
            sentences: Any iterable, such as a generator.
            read_ahead: Sentences that are read at once, so that those of similar length can be
                computed together.
            **settings: Keyword arguments of `predict`; `prefixes` and `must_include` may be any
                iterable too.

        Yields:
            The translation of each sentence, in order.
        """
        for best in self.stream_nbest(sentences, 1, read_ahead=read_ahead, **settings):
            yield best[0].text

    def translate_dataset(
        self, dataset: Rows, *, column: str = "prediction", **settings: Any
    ) -> Rows:
        """Adds translations to a data set, ready for `push_to_hub` or `write_dataset`.

        Args:
            dataset: Rows with the source side, in `translation` or a column of its name, or else
                in a column `text`. A stream is translated as its rows are read.
            column: The name of the new column. If there is one already, it is replaced.
            **settings: Keyword arguments of `predict` but for `prefixes`.

        Returns:
            The data set with the new column of strings.

        Raises:
            ValueError: If the source side can't be found, or as `predict`.
        """
        read = side_reader(dataset, self.columns[0])

        def predict(texts: Iterable[str]) -> Iterator[Sequence[str]]:
            return ((text,) for text in self.stream(texts, **settings))

        return add_predictions(dataset, read, predict, {column: hf.Value("string")})

    def nbest(
        self, sentences: Sequence[str], num_best: int = 5, **settings: Any
    ) -> list[list[Hypothesis]]:
        """The best translations of each sentence; with `sampling`, several samples.

        Args:
            sentences: As for `predict`.
            num_best: How many; fewer come back where the search has not found as many. A beam
                holds at least as many hypotheses.
            **settings: Keyword arguments of `predict`.

        Returns:
            For each sentence `(text, score)` pairs, best first; samples as they were drawn.

        Raises:
            ValueError: If `num_best` is below 1.
        """
        return list(self.stream_nbest(sentences, num_best, **settings))

    def stream_nbest(
        self,
        sentences: Iterable[str],
        num_best: int = 5,
        *,
        prefixes: Iterable[str] | None = None,
        must_include: Iterable[Sequence[str]] | None = None,
        batch_tokens: int = 4096,
        read_ahead: int = 4096,
        seed: int = 0,
        **options: Any,
    ) -> Iterator[list[Hypothesis]]:
        """The best translations of any number of sentences, in bounded memory.

        Args:
            sentences: As for `stream`.
            num_best: As for `nbest`.
            prefixes: As for `predict`.
            must_include: As for `predict`.
            batch_tokens: As for `predict`.
            read_ahead: As for `stream`.
            seed: As for `predict`.
            **options: As for `predict`.

        Returns:
            An iterator over what `nbest` has for each sentence.
        """
        return self._search.search(
            sentences,
            search_options(options),
            num_best,
            prefixes=prefixes,
            must_include=must_include,
            batch_tokens=batch_tokens,
            read_ahead=read_ahead,
            seed=seed,
        )

    def score(
        self, sources: Sequence[str], targets: Sequence[str], *, batch_tokens: int = 4096
    ) -> list[TokenScore]:
        """Tells how probable given translations are.

        All tokens count, unknown ones too, each after the right ones before it, as in
        `perplexity`. A search never produces unknown tokens, so the log-probabilities of what it
        finds are a little higher.

        Args:
            sources: Source sentences.
            targets: A translation of each.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            For each pair, in order, `log_prob`, the sum over `tokens`, of which each has its
            `token_log_probs`.

        Raises:
            ValueError: If there are not as many sources as targets, or a target is longer than the
                decoder can say.
        """
        if len(sources) != len(targets):
            raise ValueError(
                "Every source must have its target. "
                f"Received: {len(sources)} sources and {len(targets)} targets"
            )
        if not len(sources):
            return []
        target_ids = self.target_tokenizer.encode_batch(targets)
        self._check_lengths(target_ids)
        source_ids = self.source_tokenizer.encode_batch(sources)
        batches = PairBatches(source_ids, target_ids, batch_tokens=batch_tokens)
        found = batches.in_input_order(log_probs for log_probs, _ in self._log_probs(batches))
        scores = []
        for text, ids, row in zip(targets, target_ids, found, strict=True):
            tokens = [*self.target_tokenizer.tokenize(text), SPECIALS[END_ID]]
            scores.append(token_score(tokens, row[: len(ids) + 1]))
        return scores

    def _log_probs(self, batches: PairBatches) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """For each batch the log-probabilities of the target tokens, and their weights."""
        for inputs, answers, weights in batches:
            yield predict_batch(self._scoring, {**inputs, "answers": answers}), weights

    def _perplexity(self, batches: PairBatches) -> float:
        """Of the right target tokens of pairs, each after the right ones before it."""
        log_prob = sum(
            float(np.sum(log_probs * weights, dtype=np.float64))
            for log_probs, weights in self._log_probs(batches)
        )
        return math.exp(-log_prob / batches.num_tokens)

    def _check_lengths(self, target_ids: Sequence[np.ndarray]) -> None:
        longest = self._search.model.decoder_layer.max_length
        for number, ids in enumerate(target_ids):
            if longest is not None and len(ids) + 1 > longest:
                raise ValueError(
                    f"This decoder says at most {longest} tokens, the end token included. "
                    f"Received: {len(ids) + 1} in target {number}"
                )
