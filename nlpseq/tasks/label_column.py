"""One column of labels: what the data say, and what the model learns of it."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import numpy as np

from nlpseq.text.morphology import NONE, are_features, read_features, write_features
from nlpseq.text.tag_schemes import (
    all_tags,
    convert,
    detect_scheme,
    forbidden_transitions,
    malformed,
    write_spans,
)
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.vocabulary_update import extend_vocabulary

logger = logging.getLogger(__name__)

Ids = Mapping[str, np.ndarray]


class LabelColumn:
    """Turns the labels of a column into ids for the outputs of a model, and ids back into labels.

    Most columns are one output, of the same name. Spans are learnt in a scheme of their own. A
    column of features (`Case=Nom|Number=Sing`) may be an output a feature, `COLUMN.FEATURE`.

    Args:
        name: Name of the column.
        outputs: For each output, its labels and their ids, without special entries.
        scheme: The scheme in which the labels are read and given back, or `None` where they are not
            spans.
        learnt_scheme: The scheme in which spans are learnt, and in which `outputs` has them.
        features: The features, where each is an output.

    Example:
        >>> column = LabelColumn.from_rows("ner", [["O", "B-PER", "I-PER"]])
        >>> column.outputs["ner"].tokens
        ('B-PER', 'E-PER', 'O')
        >>> column.decode(column.encode(["B-PER", "I-PER", "O"]))
        ['B-PER', 'I-PER', 'O']
    """

    def __init__(
        self,
        name: str,
        outputs: Mapping[str, Vocabulary],
        scheme: str | None = None,
        learnt_scheme: str = "BIOES",
        features: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.outputs = dict(outputs)
        self.scheme = scheme
        self.learnt_scheme = learnt_scheme
        self.features = list(features)

    @classmethod
    def from_rows(
        cls,
        name: str,
        rows: Sequence[Sequence[str]],
        learnt_scheme: str = "BIOES",
        per_feature: bool = False,
    ) -> Self:
        """Makes the outputs from a corpus, after a look at what its labels are.

        Args:
            name: Name of the column.
            rows: The labels of each sentence.
            learnt_scheme: As for the class.
            per_feature: Whether labels made of features are learnt feature by feature.

        Returns:
            The column.

        Raises:
            ValueError: If `learnt_scheme` is unknown.
        """
        write_spans([], 0, learnt_scheme)  # also where the labels are no spans, no scheme but these
        if per_feature and are_features(label for row in rows for label in row):
            read = [[read_features(label) for label in row] for row in rows]
            features = sorted({feature for row in read for values in row for feature in values})
            outputs = {
                f"{name}.{feature}": Vocabulary.from_tokens(
                    [[values.get(feature, NONE) for values in row] for row in read], specials=()
                )
                for feature in features
            }
            return cls(name, outputs, learnt_scheme=learnt_scheme, features=features)
        scheme = detect_scheme(rows)
        if scheme is not None:
            _warn_of_malformed(name, rows, scheme)
            rows = [convert(row, learnt_scheme) for row in rows]
        outputs = {name: Vocabulary.from_tokens(rows, specials=())}
        return cls(name, outputs, scheme, learnt_scheme)

    def extended(self, rows: Sequence[Sequence[str]]) -> Self:
        """Makes a column that knows the new labels of a corpus too, by ids behind the old.

        New features, which would be outputs of their own, are left out with a warning.

        Args:
            rows: The labels of each sentence.
        """
        if self.features:
            read = [[read_features(label) for label in row] for row in rows]
            new = {name for row in read for values in row for name in values} - {*self.features}
            if new:
                logger.warning("%r has features that are not learnt: %s", self.name, sorted(new))
            corpora = [
                [[values.get(feature, NONE) for values in row] for row in read]
                for feature in self.features
            ]
        else:
            if self.scheme is not None:
                rows = [convert(row, self.learnt_scheme) for row in rows]
            corpora = [[list(row) for row in rows]]
        outputs = {
            output: extend_vocabulary(labels, corpus)
            for (output, labels), corpus in zip(self.outputs.items(), corpora, strict=True)
        }
        return type(self)(self.name, outputs, self.scheme, self.learnt_scheme, self.features)

    @property
    def forbidden(self) -> dict[str, list[tuple[int, int]]]:
        """For an output of spans, the pairs of label ids that its scheme does not allow."""
        if self.scheme is None:
            return {}
        labels = self.outputs[self.name].tokens
        return {self.name: forbidden_transitions(labels, self.learnt_scheme)}

    @property
    def possible_labels(self) -> list[str] | None:
        """All labels that `decode` can give; `None` where they are features, in any combination."""
        if self.features:
            return None
        labels = self.outputs[self.name].tokens
        if self.scheme is None:
            return list(labels)
        return all_tags({label.partition("-")[2] for label in labels if label != "O"}, self.scheme)

    def encode(self, labels: Sequence[str]) -> dict[str, np.ndarray]:
        """Ids of the labels of a sentence, for each output; -1 for one that the corpus lacked."""
        if self.features:
            read = [read_features(label) for label in labels]
            values = {
                output: [found.get(feature, NONE) for found in read]
                for output, feature in zip(self.outputs, self.features, strict=True)
            }
        else:
            values = {self.name: list(labels)}
            if self.scheme is not None:
                values = {self.name: convert(labels, self.learnt_scheme)}
        return {
            output: vocabulary.encode(values[output], unknown=-1)
            for output, vocabulary in self.outputs.items()
        }

    def canonical(self, labels: Sequence[str]) -> list[str]:
        """The labels of a sentence as `decode` would write them: features in their order."""
        if not self.features:
            return list(labels)
        return [write_features(read_features(label)) for label in labels]

    def decode(self, ids: Ids) -> list[str]:
        """Labels of a sentence, as the corpus writes them, from the ids of each output."""
        found = [vocabulary.decode(ids[name]) for name, vocabulary in self.outputs.items()]
        if self.features:
            return [
                write_features(dict(zip(self.features, values, strict=True)))
                for values in zip(*found, strict=True)
            ]
        return found[0] if self.scheme is None else convert(found[0], self.scheme)

    def probabilities(self, ids: Ids, shares: Ids) -> np.ndarray:
        """Probability of the labels that `decode` gives: over the features, the product.

        Args:
            ids: Ids of each output, `(tokens,)`.
            shares: Probabilities of each output, `(tokens, labels)`.

        Returns:
            Float, `(tokens,)`.
        """
        product = np.ones(())
        for name in self.outputs:
            product = product * shares[name][np.arange(len(ids[name])), ids[name]]
        return product

    def config(self) -> dict[str, Any]:
        """What `load` needs besides the files."""
        return {"scheme": self.scheme, "features": self.features}

    def save(self, folder: Path) -> None:
        """Writes the labels, a file an output."""
        for output, vocabulary in self.outputs.items():
            vocabulary.save(folder / _file(output))

    @classmethod
    def load(cls, folder: Path, name: str, learnt_scheme: str, config: Mapping[str, Any]) -> Self:
        """Reads what `save` wrote.

        Args:
            folder: The folder.
            name: Name of the column.
            learnt_scheme: As for the class.
            config: What `config` gave.
        """
        features = config["features"]
        names = [f"{name}.{feature}" for feature in features] or [name]
        outputs = {output: Vocabulary.load(folder / _file(output)) for output in names}
        return cls(name, outputs, config["scheme"], learnt_scheme, features)


def _file(output: str) -> str:
    return f"labels-{quote(output, safe='')}.jsonl"  # a column may have any name


def _warn_of_malformed(column: str, rows: Sequence[Sequence[str]], scheme: str) -> None:
    wrong = malformed(rows, scheme)
    if wrong:
        first = wrong[0]
        logger.warning(
            "%d labels in %r are malformed in %s and were mended, the first in sentence %d, "
            "token %d: %s became %s",
            len(wrong),
            column,
            scheme,
            first.sentence,
            first.position,
            first.tag,
            first.expected,
        )
