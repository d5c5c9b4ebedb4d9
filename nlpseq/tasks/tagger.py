"""A label for every token of a sentence."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import datasets as hf
import numpy as np

from nlpseq.batching.tagging import TaggingBatches
from nlpseq.datasets.roles import token_and_label_columns, tokens_and_labels
from nlpseq.metrics.accuracy import sentence_accuracy, token_accuracy
from nlpseq.models.tagging import TaggingModel
from nlpseq.tasks.settings import check_names
from nlpseq.tasks.task import Task
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.words import WordTokenizer
from nlpseq.training.record import set_seed

VOCABULARY = "vocabulary.jsonl"
LABELS = "labels.jsonl"


class Tagger(Task):
    """Labels every token: parts of speech, morphology, entities, chunks.

    `Tagger.from_dataset` makes one for a data set; `nlpseq.load` brings back a saved one.

    Args:
        model: The `TaggingModel`.
        vocabulary: Tokens and their ids.
        labels: Labels and their ids, without special entries.
        columns: Names of the token and label columns it was made for, the default in `fit` and
            `evaluate`.

    Example:
        >>> import datasets
        >>> rows = {
        ...     "tokens": [["dogs", "bark"], ["cats", "sleep"]],
        ...     "upos": [["NOUN", "VERB"], ["NOUN", "VERB"]],
        ... }
        >>> train = datasets.Dataset.from_dict(rows)
        >>> tagger = Tagger.from_dataset(train, units=8, embedding_dim=8, min_count=1)
        >>> _ = tagger.fit(train, epochs=20, learning_rate=0.05, verbose=0)
        >>> tagger.tag("dogs sleep")
        [('dogs', 'NOUN'), ('sleep', 'VERB')]
    """

    kind: ClassVar[str] = "tagger"
    pipeline_tag: ClassVar[str] = "token-classification"
    monitor: ClassVar[str] = "val_accuracy"

    def __init__(
        self,
        model: TaggingModel,
        vocabulary: Vocabulary,
        labels: Vocabulary,
        columns: tuple[str, str] = ("tokens", "tags"),
    ) -> None:
        super().__init__(model)
        self.vocabulary = vocabulary
        self.labels = labels
        self.columns = columns
        self.tokenizer = WordTokenizer()

    @classmethod
    def from_dataset(
        cls,
        dataset: hf.Dataset,
        *,
        tokens: str | None = None,
        label: str | None = None,
        min_count: int = 2,
        seed: int = 0,
        **model_settings: Any,
    ) -> Self:
        """Makes a tagger, with vocabulary, labels and sizes from the data, and fresh weights.

        Args:
            dataset: Rows with a list of tokens and a list of as many labels.
            tokens: The column of the tokens; by default `tokens` or `words`.
            label: The column of the labels; may be left out where only one exists.
            min_count: Tokens that are rarer share the id of unknown tokens, which so is learnt.
            seed: Decides the fresh weights.
            **model_settings: Keyword arguments of `TaggingModel`, such as `units`.

        Returns:
            A tagger to `fit`.

        Raises:
            ValueError: If the columns can't be found, there is no token, or a setting is out of
                range.
            TypeError: If a setting is unknown; the message lists the valid ones.
        """
        given = {"dataset", "vocab_size", "num_tags"}
        check_names(model_settings, [cls.from_dataset, TaggingModel], given)
        columns = token_and_label_columns(dataset, tokens, label)
        sentences, tags = tokens_and_labels(dataset, *columns)
        _check_any_token(sentences)
        vocabulary = Vocabulary.from_tokens(sentences, min_count=min_count)
        labels = Vocabulary.from_tokens(tags, specials=())
        set_seed(seed)
        model = TaggingModel(vocab_size=len(vocabulary), num_tags=len(labels), **model_settings)
        return cls(model, vocabulary, labels, columns)

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
        sentences, labels = self._examples(dataset)
        _check_any_token(sentences)
        pairs = [pair for pair in zip(sentences, labels, strict=True) if pair[0]]
        return TaggingBatches(
            [self.vocabulary.encode(tokens) for tokens, _ in pairs],
            [self.labels.encode(tags, unknown=-1) for _, tags in pairs],
            batch_tokens=batch_tokens,
            shuffle=shuffle,
            seed=seed,
        )

    def predict(
        self, sentences: Sequence[str | Sequence[str]], *, batch_tokens: int = 4096
    ) -> list[list[tuple[str, str]]]:
        """Labels sentences.

        Args:
            sentences: Strings, which are split into tokens, or lists of tokens, taken as they are.
                They may be longer than any seen in training, and they may be empty.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            For each sentence, in order, its tokens with their labels.

        Raises:
            TypeError: If `sentences` is a single string; `tag` takes one.
        """
        if isinstance(sentences, str):
            raise TypeError("`sentences` must be a list. Received: a string; use `tag` for one")
        tokens = [self.tokenizer.tokenize(sentence) for sentence in sentences]
        labels = self._predict_labels(tokens, batch_tokens)
        return [list(zip(*pair, strict=True)) for pair in zip(tokens, labels, strict=True)]

    def tag(
        self, text: str | Sequence[str] | Sequence[Sequence[str]]
    ) -> list[tuple[str, str]] | list[list[tuple[str, str]]]:
        """Labels one sentence, or several.

        Args:
            text: A string is one sentence. A list holds sentences: strings, or lists of tokens.

        Returns:
            `[(token, label), ...]` for a string, a list of those for a list.
        """
        return self.predict([text])[0] if isinstance(text, str) else self.predict(text)

    def evaluate(self, dataset: hf.Dataset, *, batch_tokens: int = 4096) -> dict[str, Any]:
        """Scores the predicted labels of a data set.

        Args:
            dataset: Rows with the columns the tagger was made for.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            `accuracy`: share of the tokens with the right label. `unknown_accuracy`: of the tokens
            that are not in the vocabulary (`None` if there is none). `sentence_accuracy`: share of
            the sentences without an error. `sentences`, `tokens`: how many.
        """
        sentences, tags = self._examples(dataset)
        predicted = self._predict_labels(sentences, batch_tokens)
        right_of_unknown = [
            guess == tag
            for words, guesses, right in zip(sentences, predicted, tags, strict=True)
            for word, guess, tag in zip(words, guesses, right, strict=True)
            if word not in self.vocabulary
        ]
        return {
            "accuracy": token_accuracy(predicted, tags),
            "unknown_accuracy": float(np.mean(right_of_unknown)) if right_of_unknown else None,
            "sentence_accuracy": sentence_accuracy(predicted, tags),
            "sentences": len(sentences),
            "tokens": sum(map(len, sentences)),
        }

    def describe(self) -> dict[str, Any]:
        """Label column, labels and vocabulary size."""
        return {
            "label": self.columns[1],
            "labels": ", ".join(self.labels.tokens[:20])
            + (" ..." if len(self.labels) > 20 else ""),
            "vocabulary": len(self.vocabulary),
        }

    def _examples(self, dataset: hf.Dataset) -> tuple[list[list[str]], list[list[str]]]:
        return tokens_and_labels(dataset, *self.columns)

    def _predict_labels(
        self, sentences: Sequence[Sequence[str]], batch_tokens: int
    ) -> list[list[str]]:
        """Labels of tokenised sentences, in order; none for an empty one."""
        ids = [self.vocabulary.encode(sentence) for sentence in sentences]
        full = [row for row, sentence in enumerate(ids) if len(sentence)]
        labels: list[list[str]] = [[] for _ in sentences]
        if not full:
            return labels
        batches = TaggingBatches([ids[row] for row in full], batch_tokens=batch_tokens)
        best = (self.model.predict_on_batch(inputs).argmax(axis=-1) for (inputs,) in batches)
        for row, found in zip(full, batches.in_input_order(best), strict=True):
            labels[row] = self.labels.decode(found[: len(ids[row])])
        return labels

    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        return dict  # nothing besides the token accuracy, which Keras computes

    def _config(self) -> dict[str, Any]:
        return {"columns": list(self.columns)}

    def _save_tokenizers(self, folder: Path) -> None:
        self.vocabulary.save(folder / VOCABULARY)
        self.labels.save(folder / LABELS)

    @classmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        return cls(
            TaggingModel.from_config(config["model"]),
            Vocabulary.load(folder / VOCABULARY),
            Vocabulary.load(folder / LABELS),
            tuple(config["columns"]),
        )

    def _usage(self, name: str) -> str:
        return f'import nlpseq\n\ntagger = nlpseq.load("{name}")\ntagger.tag("The fox is quick.")'


def _check_any_token(sentences: Sequence[Sequence[str]]) -> None:
    if not any(sentences):
        raise ValueError(
            "The data set must have a sentence with a token in it. "
            f"Received: {len(sentences)} sentences, all empty"
        )
