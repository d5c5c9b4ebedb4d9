"""What tasks with a text in and one answer out have in common."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

import datasets as hf
import numpy as np

from nlpseq.batching.id_rows import IdRows
from nlpseq.batching.sequences import SequenceBatches
from nlpseq.datasets.any_data import as_dataset, training_data
from nlpseq.datasets.predictions import Batch, Rows, add_predictions
from nlpseq.datasets.row_source import sample_rows
from nlpseq.datasets.texts import text_column, texts_of
from nlpseq.models.sequence import SequenceModel
from nlpseq.tasks.sequence_reader import SequenceReader
from nlpseq.tasks.settings import check_names
from nlpseq.tasks.task import Task
from nlpseq.tasks.text_encoding import encode_texts, text_tokenizer
from nlpseq.text.tokenizer import Tokenizer
from nlpseq.training.record import set_seed

TOKENIZER = "text.tokenizer"


class SequenceTask(Task):
    """A text in, one answer for the whole of it out.

    Args:
        model: The `SequenceModel`.
        tokenizer: Text and ids.
        columns: Names of the columns of the text and of the label it was made for, the default in
            `fit` and `evaluate`.
        max_length: Most tokens of a text that are read; what is behind them is not.

    Attributes:
        reader: Runs the model over any number of texts.

    Raises:
        ValueError: If `max_length` is below 1.
    """

    model: SequenceModel

    def __init__(
        self,
        model: SequenceModel,
        tokenizer: Tokenizer,
        columns: tuple[str, str] = ("text", "label"),
        max_length: int = 256,
    ) -> None:
        super().__init__(model)
        if max_length < 1:
            raise ValueError(f"`max_length` must be at least 1. Received: max_length={max_length}")
        self.tokenizer = tokenizer
        self.text_column, self.label_column = columns
        self.max_length = max_length
        self.reader = SequenceReader(model, tokenizer)

    @classmethod
    @abstractmethod
    def find_columns(
        cls, dataset: hf.Dataset, text: str | None, label: str | None
    ) -> tuple[str, str]:
        """Finds the columns of the text and of the label, where they are not named."""

    @classmethod
    def from_dataset(
        cls,
        dataset: Rows,
        *,
        text: str | None = None,
        label: str | None = None,
        tokenizer: Literal["words", "sentencepiece", "characters"] = "words",
        vocab_size: int = 20_000,
        max_length: int = 256,
        seed: int = 0,
        **model_settings: Any,
    ) -> Self:
        """Makes a task, with tokenizer, what is known of the labels and sizes from the data.

        Args:
            dataset: Rows with a text and a label: a data set or a stream; of splits `train`.
                Vocabularies are made from 250,000 rows at most.
            text: The column of the text: strings or lists of tokens; by default `text` or
                `sentence`, or the only one there is.
            label: The column of the label. Of a classifier `ClassLabel`, strings or whole numbers;
                by default `label` or `labels`, or the only `ClassLabel`. Of a regressor numbers; by
                default `label`, `labels` or `score`, or the only column of floats.
            tokenizer: How text becomes tokens.
            vocab_size: Most token ids; fewer where the data don't hold as many.
            max_length: Most tokens of a text that are read; what is behind them is not.
            seed: Decides the fresh weights.
            **model_settings: Keyword arguments of `SequenceModel`, such as `units`.

        Returns:
            A task to `fit`, with fresh weights.

        Raises:
            ValueError: If the columns can't be found, there are fewer than two labels for a
                classifier, or a setting is out of range.
            TypeError: If a setting is unknown; the message lists the valid ones.
        """
        given = {"dataset", "num_outputs"}
        check_names(model_settings, [cls.from_dataset, SequenceModel], given)
        sample = sample_rows(training_data(dataset)[0])
        columns = cls.find_columns(sample, text, label)
        num_outputs, learnt = cls._learnt(sample, columns[1])
        pieces = text_tokenizer(sample, columns[0], tokenizer, vocab_size)
        set_seed(seed)
        model = SequenceModel(
            vocab_size=pieces.vocab_size, num_outputs=num_outputs, **model_settings
        )
        return cls(model, pieces, columns=columns, max_length=max_length, **learnt)

    @classmethod
    @abstractmethod
    def _learnt(cls, sample: hf.Dataset, label: str) -> tuple[int, dict[str, Any]]:
        """How many outputs there are, and what the task is made with besides, by name."""

    def batches(
        self, dataset: hf.Dataset, *, batch_tokens: int, shuffle: bool = False, seed: int = 0
    ) -> SequenceBatches:
        """Turns texts with their answers into padded batches of ids; empty texts too.

        Args:
            dataset: Rows with the columns the task was made for.
            batch_tokens: Slots of a batch, padding included.
            shuffle: Whether each epoch has another order.
            seed: Decides the order.

        Returns:
            Batches for `model.fit` and `model.evaluate`.

        Raises:
            ValueError: If the columns can't be found, a text or an answer is missing, or there is
                no row.
        """
        return self._batches(dataset, batch_tokens=batch_tokens, shuffle=shuffle, seed=seed)

    def _batches(
        self, dataset: hf.Dataset, *, cached: bool = True, **batching: Any
    ) -> SequenceBatches:
        text_column(dataset, self.text_column)  # which says what is wrong
        targets = self._targets(dataset)
        tokens = IdRows(encode_texts(dataset, self.text_column, self.tokenizer, cached))
        return SequenceBatches(tokens, targets, max_length=self.max_length, **batching)

    def _texts(self, dataset: hf.Dataset) -> list[str]:
        return texts_of(dataset, text_column(dataset, self.text_column))

    def _with_predictions(
        self,
        dataset: Rows,
        predict: Callable[[Iterable[str]], Iterator[Sequence[Any]]],
        name: str,
        feature: Any,
    ) -> Rows:
        """The rows with a column of what is predicted for their texts."""
        column = self.text_column
        there = dataset.column_names
        if there is not None and column not in there:
            raise ValueError(f"There is no column {column!r}. Columns: {', '.join(there)}")

        def read(batch: Batch) -> list[str]:
            return texts_of(as_dataset({column: batch[column]}), column)

        return add_predictions(dataset, read, predict, {name: feature})

    @abstractmethod
    def _targets(self, dataset: hf.Dataset) -> np.ndarray:
        """The answer for each row, as `SequenceBatches` takes them."""

    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        return dict  # Keras computes the score of a dev set from its batches

    def _from_dataset_settings(self) -> dict[str, Any]:
        model = self.model.get_config()
        del model["vocab_size"], model["num_outputs"]  # they follow from the data
        columns = {"text": self.text_column, "label": [self.label_column]}
        return {**model, **columns, "tokenizer": self.tokenizer.kind}

    def _config(self) -> dict[str, Any]:
        return {
            "columns": [self.text_column, self.label_column],
            "max_length": self.max_length,
            "tokenizer": self.tokenizer.kind,
        }

    def _save_tokenizers(self, folder: Path) -> None:
        self.tokenizer.save(folder / TOKENIZER)
