"""All ways to ask a tagging model for labels."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypedDict

import datasets as hf
import numpy as np

from nlpseq.datasets.predictions import Rows, add_predictions
from nlpseq.layers.linear_chain import FORBIDDEN
from nlpseq.models.tag_ensemble import TaggingEnsemble
from nlpseq.models.tagging import TaggingModel
from nlpseq.tasks.labeller import Labeller, Sentence
from nlpseq.tasks.tag_reader import TagReader
from nlpseq.tasks.tagging_codec import TaggingCodec
from nlpseq.text.entities import Entity, entities, join_tokens

Tagged = list[tuple[str, ...]]


class Analysis(TypedDict):
    """What `Tagger.analyze` finds in a sentence."""

    text: str
    tokens: list[str]
    labels: dict[str, list[str]]
    probabilities: dict[str, list[float]]
    entities: dict[str, list[Entity]]


class TagPredictor(TagReader):
    """Labels sentences: what a `Tagger` can do once it is trained.

    Args:
        model: The `TaggingModel`, or a `TaggingEnsemble`.
        codec: What is between its ids and strings.
        tokens_column: As for `Tagger`.

    Attributes:
        labeller: Runs the model over any number of sentences.
    """

    def __init__(
        self,
        model: TaggingModel | TaggingEnsemble,
        codec: TaggingCodec,
        tokens_column: str = "tokens",
    ) -> None:
        TagReader.__init__(self, model, codec)
        self.tokens_column = tokens_column
        self.labeller = Labeller(model, codec)

    @property
    def label_columns(self) -> list[str]:
        """Names of the label columns."""
        return list(self.codec.columns)

    def predict(self, sentences: Sequence[Sentence], *, batch_tokens: int = 4096) -> list[Tagged]:
        """Labels sentences.

        Args:
            sentences: Strings, which are split into tokens, or lists of tokens, taken as they are.
                They may be longer than any seen in training, and they may be empty.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            For each sentence, in order, its tokens with their labels: `(token, label)`, or with
            several columns `(token, label, label, ...)` in the order of `label_columns`.

        Raises:
            TypeError: If `sentences` is a single string; `tag` takes one.
        """
        return list(self.stream(sentences, batch_tokens=batch_tokens))

    def stream(
        self, sentences: Iterable[Sentence], *, batch_tokens: int = 4096
    ) -> Iterator[Tagged]:
        """Labels any number of sentences one after the other, as `predict`, in bounded memory.

        Args:
            sentences: Any iterable, such as a generator. Some thousand are read ahead, so that
                sentences of similar length can be computed together.
            batch_tokens: Slots of a batch, padding included.

        Yields:
            The tokens of each sentence with their labels, in order.
        """
        for sentence, found in self.labeller.search(sentences, batch_tokens):
            tokens = self.labeller.tokenizer.tokenize(sentence)
            ids = _ids(found)
            labels = [column.decode(ids) for column in self.codec.columns.values()]
            yield list(zip(tokens, *labels, strict=True))

    def annotate(self, dataset: Rows, *, prefix: str = "", batch_tokens: int = 4096) -> Rows:
        """Adds the predicted labels to a data set, ready for `push_to_hub` or `write_dataset`.

        Args:
            dataset: Rows with the column of tokens, or else with a column `text` of raw sentences,
                whose tokens are then added too. A stream is annotated as its rows are read.
            prefix: What stands before the names of the new columns, such as `"predicted_"`. A
                column that has such a name already is replaced.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            The data set with a column for each of `label_columns`, as `ClassLabel` with the names
            of the labels: in the order of the data set's own, where it has them all. Labels learnt
            feature by feature are strings.

        Raises:
            ValueError: If there is no column of tokens or text.
        """
        there = dataset.column_names or [self.tokens_column]
        is_text = self.tokens_column not in there
        source = "text" if is_text else self.tokens_column
        if source not in there:
            raise ValueError(
                f"There is no column {self.tokens_column!r} or 'text'. Columns: {', '.join(there)}"
            )
        features = {
            f"{prefix}{name}": hf.List(_label_feature(dataset, name, column.possible_labels))
            for name, column in self.codec.columns.items()
        }
        if is_text:
            features = {self.tokens_column: hf.List(hf.Value("string")), **features}

        def predict(sentences: Iterable[Sentence]) -> Iterator[Sequence[list[str]]]:
            for tagged in self.stream(sentences, batch_tokens=batch_tokens):
                columns = [
                    [token[place] for token in tagged]
                    for place in range(1 + len(self.label_columns))
                ]
                yield columns if is_text else columns[1:]

        return add_predictions(dataset, lambda batch: batch[source], predict, features)

    def tag(self, text: str | Sequence[Sentence]) -> Tagged | list[Tagged]:
        """Labels one sentence, or several.

        Args:
            text: A string is one sentence. A list holds sentences: strings, or lists of tokens.

        Returns:
            `[(token, label), ...]` for a string, a list of those for a list.
        """
        return self.predict([text])[0] if isinstance(text, str) else self.predict(text)

    def entities(
        self, text: str | Sequence[Sentence], *, column: str | None = None
    ) -> list[Entity] | list[list[Entity]]:
        """Finds the spans of one sentence, or of several, with their places in the text.

        Args:
            text: As for `tag`. A list of tokens is taken as the text that they make when joined
                with spaces.
            column: The label column, where there are several.

        Returns:
            For a string, a list of dictionaries: `entity_group`, the type; `score`, the mean
            probability of its labels; `word`, the text; `start` and `end`, its place in
            characters. For a list, a list of those lists.

        Raises:
            ValueError: If the labels of the column are not spans.
        """
        column = self._column(column)
        if self.codec.columns[column].scheme is None:
            raise ValueError(f"The labels of {column!r} are not spans, such as B-PER: use `tag`")
        sentences = [text] if isinstance(text, str) else text
        found = [analysis["entities"][column] for analysis in self.analyze(sentences)]
        return found[0] if isinstance(text, str) else found

    def analyze(
        self, sentences: Iterable[Sentence], *, batch_tokens: int = 4096
    ) -> Iterator[Analysis]:
        """Labels, probabilities and spans of any number of sentences, in bounded memory.

        Args:
            sentences: As for `stream`.
            batch_tokens: Slots of a batch, padding included.

        Yields:
            A dictionary for each sentence, in order: `text`; its `tokens`; by column `labels` and
            `probabilities`, one a token; and `entities`, for the columns that are spans.
        """
        for sentence, found in self.labeller.search(sentences, batch_tokens, probabilities=True):
            if isinstance(sentence, str):
                text, tokens = sentence, self.labeller.tokenizer.tokenize_with_offsets(sentence)
            else:
                text, tokens = join_tokens(sentence)
            ids = _ids(found)
            all_shares = {output: results["probabilities"] for output, results in found.items()}
            labels, shares = {}, {}
            for name, column in self.codec.columns.items():
                labels[name] = column.decode(ids)
                shares[name] = column.probabilities(ids, all_shares).tolist()
            yield Analysis(
                text=text,
                tokens=[token.text for token in tokens],
                labels=labels,
                probabilities=shares,
                entities={
                    name: entities(text, tokens, labels[name], shares[name])
                    for name, column in self.codec.columns.items()
                    if column.scheme is not None
                },
            )

    def probabilities(
        self, sentences: Sequence[Sentence], *, column: str | None = None
    ) -> list[np.ndarray]:
        """Probability of each label for each token.

        Args:
            sentences: As for `predict`.
            column: The label column, where there are several; of a column that is learnt feature
                by feature, one of its features, such as `"feats.Number"`.

        Returns:
            For each sentence, float32, `(tokens, labels)`; the labels in the order of
            `codec.labels[column].tokens`. With a CRF they are marginals: sums over all label
            sequences.
        """
        output = self._output(column)
        found = self.labeller.search(sentences, probabilities=True)
        return [results[output]["probabilities"] for _, results in found]

    def nbest(
        self, sentences: Sequence[Sentence], n: int = 5, *, column: str | None = None
    ) -> list[list[tuple[list[str], float]]]:
        """The most probable label sequences of a CRF.

        Args:
            sentences: As for `predict`.
            n: How many; fewer come back where there are not as many.
            column: As for `probabilities`.

        Returns:
            For each sentence `(labels, log-probability)` pairs, best first.

        Raises:
            ValueError: If the model has no CRF, or `n` is below 1.
        """
        if n < 1:
            raise ValueError(f"`n` must be at least 1. Received: n={n}")
        output = self._output(column)
        decode = self._decoder(output)
        results = []
        for _, found in self.labeller.search(sentences, num_best=n):
            pairs = zip(found[output]["tags"], found[output]["scores"].tolist(), strict=True)
            results.append([(decode(ids), score) for ids, score in pairs if score > FORBIDDEN / 2])
        return results

    def _output(self, column: str | None) -> str:
        """The output of the model for a column that is a single one."""
        if column in self.codec.labels:
            return str(column)
        name = self._column(column)
        features = list(self.codec.columns[name].outputs)
        if features != [name]:
            raise ValueError(
                f"`column` must be one of the features of {name!r}: {', '.join(features)}"
            )
        return name

    def _decoder(self, output: str) -> Callable[[np.ndarray], list[str]]:
        column = self.codec.columns.get(output)
        if column is None:  # a feature
            return self.codec.labels[output].decode
        return lambda ids: column.decode({output: ids})

    def _column(self, column: str | None) -> str:
        if column is None and len(self.label_columns) == 1:
            return self.label_columns[0]
        if column not in self.label_columns:
            raise ValueError(
                f"`column` must be one of {', '.join(self.label_columns)}. Received: {column!r}"
            )
        return column


def _ids(found: Mapping[str, Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {output: results["tags"] for output, results in found.items()}


def _label_feature(dataset: Rows, column: str, labels: list[str] | None) -> Any:
    """The feature of a predicted label: the data set's own, where it has names for all labels."""
    if labels is None:
        return hf.Value("string")
    own = getattr((dataset.features or {}).get(column), "feature", None)
    if isinstance(own, hf.ClassLabel) and {*labels} <= {*own.names}:
        return own
    return hf.ClassLabel(names=labels)
