"""Labels for every token of a sentence."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import datasets as hf
import numpy as np

from nlpseq.batching.tagging import TaggingBatches
from nlpseq.datasets.any_data import training_data
from nlpseq.datasets.roles import token_and_label_columns, tokens_and_columns
from nlpseq.datasets.row_source import Rows, sample_rows, stored_rows
from nlpseq.metrics.tagging import column_scores, main_score
from nlpseq.models.tag_ensemble import TaggingEnsemble
from nlpseq.models.tagging import TaggingModel
from nlpseq.tasks.settings import check_names
from nlpseq.tasks.tag_predictor import TagPredictor
from nlpseq.tasks.tagging_codec import TaggingCodec
from nlpseq.tasks.tagging_encoding import encode_sentences, tagging_codec
from nlpseq.tasks.task import Task
from nlpseq.text.vectors import load_vectors
from nlpseq.training.record import set_seed


class Tagger(TagPredictor, Task):
    """Labels every token: parts of speech, morphology, entities, chunks; several columns at once.

    `Tagger.from_dataset` makes one for a data set; `nlpseq.load` brings back a saved one.

    Args:
        model: The `TaggingModel`, or a `TaggingEnsemble`.
        codec: What is between its ids and strings.
        tokens_column: Name of the token column it was made for, the default in `fit` and
            `evaluate`. Those of the labels are `label_columns`.

    Example:
        >>> import datasets
        >>> rows = {
        ...     "tokens": [["dogs", "bark"], ["cats", "sleep"]],
        ...     "upos": [["NOUN", "VERB"], ["NOUN", "VERB"]],
        ... }
        >>> train = datasets.Dataset.from_dict(rows)
        >>> tagger = Tagger.from_dataset(train, units=8, embedding_dim=8, min_count=1)
        >>> _ = tagger.fit(train, epochs=30, learning_rate=0.05, verbose=0)
        >>> tagger.tag("dogs sleep")
        [('dogs', 'NOUN'), ('sleep', 'VERB')]
    """

    kind: ClassVar[str] = "tagger"
    pipeline_tag: ClassVar[str] = "token-classification"

    def __init__(
        self,
        model: TaggingModel | TaggingEnsemble,
        codec: TaggingCodec,
        tokens_column: str = "tokens",
    ) -> None:
        Task.__init__(self, model)
        TagPredictor.__init__(self, model, codec, tokens_column)

    @property
    def monitor(self) -> str:
        """F1 of the spans, or the accuracy where labels are not spans; of several, the mean."""
        if len(self.codec.schemes) > 1:
            return "val_score"
        return "val_f1" if next(iter(self.codec.schemes.values())) else "val_accuracy"

    @classmethod
    def from_dataset(
        cls,
        dataset: Rows,
        *,
        tokens: str | None = None,
        label: str | list[str] | None = None,
        min_count: int = 2,
        scheme: Literal["IOB1", "IOB2", "BIOES"] = "BIOES",
        lowercase: bool | None = None,
        normalize_digits: bool | None = None,
        per_feature: bool = False,
        head: Literal["softmax", "crf"] | None = None,
        vectors: str | os.PathLike[str] | None = None,
        seed: int = 0,
        **model_settings: Any,
    ) -> Self:
        """Makes a tagger, with vocabularies, labels and sizes from the data, and fresh weights.

        Args:
            dataset: Rows with a list of tokens and lists of as many labels: a data set or a stream;
                of splits `train`. Vocabularies are made from 250,000 rows at most.
            tokens: The column of the tokens; by default `tokens` or `words`.
            label: The column of the labels, or several columns to learn at once; may be left out
                where only one exists.
            min_count: Tokens and characters that are rarer share the id of unknown ones, which so
                is learnt.
            scheme: In which scheme spans are learnt. Predictions come in that of the data.
            lowercase: Whether tokens that differ in case only are one token. Their characters
                keep their case. By default where characters are read, and without `vectors`.
            normalize_digits: Whether tokens that differ in digits only are one; by default alike.
            per_feature: Whether labels made of features (`Case=Nom|Number=Sing`) are learnt feature
                by feature, so that new combinations can be predicted, and not as a whole.
            head: `"softmax"` or `"crf"`; by default a CRF where the labels are spans (`B-PER`).
            vectors: File of pretrained word vectors (GloVe, fastText, word2vec text; plain or
                gzip), from which the tokens of the vocabulary take theirs; their size is then
                the `embedding_dim`. With `train_embedding=False` they stay as they are.
            seed: Decides the fresh weights.
            **model_settings: Keyword arguments of `TaggingModel`, such as `units`.

        Returns:
            A tagger to `fit`.

        Raises:
            ValueError: If the columns can't be found, there is no token, or a setting is out of
                range.
            TypeError: If a setting is unknown; the message lists the valid ones.
        """
        given = {"dataset", "vocab_size", "num_tags", "num_characters", "forbidden"}
        check_names(model_settings, [cls.from_dataset, TaggingModel], given)
        if isinstance(label, list) and not label:
            raise ValueError("`label` must name at least one column. Received: label=[]")
        names = [label] if label is None or isinstance(label, str) else label
        sample = sample_rows(training_data(dataset)[0])
        columns = [token_and_label_columns(sample, tokens, name) for name in names]
        spelling = model_settings.get("characters") != "none"
        normalize = spelling and vectors is None
        codec = tagging_codec(
            sample,
            columns[0][0],
            [name for _, name in columns],
            min_count=min_count,
            spelling=spelling,
            learnt_scheme=scheme,
            lowercase=normalize if lowercase is None else lowercase,
            normalize_digits=normalize if normalize_digits is None else normalize_digits,
            per_feature=per_feature,
        )
        pretrained = None
        if vectors is not None:
            pretrained = load_vectors(vectors, codec.vocabulary)
            model_settings["embedding_dim"] = pretrained.dim
        set_seed(seed)
        model = TaggingModel(
            vocab_size=len(codec.vocabulary),
            num_tags={column: len(labels) for column, labels in codec.labels.items()},
            num_characters=len(codec.characters) if codec.characters else 0,
            forbidden=codec.forbidden,
            head=head or ("crf" if any(codec.schemes.values()) else "softmax"),
            **model_settings,
        )
        if pretrained is not None:
            model.get_layer("embedding").set_vectors(pretrained.matrix(codec.vocabulary, seed))
        return cls(model, codec, columns[0][0])

    @classmethod
    def ensemble(cls, taggers: Sequence[Self]) -> Self:
        """Makes one tagger of several that were trained on the same data with different seeds.

        Args:
            taggers: Taggers with the same vocabularies and labels.

        Returns:
            A tagger that predicts by the mean of their probabilities. It can't be trained or saved.

        Raises:
            ValueError: If there is none, or two of them differ.
        """
        model = TaggingEnsemble([tagger.model for tagger in taggers])
        first = taggers[0]
        for number, tagger in enumerate(taggers):
            if not first.codec.has_same_ids(tagger.codec):
                raise ValueError(
                    "The taggers of an ensemble must have the same vocabularies and labels. "
                    f"Received: taggers[{number}] differs from taggers[0]. "
                    "Train them on the same data with the same settings, all but the seed"
                )
        return cls(model, first.codec, first.tokens_column)

    def batches(
        self, dataset: hf.Dataset, *, batch_tokens: int, shuffle: bool = False, seed: int = 0
    ) -> TaggingBatches:
        """Turns labelled sentences into padded batches of ids; empty sentences are left out.

        Args:
            dataset: Rows with the columns the tagger was made for.
            batch_tokens: Slots of a batch, padding included.
            shuffle: Whether each epoch has another order.
            seed: Decides the order.

        Returns:
            Batches for `model.fit` and `model.evaluate`.

        Raises:
            ValueError: If the columns can't be found, or there is no token.
        """
        return self._batches(dataset, batch_tokens=batch_tokens, shuffle=shuffle, seed=seed)

    def evaluate(self, dataset: Rows, *, batch_tokens: int = 4096) -> dict[str, Any]:
        """Scores the predicted labels of a data set.

        Args:
            dataset: Rows with the columns the tagger was made for.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            `sentences` and `tokens`, how many, and the scores. `accuracy`: share of the tokens with
            the right label. `unknown_accuracy`: of the tokens that are not in the vocabulary
            (`None` if there is none). `sentence_accuracy`: share of the sentences without an error.
            Where labels are spans, also those of `span_scores`: `precision`, `recall`, `f1`,
            `macro_f1`, `types`. Where they are made of features, `features`: the accuracy of each.
            Of several columns, a dictionary of those for each by name, and `score`, the mean of
            accuracies and F1.
        """
        sentences, tags = self._examples(dataset)
        predicted = self._predict_columns(sentences, batch_tokens)
        known = [[self.codec.knows(token) for token in tokens] for tokens in sentences]
        scores = {
            column: column_scores(predicted[column], labels, known, self.codec.schemes[column])
            for column, labels in tags.items()
        }
        counts = {"sentences": len(sentences), "tokens": sum(map(len, sentences))}
        if len(scores) == 1:
            return {**next(iter(scores.values())), **counts}
        return {**scores, "score": float(np.mean(list(map(main_score, scores.values())))), **counts}

    def describe(self) -> dict[str, Any]:
        """Label columns, labels and vocabulary size."""
        labels = {
            f"labels of {column}": ", ".join(labels.tokens[:20])
            + (f" ... ({len(labels)})" if len(labels) > 20 else "")
            for column, labels in self.codec.labels.items()
        }
        return {**labels, "head": self.model.head, "vocabulary": len(self.codec.vocabulary)}

    def _batches(
        self, dataset: hf.Dataset, *, cached: bool = True, **batching: Any
    ) -> TaggingBatches:
        table = encode_sentences(dataset, self.tokens_column, self.codec, cached)
        return self.codec.batches_of(table, **batching)

    def _examples(self, dataset: Rows) -> tuple[list[list[str]], dict[str, list[list[str]]]]:
        dataset = stored_rows(dataset)
        sentences, tags = tokens_and_columns(dataset, self.tokens_column, self.label_columns)
        return sentences, {
            name: [self.codec.columns[name].canonical(labels) for labels in rows]
            for name, rows in tags.items()
        }

    def _predict_columns(
        self, sentences: Sequence[Sequence[str]], batch_tokens: int
    ) -> dict[str, list[list[str]]]:
        rows: dict[str, list[list[str]]] = {column: [] for column in self.label_columns}
        for _, found in self.labeller.search(sentences, batch_tokens):
            ids = {output: results["tags"] for output, results in found.items()}
            for name, column in self.codec.columns.items():
                rows[name].append(column.decode(ids))
        return rows

    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        sentences, tags = self._examples(validation_data)

        def scores() -> dict[str, float]:
            predicted = self._predict_columns(sentences, 4096)
            found = {
                column: main_score(column_scores(predicted[column], tags[column], None, scheme))
                for column, scheme in self.codec.schemes.items()
            }
            if len(found) == 1:
                return {self.monitor.removeprefix("val_"): next(iter(found.values()))}
            return {**found, "score": float(np.mean(list(found.values())))}

        return scores

    def _objective(self) -> dict[str, Any]:
        return {}  # the model's own `compute_loss`

    def _extended(self, dataset: hf.Dataset, min_count: int) -> tuple[dict[str, Any], tuple]:
        codec = self.codec.extended(*self._examples(sample_rows(dataset)), min_count)
        return codec.model_sizes, (codec, self.tokens_column)

    def _from_dataset_settings(self) -> dict[str, Any]:
        columns = {"tokens": self.tokens_column, "label": self.label_columns}
        return {**self.model.get_config(), **self.codec.settings, **columns}

    def _config(self) -> dict[str, Any]:
        return {"tokens_column": self.tokens_column, "codec": self.codec.config()}

    def _save_tokenizers(self, folder: Path) -> None:
        self.codec.save(folder)

    @classmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        model = TaggingModel.from_config(config["model"])
        codec = TaggingCodec.load(folder, config["codec"])
        return cls(model, codec, config["tokens_column"])

    def _usage(self, name: str) -> str:
        return f'import nlpseq\n\ntagger = nlpseq.load("{name}")\ntagger.tag("The fox is quick.")'
