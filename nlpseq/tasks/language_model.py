"""What comes next in a text."""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import datasets as hf
import keras
import numpy as np

from nlpseq.batching.continuous import ContinuousBatches
from nlpseq.batching.id_rows import IdRows
from nlpseq.batching.sentences import SentenceBatches
from nlpseq.batching.steps import Steps
from nlpseq.datasets.any_data import training_data
from nlpseq.datasets.row_source import Rows, sample_rows, stored_rows
from nlpseq.datasets.texts import text_column, texts_of
from nlpseq.losses import TokenCrossEntropy
from nlpseq.metrics.log_probability import LogProbability
from nlpseq.metrics.perplexity import Perplexity
from nlpseq.models.carried_state import CarriedState
from nlpseq.models.next_token import NextTokenModel
from nlpseq.tasks.settings import check_names
from nlpseq.tasks.task import Task
from nlpseq.tasks.text_encoding import encode_texts, joined, text_tokenizer
from nlpseq.tasks.text_generator import TextGenerator
from nlpseq.tasks.text_reader import TextReader
from nlpseq.text.specials import UNKNOWN_ID
from nlpseq.text.tokenizer import Tokenizer, load_tokenizer
from nlpseq.training.record import set_seed

# Fewest tokens of each of the streams in which a text is scored: what begins a stream lacks
# what is before it.
_SCORED_AT_ONCE = 2000

_TOKENIZER = "text.tokenizer"


class LanguageModel(TextGenerator, TextReader, Task):
    r"""Writes texts like those it has learnt from, and tells how probable a text is.

    A row of a data set is a text, or a line of one; the end id is behind each. With `stateful`
    the rows are one continuous text: the state at the end of a row is that at the beginning of the
    next. Otherwise each row is a text by itself.

    `LanguageModel.from_dataset` makes one for a data set; `nlpseq.load` brings back a saved one.

    Args:
        model: The `NextTokenModel`.
        tokenizer: Text and ids.
        column: The column it was made for, the default in `fit` and `evaluate`.
        direction: As in `from_dataset`, like all that follow.
        stateful: Whether rows are one text.
        time_steps: Tokens that a gradient goes back.

    Raises:
        ValueError: If a setting is out of range.

    Example:
        >>> rows = {"text": ["a cat sleeps", "a dog sleeps"]}
        >>> model = LanguageModel.from_dataset(rows, tokenizer="words", units=16, dropout=0.0)
        >>> _ = model.fit(rows, epochs=60, learning_rate=0.02, verbose=0)
        >>> model.generate("a dog", beam_size=1)
        'a dog sleeps'
    """

    kind: ClassVar[str] = "language-model"
    pipeline_tag: ClassVar[str] = "text-generation"

    def __init__(
        self,
        model: NextTokenModel,
        tokenizer: Tokenizer,
        column: str = "text",
        direction: Literal["forward", "backward"] = "forward",
        stateful: bool = True,
        time_steps: int = 64,
    ) -> None:
        if direction not in ("forward", "backward"):
            raise ValueError(
                f'`direction` must be "forward" or "backward". Received: direction={direction!r}'
            )
        if time_steps < 1:
            raise ValueError(f"`time_steps` must be at least 1. Received: time_steps={time_steps}")
        Task.__init__(self, model)
        TextGenerator.__init__(self, model, tokenizer, direction == "backward")
        TextReader.__init__(self, model, tokenizer, direction == "backward")
        self.model: NextTokenModel
        self.column = column
        self.direction = direction
        self.stateful = stateful
        self.time_steps = time_steps

    @property
    def monitor(self) -> str:
        """Mean log-probability of the dev tokens."""
        return "val_log_prob"

    @classmethod
    def from_dataset(
        cls,
        dataset: Rows,
        *,
        text: str | None = None,
        tokenizer: Literal["sentencepiece", "words", "characters"] = "sentencepiece",
        vocab_size: int = 8000,
        direction: Literal["forward", "backward"] = "forward",
        stateful: bool = True,
        time_steps: int = 64,
        seed: int = 0,
        **model_settings: Any,
    ) -> Self:
        """Makes a language model, with a tokenizer trained on the data, and fresh weights.

        Args:
            dataset: Rows with a text each: a data set or a stream; of splits `train`. Of more than
                250,000 rows, the tokenizer learns from 250,000.
            text: The column of the texts, strings or lists of tokens; found as `text_column` does.
            tokenizer: How text becomes tokens.
            vocab_size: Most token ids; fewer where the data don't hold as many.
            direction: `"backward"`: it reads texts from their end, and says what came before.
            stateful: Whether the rows are one continuous text, and the state is carried over from
                each to the next; otherwise they are texts by themselves.
            time_steps: Of a stateful training: tokens of a stream that are read at once, and so the
                number of steps that a gradient goes back. The state goes on.
            seed: Decides the fresh weights.
            **model_settings: Keyword arguments of `NextTokenModel`, such as `units`.

        Returns:
            A language model to `fit`.

        Raises:
            ValueError: If the text can't be found or a setting is out of range.
            TypeError: If a setting is unknown; the message lists the valid ones.
        """
        check_names(model_settings, [cls.from_dataset, NextTokenModel], {"dataset"})
        sample = sample_rows(training_data(dataset)[0])
        column = text_column(sample, text)
        learnt = text_tokenizer(sample, column, tokenizer, vocab_size)
        set_seed(seed)
        model = NextTokenModel(vocab_size=learnt.vocab_size, **model_settings)
        return cls(model, learnt, column, direction, stateful, time_steps)

    def batches(
        self,
        dataset: hf.Dataset,
        *,
        batch_tokens: int | None,
        shuffle: bool = False,
        seed: int = 0,
    ) -> SentenceBatches | ContinuousBatches:
        """Turns texts into batches of ids.

        Args:
            dataset: Rows with the column that the model was made for.
            batch_tokens: Slots of a batch, padding included. With `stateful` so many streams are
                read at once as `time_steps` goes into it.
            shuffle: Whether each epoch has another order; a continuous text has one order only.
            seed: Decides the order.

        Returns:
            `ContinuousBatches` with `stateful`, otherwise `SentenceBatches`, for `fit`.

        Raises:
            ValueError: If the text can't be found.
        """
        return self._batches(dataset, batch_tokens=batch_tokens, shuffle=shuffle, seed=seed)

    def evaluate(self, dataset: Rows, *, batch_tokens: int = 4096) -> dict[str, Any]:
        """Tells how well the model foresees the texts of a data set.

        Args:
            dataset: Rows with the column that the model was made for.
            batch_tokens: Slots of a batch. With `stateful` the text is cut into as many streams,
                but into none of fewer than 2,000 tokens.

        Returns:
            `perplexity`: of a token, the ends of rows included; `bits_per_character`: the same
            probability spread over the characters of the texts, a line feed at the end of each, and
            so comparable between tokenizers; `word_perplexity`: spread over what stands between
            spaces, and the ends; `log_prob`: the mean of a token, in nats; `unknown_share`: of the
            tokens; `tokens` and `texts`: how many.
        """
        dataset = stored_rows(dataset)
        texts = texts_of(dataset, self.column)
        rows = IdRows(encode_texts(dataset, self.column, self.tokenizer))
        num_tokens = int(rows.lengths.sum()) + len(rows)
        if self.stateful:
            streams = min(batch_tokens // self.time_steps, num_tokens // _SCORED_AT_ONCE)
            batch_tokens = max(streams, 1) * self.time_steps
        batches = self._batches_of(rows, batch_tokens=batch_tokens)
        total = sum(
            float(np.sum(log_probs * weights, dtype=np.float64))
            for log_probs, weights in self._log_probs(batches)
        )
        characters = sum(map(len, texts)) + len(texts)
        words = sum(len(text.split()) for text in texts) + len(texts)
        unknown = sum(int(np.sum(row == UNKNOWN_ID)) for row in rows)
        return {
            "perplexity": math.exp(-total / num_tokens),
            "bits_per_character": -total / math.log(2) / characters,
            "word_perplexity": math.exp(-total / words),
            "log_prob": total / num_tokens,
            "unknown_share": unknown / num_tokens,
            "tokens": num_tokens,
            "texts": len(texts),
        }

    def describe(self) -> dict[str, Any]:
        """Tokenizer, direction, and whether rows are one text."""
        return {
            "text": self.column,
            "tokenizer": self.tokenizer.kind,
            "vocabulary": self.tokenizer.vocab_size,
            "direction": self.direction,
            "stateful": self.stateful,
        }

    def _batches(
        self, dataset: hf.Dataset, *, cached: bool = True, **batching: Any
    ) -> SentenceBatches | ContinuousBatches:
        rows = IdRows(encode_texts(dataset, self.column, self.tokenizer, cached))
        return self._batches_of(rows, **batching)

    def _batches_of(self, rows: IdRows, **batching: Any) -> SentenceBatches | ContinuousBatches:
        if self.stateful:
            text = joined(rows, self.backward)
            return ContinuousBatches(text, self.time_steps, batching.get("batch_tokens"))
        return SentenceBatches([row[::-1] for row in rows] if self.backward else rows, **batching)

    def _training_model(
        self, batches: SentenceBatches | ContinuousBatches | Steps, epochs: int
    ) -> keras.Model:
        if not self.stateful:
            return self.model
        return CarriedState(self.model, streams=batches.shapes[0][0])

    def _objective(self) -> dict[str, Any]:
        return {"loss": TokenCrossEntropy(), "weighted_metrics": [LogProbability(), Perplexity()]}

    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        return dict  # Keras computes them all

    def _extended(self, dataset: hf.Dataset, min_count: int) -> tuple[dict[str, Any], tuple]:
        texts = texts_of(sample_rows(dataset), self.column)
        tokenizer = self.tokenizer.extended(texts, min_count)
        own = (self.column, self.direction, self.stateful, self.time_steps)
        return {"vocab_size": tokenizer.vocab_size}, (tokenizer, *own)

    def _from_dataset_settings(self) -> dict[str, Any]:
        return {**self.model.get_config(), **self._config(), "text": self.column}

    def _config(self) -> dict[str, Any]:
        return {
            "column": self.column,
            "tokenizer": self.tokenizer.kind,
            "direction": self.direction,
            "stateful": self.stateful,
            "time_steps": self.time_steps,
        }

    def _save_tokenizers(self, folder: Path) -> None:
        self.tokenizer.save(folder / _TOKENIZER)

    @classmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        return cls(
            NextTokenModel.from_config(config["model"]),
            load_tokenizer(config["tokenizer"], folder / _TOKENIZER),
            *(config[name] for name in ("column", "direction", "stateful", "time_steps")),
        )

    def _usage(self, name: str) -> str:
        load = f'language_model = nlpseq.load("{name}")'
        return f'import nlpseq\n\n{load}\nlanguage_model.generate("A dog", top_p=0.9)'
