"""A text in, a label out."""

from pathlib import Path
from typing import Any, ClassVar, Self

import datasets as hf
import numpy as np

from nlpseq.datasets.classes import class_names, classes_of, text_and_class_columns
from nlpseq.datasets.row_source import Rows, sample_rows, stored_rows
from nlpseq.losses import TokenCrossEntropy
from nlpseq.metrics.accuracy import TokenAccuracy
from nlpseq.metrics.classification import classification_scores
from nlpseq.models.sequence import SequenceModel
from nlpseq.tasks.class_predictor import ClassPredictor
from nlpseq.tasks.sequence_task import TOKENIZER
from nlpseq.text.tokenizer import Tokenizer, load_tokenizer
from nlpseq.text.vocabulary import Vocabulary


class SequenceClassifier(ClassPredictor):
    """Labels whole texts: sentiment, topic, language, intent.

    `SequenceClassifier.from_dataset` makes one for a data set; `nlpseq.load` brings back a saved
    one.

    Args:
        model: The `SequenceModel`, with an output for each label.
        tokenizer: Text and ids.
        labels: The labels in the order of the outputs: a vocabulary without special tokens.
        columns: Names of the columns of text and label it was made for, the default in `fit` and
            `evaluate`.
        max_length: Most tokens of a text that are read; what is behind them is not.

    Raises:
        ValueError: If there are fewer than two labels, or `max_length` is below 1.

    Example:
        >>> import datasets
        >>> rows = {"text": ["good dog", "bad dog", "good cat", "bad cat"], "label": list("+-+-")}
        >>> train = datasets.Dataset.from_dict(rows)
        >>> classifier = SequenceClassifier.from_dataset(train, units=8, embedding_dim=8)
        >>> _ = classifier.fit(train, epochs=30, learning_rate=0.05, verbose=0)
        >>> classifier.classify("a good one")
        '+'
    """

    kind: ClassVar[str] = "classifier"
    pipeline_tag: ClassVar[str] = "text-classification"

    def __init__(
        self,
        model: SequenceModel,
        tokenizer: Tokenizer,
        labels: Vocabulary,
        columns: tuple[str, str] = ("text", "label"),
        max_length: int = 256,
    ) -> None:
        super().__init__(model, tokenizer, columns, max_length)
        if len(labels) < 2:
            raise ValueError(
                "A classifier needs two labels or more to choose from. "
                f"Received: {', '.join(labels.tokens) or 'none'}"
            )
        self.labels = labels

    @property
    def monitor(self) -> str:
        """The share of texts with the right label."""
        return "val_accuracy"

    @classmethod
    def find_columns(
        cls, dataset: hf.Dataset, text: str | None, label: str | None
    ) -> tuple[str, str]:
        return text_and_class_columns(dataset, text, label)

    @classmethod
    def _learnt(cls, sample: hf.Dataset, label: str) -> tuple[int, dict[str, Any]]:
        labels = Vocabulary(class_names(sample, label), specials=())
        return len(labels), {"labels": labels}

    def evaluate(self, dataset: Rows, *, batch_tokens: int = 4096) -> dict[str, Any]:
        """Scores the predicted labels of a data set.

        Args:
            dataset: Rows with the columns the classifier was made for.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            `accuracy`, `macro_f1` and the scores of each of `labels`, as `classification_scores`
            has them, and `texts`: how many. A label that training never saw counts as an error.
        """
        dataset = stored_rows(dataset)
        reference = classes_of(dataset, self.label_column)
        predicted = self.predict(self._texts(dataset), batch_tokens=batch_tokens)
        return {**classification_scores(predicted, reference), "texts": len(reference)}

    def describe(self) -> dict[str, Any]:
        """Columns, labels, tokenizer and vocabulary size."""
        more = f" ... ({len(self.labels)})" if len(self.labels) > 20 else ""
        return {
            "text": self.text_column,
            "label": self.label_column,
            "labels": ", ".join(self.labels.tokens[:20]) + more,
            "tokenizer": self.tokenizer.kind,
            "vocabulary": self.tokenizer.vocab_size,
        }

    def _targets(self, dataset: hf.Dataset) -> np.ndarray:
        return self.labels.encode(classes_of(dataset, self.label_column), unknown=-1)

    def _objective(self) -> dict[str, Any]:
        return {"loss": TokenCrossEntropy(), "weighted_metrics": [TokenAccuracy()]}

    def _extended(self, dataset: hf.Dataset, min_count: int) -> tuple[dict[str, Any], tuple]:
        sample = sample_rows(dataset)
        names = dict.fromkeys([*self.labels.tokens, *class_names(sample, self.label_column)])
        labels = Vocabulary(names, specials=())
        tokenizer = self.tokenizer.extended(self._texts(sample), min_count)
        sizes = {"vocab_size": tokenizer.vocab_size, "num_outputs": len(labels)}
        columns = (self.text_column, self.label_column)
        return sizes, (tokenizer, labels, columns, self.max_length)

    def _config(self) -> dict[str, Any]:
        return {**super()._config(), "labels": list(self.labels.tokens)}

    @classmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        return cls(
            SequenceModel.from_config(config["model"]),
            load_tokenizer(config["tokenizer"], folder / TOKENIZER),
            Vocabulary(config["labels"], specials=()),
            tuple(config["columns"]),
            config["max_length"],
        )

    def _usage(self, name: str) -> str:
        load = f'classifier = nlpseq.load("{name}")'
        return f'import nlpseq\n\n{load}\nclassifier.classify("What a lovely film!")'
