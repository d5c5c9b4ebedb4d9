"""All ways to ask a classifier for labels."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict

import datasets as hf
import numpy as np

from nlpseq.datasets.predictions import Rows
from nlpseq.tasks.sequence_task import SequenceTask
from nlpseq.text.vocabulary import Vocabulary


class Classified(TypedDict):
    """What `SequenceClassifier.analyze` finds for a text."""

    text: str
    label: str
    probability: float
    probabilities: dict[str, float]


class ClassPredictor(SequenceTask):
    """Labels texts: what a `SequenceClassifier` can do once it is trained.

    Attributes:
        labels: The labels in the order of the model's outputs.
    """

    labels: Vocabulary

    def predict(self, texts: Sequence[str], *, batch_tokens: int = 4096) -> list[str]:
        """Labels texts.

        Args:
            texts: Texts. They may be longer than any in training; an empty one has a label too, by
                the empty texts of the training, if there were any.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            The most probable label of each, in order.

        Raises:
            TypeError: If `texts` is a single string; `classify` takes one.
        """
        return list(self.stream(texts, batch_tokens=batch_tokens))

    def classify(self, text: str | Sequence[str]) -> str | list[str]:
        """Labels one text, or several.

        Args:
            text: A string is one text; a list holds several.

        Returns:
            A label for a string, a list of labels for a list.
        """
        return self.predict([text])[0] if isinstance(text, str) else self.predict(text)

    def stream(self, texts: Iterable[str], *, batch_tokens: int = 4096) -> Iterator[str]:
        """Labels any number of texts one after the other, as `predict`, in bounded memory.

        Args:
            texts: Any iterable, such as a generator. Some thousand are read ahead, so that texts of
                similar length can be computed together.
            batch_tokens: Slots of a batch, padding included.

        Yields:
            The label of each text, in order.
        """
        for _, logits in self.reader.read(texts, self.max_length, batch_tokens):
            yield self.labels.token(int(logits.argmax()))

    def analyze(self, texts: Iterable[str], *, batch_tokens: int = 4096) -> Iterator[Classified]:
        """Labels and probabilities of any number of texts, in bounded memory.

        Args:
            texts: As for `stream`.
            batch_tokens: Slots of a batch, padding included.

        Yields:
            A dictionary for each text, in order: `text`; the most probable `label` and its
            `probability`; and the `probabilities` of all labels, the most probable first.
        """
        for text, logits in self.reader.read(texts, self.max_length, batch_tokens):
            shares = _softmax(logits)
            order = np.argsort(-logits, kind="stable").tolist()
            probabilities = {self.labels.token(place): float(shares[place]) for place in order}
            label = self.labels.token(order[0])
            yield Classified(
                text=text,
                label=label,
                probability=probabilities[label],
                probabilities=probabilities,
            )

    def probabilities(self, texts: Sequence[str], *, batch_tokens: int = 4096) -> np.ndarray:
        """Probability of each label for each text.

        Args:
            texts: As for `predict`.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            Float32, `(texts, labels)`; the labels in the order of `labels.tokens`.
        """
        found = [
            _softmax(logits) for _, logits in self.reader.read(texts, self.max_length, batch_tokens)
        ]
        return np.array(found, np.float32).reshape(-1, len(self.labels))

    def annotate(self, dataset: Rows, *, prefix: str = "", batch_tokens: int = 4096) -> Rows:
        """Adds the predicted labels to a data set, ready for `push_to_hub` or `write_dataset`.

        Args:
            dataset: Rows with the column of the text. A stream is annotated as its rows are read.
            prefix: What stands before the name of the new column, such as `"predicted_"`. A column
                that has such a name already is replaced.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            The data set with a column `label_column` of `ClassLabel`: the data set's own, where it
            has names for all labels.

        Raises:
            ValueError: If there is no column of the text, or a text is missing.
        """

        def predict(texts: Iterable[str]) -> Iterator[Sequence[str]]:
            return ((label,) for label in self.stream(texts, batch_tokens=batch_tokens))

        feature = (dataset.features or {}).get(self.label_column)
        if not isinstance(feature, hf.ClassLabel) or not {*self.labels.tokens} <= {*feature.names}:
            feature = hf.ClassLabel(names=list(self.labels.tokens))
        return self._with_predictions(dataset, predict, f"{prefix}{self.label_column}", feature)


def _softmax(logits: np.ndarray) -> np.ndarray:
    shares = np.exp(logits - logits.max(), dtype=np.float64)
    return np.asarray(shares / shares.sum())
