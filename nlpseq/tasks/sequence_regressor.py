"""A text in, a number out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import datasets as hf
import keras
import numpy as np

from nlpseq.datasets.row_source import Rows, sample_rows, stored_rows
from nlpseq.datasets.values import text_and_value_columns, values_of
from nlpseq.metrics.regression import regression_scores
from nlpseq.models.sequence import SequenceModel
from nlpseq.tasks.sequence_task import TOKENIZER, SequenceTask
from nlpseq.text.tokenizer import Tokenizer, load_tokenizer


class SequenceRegressor(SequenceTask):
    """Gives whole texts a number: stars, a degree of difficulty, a price.

    `SequenceRegressor.from_dataset` makes one for a data set; `nlpseq.load` brings back a saved
    one.

    Args:
        model: The `SequenceModel`, with one output.
        tokenizer: Text and ids.
        columns: Names of the columns of text and number it was made for, the default in `fit` and
            `evaluate`.
        max_length: Most tokens of a text that are read; what is behind them is not.
        scale: Mean and standard deviation of the numbers. The model learns how many of the latter
            a number is from the former; the loss is the mean square of that.

    Example:
        >>> import datasets
        >>> rows = {"text": ["good dog", "bad dog", "good cat", "bad cat"], "label": [5, 1, 5, 1]}
        >>> train = datasets.Dataset.from_dict(rows)
        >>> regressor = SequenceRegressor.from_dataset(train, units=8, embedding_dim=8)
        >>> _ = regressor.fit(train, epochs=30, learning_rate=0.05, verbose=0)
        >>> regressor.rate("a good one") > 3
        True
    """

    kind: ClassVar[str] = "regressor"
    pipeline_tag: ClassVar[str] = "text-classification"  # what the Hub has regressions under

    def __init__(
        self,
        model: SequenceModel,
        tokenizer: Tokenizer,
        columns: tuple[str, str] = ("text", "label"),
        max_length: int = 256,
        scale: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        super().__init__(model, tokenizer, columns, max_length)
        self.scale = scale

    @property
    def monitor(self) -> str:
        """The share of the variance that is explained."""
        return "val_r2"

    @classmethod
    def find_columns(
        cls, dataset: hf.Dataset, text: str | None, label: str | None
    ) -> tuple[str, str]:
        return text_and_value_columns(dataset, text, label)

    @classmethod
    def _learnt(cls, sample: hf.Dataset, label: str) -> tuple[int, dict[str, Any]]:
        values = values_of(sample, label)
        return 1, {"scale": (float(np.mean(values)), float(np.std(values)) or 1.0)}

    def predict(self, texts: Sequence[str], *, batch_tokens: int = 4096) -> list[float]:
        """Gives texts numbers.

        Args:
            texts: Texts. They may be longer than any in training, and they may be empty.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            The number of each, in order.

        Raises:
            TypeError: If `texts` is a single string; `rate` takes one.
        """
        return list(self.stream(texts, batch_tokens=batch_tokens))

    def rate(self, text: str | Sequence[str]) -> float | list[float]:
        """Gives one text a number, or several.

        Args:
            text: A string is one text; a list holds several.

        Returns:
            A number for a string, a list of numbers for a list.
        """
        return self.predict([text])[0] if isinstance(text, str) else self.predict(text)

    def stream(self, texts: Iterable[str], *, batch_tokens: int = 4096) -> Iterator[float]:
        """Gives any number of texts numbers, one after the other, in bounded memory.

        Args:
            texts: Any iterable, such as a generator. Some thousand are read ahead, so that texts of
                similar length can be computed together.
            batch_tokens: Slots of a batch, padding included.

        Yields:
            The number of each text, in order.
        """
        mean, deviation = self.scale
        for _, outputs in self.reader.read(texts, self.max_length, batch_tokens):
            yield mean + deviation * float(outputs[0])

    def annotate(self, dataset: Rows, *, prefix: str = "", batch_tokens: int = 4096) -> Rows:
        """Adds the predicted numbers to a data set, ready for `push_to_hub` or `write_dataset`.

        Args:
            dataset: Rows with the column of the text. A stream is annotated as its rows are read.
            prefix: What stands before the name of the new column, such as `"predicted_"`. A column
                that has such a name already is replaced.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            The data set with a column `label_column` of floats.

        Raises:
            ValueError: If there is no column of the text, or a text is missing.
        """

        def predict(texts: Iterable[str]) -> Iterator[Sequence[float]]:
            return ((value,) for value in self.stream(texts, batch_tokens=batch_tokens))

        feature = hf.Value("float64")
        return self._with_predictions(dataset, predict, f"{prefix}{self.label_column}", feature)

    def evaluate(self, dataset: Rows, *, batch_tokens: int = 4096) -> dict[str, Any]:
        """Scores the predicted numbers of a data set.

        Args:
            dataset: Rows with the columns the regressor was made for.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            `mse`, `mae` and `r2`, as `regression_scores` has them, and `texts`: how many.
        """
        dataset = stored_rows(dataset)
        reference = values_of(dataset, self.label_column)
        predicted = self.predict(self._texts(dataset), batch_tokens=batch_tokens)
        return {**regression_scores(predicted, reference), "texts": len(reference)}

    def describe(self) -> dict[str, Any]:
        """Columns, scale, tokenizer and vocabulary size."""
        mean, deviation = self.scale
        return {
            "text": self.text_column,
            "label": self.label_column,
            "mean": round(mean, 4),
            "standard deviation": round(deviation, 4),
            "tokenizer": self.tokenizer.kind,
            "vocabulary": self.tokenizer.vocab_size,
        }

    def _targets(self, dataset: hf.Dataset) -> np.ndarray:
        mean, deviation = self.scale
        values = np.array(values_of(dataset, self.label_column), np.float64)
        return (values[:, None] - mean) / deviation

    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        texts = self._texts(validation_data)
        reference = values_of(validation_data, self.label_column)

        def scores() -> dict[str, float]:
            found = regression_scores(self.predict(texts), reference)
            return {"r2": found["r2"], "mae": found["mae"]}

        return scores

    def _objective(self) -> dict[str, Any]:
        return {"loss": keras.losses.MeanSquaredError(reduction="mean_with_sample_weight")}

    def _extended(self, dataset: hf.Dataset, min_count: int) -> tuple[dict[str, Any], tuple]:
        tokenizer = self.tokenizer.extended(self._texts(sample_rows(dataset)), min_count)
        columns = (self.text_column, self.label_column)
        parts = (tokenizer, columns, self.max_length, self.scale)
        return {"vocab_size": tokenizer.vocab_size}, parts

    def _config(self) -> dict[str, Any]:
        return {**super()._config(), "scale": list(self.scale)}

    @classmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        return cls(
            SequenceModel.from_config(config["model"]),
            load_tokenizer(config["tokenizer"], folder / TOKENIZER),
            tuple(config["columns"]),
            config["max_length"],
            tuple(config["scale"]),
        )

    def _usage(self, name: str) -> str:
        load = f'regressor = nlpseq.load("{name}")'
        return f'import nlpseq\n\n{load}\nregressor.rate("What a lovely film!")'
