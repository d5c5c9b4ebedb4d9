"""Runs a search over sentences of any number and length, in order."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import keras
import numpy as np

from nlpseq.batching.pairs import PairBatches
from nlpseq.decoding.coverage_penalty import CoveragePenalty
from nlpseq.decoding.sampling import chances
from nlpseq.models.attention_reader import AttentionReader
from nlpseq.models.beam_search import BeamSearch
from nlpseq.models.sampling_search import SamplingSearch
from nlpseq.models.search import GreedySearch, Search
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.tasks.search_options import SearchOptions
from nlpseq.tasks.search_requests import Request, phrase_ids, prefix_ids, read_requests
from nlpseq.text.specials import BEGIN_ID, END_ID, PAD_ID, UNKNOWN_ID
from nlpseq.text.tokenizer import Tokenizer
from nlpseq.text.unknown_words import decode_with_copies
from nlpseq.text.word_vocabulary import WordVocabularyTokenizer
from nlpseq.text.words import WordTokenizer


class Hypothesis(NamedTuple):
    """A translation, and what the search thinks of it.

    Attributes:
        text: The translation.
        score: Its log-probability divided by the length penalty, plus the coverage penalty; of a
            sample, the log-probability.
    """

    text: str
    score: float


class TranslationSearch:
    """Text in, hypotheses out.

    Args:
        model: The `Seq2SeqModel`, or an `EnsembleModel`.
        source_tokenizer: Source text to ids.
        target_tokenizer: Target ids to text.

    Example:
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> from nlpseq.text.tokenizer import TOKENIZERS
        >>> tokenizer = TOKENIZERS["words"].train(["a b"], vocab_size=9)
        >>> run = TranslationSearch(Seq2SeqModel(6, 6, units=4), tokenizer, tokenizer)
        >>> options = SearchOptions(beam_size=2)
        >>> [len(found) for found in run.search(["a b", "", "b"], options, num_best=2)]
        [2, 1, 2]
    """

    def __init__(
        self, model: keras.Model, source_tokenizer: Tokenizer, target_tokenizer: Tokenizer
    ) -> None:
        self.model = model
        self.source_tokenizer = source_tokenizer
        self.target_tokenizer = target_tokenizer
        self._searches: dict[tuple[SearchOptions, int], Search] = {}

    def search(
        self,
        sentences: Iterable[str],
        options: SearchOptions,
        num_best: int = 1,
        *,
        prefixes: Iterable[str] | None = None,
        must_include: Iterable[Sequence[str]] | None = None,
        batch_tokens: int = 4096,
        read_ahead: int = 4096,
        seed: int = 0,
    ) -> Iterator[list[Hypothesis]]:
        """Translates sentences, some thousand at a time.

        Args:
            sentences: Any number of them.
            options: How to search.
            num_best: Hypotheses of each sentence, or samples.
            prefixes: How the translation of each sentence is to begin; `""` for any.
            must_include: The phrases that must be in the translation of each sentence.
            batch_tokens: Slots of a batch, padding and hypotheses included.
            read_ahead: Sentences that are read at once.
            seed: Of sampling. A sample depends on it and on the sentence's number, not on the
                batch.

        Yields:
            For each sentence, in order, its hypotheses, best first; samples come as they are
            drawn. A sentence without a token has one empty translation.

        Raises:
            TypeError: As for `read_requests`.
            ValueError: If there are not as many prefixes or lists of phrases as sentences, they
                have a token that can't be produced, there are phrases and no beam, or `num_best` is
                below 1.
        """
        if num_best < 1:
            raise ValueError(f"`num_best` must be at least 1. Received: num_best={num_best}")
        if must_include is not None and (options.sampling or options.beam_size == num_best == 1):
            raise ValueError("`must_include` needs a beam, such as beam_size=10. Received: none")
        search = self._compiled(options, num_best)
        rows = read_requests(sentences, prefixes, must_include)
        while chunk := list(islice(rows, read_ahead)):
            yield from self._search(search, chunk, options, num_best, batch_tokens, seed)

    def _compiled(self, options: SearchOptions, num_best: int) -> Search:
        if options.copy_unknown:  # refused where it can't be
            _ = self._copying_tokenizer, self._reader
        key = (options, 1 if options.sampling else num_best)
        if key not in self._searches:
            self._searches[key] = make_search(self.model, *key)
        return self._searches[key]

    def _search(
        self,
        search: Search,
        chunk: Sequence[Request],
        options: SearchOptions,
        num_best: int,
        batch_tokens: int,
        seed: int,
    ) -> list[list[Hypothesis]]:
        ids = self.source_tokenizer.encode_batch([request.sentence for request in chunk])
        results = [[] if len(row) else [Hypothesis("", 0.0)] for row in ids]
        samples = num_best if options.sampling else 1
        rows = [row for row in range(len(chunk)) if len(ids[row]) for _ in range(samples)]
        if not rows:
            return results
        requests = [chunk[row] for row in rows]
        given = self._given(requests)
        hypotheses = 1 if options.sampling else max(options.beam_size, num_best)
        batches = PairBatches(
            [ids[row] for row in rows],
            batch_tokens=max(batch_tokens // hypotheses, 1),
            sort=True,
        )

        def found() -> Iterator[list[list[Hypothesis]]]:
            for batch, (inputs,) in enumerate(batches):
                places = batches.indices(batch)
                places = np.where(places < 0, places[0], places)  # filler rows repeat the first
                inputs |= {name: ids[places] for name, ids in given.items()}
                if options.sampling:
                    given_time = sum(ids.shape[1] for ids in given.values())
                    width = search.longest_output(inputs["source"].shape[1], given_time)
                    inputs["uniforms"] = np.stack(
                        [chances(width, seed, requests[i].number, i % samples) for i in places]
                    )
                found = predict_batch(search, inputs)
                shape = found["token_ids"].shape
                token_ids = found["token_ids"].reshape(-1, shape[-1])
                texts = (
                    self._with_copies(inputs, token_ids, [requests[i].sentence for i in places])
                    if options.copy_unknown
                    else self.target_tokenizer.decode_batch(token_ids)
                )
                yield _hypotheses(texts, found, options)

        for row, best in zip(rows, batches.in_input_order(found()), strict=True):
            results[row] += best
        return results

    def _given(self, requests: Sequence[Request]) -> dict[str, np.ndarray]:
        """Ids that are asked for, as inputs of the search."""
        phrases = phrase_ids(requests, self.target_tokenizer)
        longest = self.model.decoder_layer.max_length
        if phrases is not None and longest is not None:
            for request, count in zip(requests, (phrases > 0).sum(axis=(1, 2)), strict=True):
                if count > longest:
                    raise ValueError(
                        f"This decoder says at most {longest} tokens. Received: {count} that the "
                        f"translation of sentence {request.number} must include"
                    )
        found = {"prefixes": prefix_ids(requests, self.target_tokenizer), "phrases": phrases}
        return {name: ids for name, ids in found.items() if ids is not None}

    def _with_copies(
        self, inputs: Mapping[str, np.ndarray], token_ids: np.ndarray, sentences: Sequence[str]
    ) -> list[str]:
        """Texts of ids, `(rows * hypotheses, time)`, with source words in unknown places."""
        tokenizer = self._copying_tokenizer
        each = len(token_ids) // len(sentences)
        sources = {
            name: np.repeat(inputs[name], each, axis=0) for name in ("source", "source_mask")
        }
        begin = np.full((len(token_ids), 1), BEGIN_ID, dtype=token_ids.dtype)
        said = np.hstack([begin, token_ids[:, :-1]])
        weights = predict_batch(self._reader, {**sources, "target": said})
        words = [WordTokenizer().tokenize(sentence) for sentence in sentences for _ in range(each)]
        return [
            decode_with_copies(tokenizer, *row)
            for row in zip(token_ids, weights, words, strict=True)
        ]

    @cached_property
    def _reader(self) -> AttentionReader:
        return AttentionReader(self.model)

    @property
    def _copying_tokenizer(self) -> WordVocabularyTokenizer:
        source, target = self.source_tokenizer, self.target_tokenizer
        if isinstance(source, WordVocabularyTokenizer) and isinstance(
            target, WordVocabularyTokenizer
        ):
            return target
        raise ValueError(
            '`copy_unknown` needs tokenizer="words": other tokens are no words to copy. '
            f"Received: a translator with {source.kind!r} and {target.kind!r}"
        )


def _hypotheses(
    texts: Sequence[str], found: Mapping[str, np.ndarray], options: SearchOptions
) -> list[list[Hypothesis]]:
    lengths, log_probs = found["lengths"], found["log_probs"]
    if "scores" in found:
        scores = found["scores"]
    else:
        scores = log_probs if options.sampling else log_probs / options.penalty(lengths)
    num_best = len(texts) // len(lengths)
    flat = zip(texts, scores.reshape(-1).tolist(), strict=True)
    rows = [list(islice(flat, num_best)) for _ in lengths]
    # A place that no hypothesis has taken has the score -inf.
    return [[Hypothesis(*pair) for pair in row if np.isfinite(pair[1])] for row in rows]


def make_search(
    model: keras.Model, options: SearchOptions, num_best: int = 1, end_id: int = END_ID
) -> Search:
    """Makes the search that options ask for.

    Args:
        model: The `Seq2SeqModel`, an `EnsembleModel` or a `NextTokenModel`.
        options: How to search; the beam holds at least `num_best` hypotheses.
        num_best: Outputs of each sentence.
        end_id: The token that ends an output.

    Returns:
        A model that searches.

    Raises:
        ValueError: If the options do not fit the model.

    Example:
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> make_search(Seq2SeqModel(9, 7, units=4), SearchOptions(beam_size=4)).beam_size
        4
    """
    settings = {
        "banned_ids": (PAD_ID, *(() if options.copy_unknown else (UNKNOWN_ID,)), BEGIN_ID),
        **_taken(options, "length_factor", "length_offset"),
        **_taken(options, "min_length_factor", "no_repeat_ngram_size"),
    }
    if options.sampling:
        settings |= _taken(options, "temperature", "top_k", "top_p")
        return SamplingSearch(model, BEGIN_ID, end_id, **settings)
    beam_size = max(options.beam_size, num_best)
    if beam_size == 1 and not options.coverage_penalty:
        return GreedySearch(model, BEGIN_ID, end_id, **settings)
    return BeamSearch(
        model,
        *(BEGIN_ID, end_id, beam_size, num_best, options.penalty),
        coverage_penalty=CoveragePenalty(options.coverage_penalty)
        if options.coverage_penalty
        else None,
        **settings,
    )


def _taken(options: SearchOptions, *names: str) -> dict[str, float]:
    values = dataclasses.asdict(options)
    return {name: values[name] for name in names}
