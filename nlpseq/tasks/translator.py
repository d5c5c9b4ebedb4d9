"""A sentence in, a sentence out."""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import datasets as hf
import numpy as np

from nlpseq.batching.pairs import PairBatches
from nlpseq.datasets.any_data import training_data
from nlpseq.datasets.sides import pair_texts
from nlpseq.losses import TokenCrossEntropy, check_label_smoothing
from nlpseq.metrics.accuracy import TokenAccuracy
from nlpseq.metrics.bleu import corpus_scores
from nlpseq.metrics.perplexity import Perplexity
from nlpseq.models.ensemble import EnsembleModel
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.tasks.aligner import Aligner
from nlpseq.tasks.ensemble import check_members
from nlpseq.tasks.pair_batching import check_subword_alpha, pair_batches
from nlpseq.tasks.settings import check_names
from nlpseq.tasks.task import Task
from nlpseq.tasks.translation_predictor import TranslationPredictor
from nlpseq.text.tokenizer import TOKENIZERS, Tokenizer, train_tokenizer
from nlpseq.training.record import set_seed

SOURCE_TOKENIZER = "source.tokenizer"
TARGET_TOKENIZER = "target.tokenizer"


class Translator(TranslationPredictor, Aligner, Task):
    """Translates, or does any other job from sentence to sentence.

    `Translator.from_dataset` makes one for a data set; `nlpseq.load` brings back a saved one.

    Args:
        model: The `Seq2SeqModel`, or an `EnsembleModel`.
        source_tokenizer: Source text and ids.
        target_tokenizer: Target text and ids.
        columns: Names of the source and target sides it was made for, the default in `fit` and
            `evaluate`.
        max_length: Longest sentence to learn from, in tokens; longer pairs are left out.
        label_smoothing: Share of the training target that is spread over the whole vocabulary.
        subword_alpha: In training, segmentations are drawn anew in each epoch, so unevenly; see
            `SentencePieceTokenizer.encode`. `None`: always the usual segmentation.

    Raises:
        ValueError: If a setting is out of range, or segmentations can't be drawn.

    Example:
        >>> import datasets
        >>> rows = {"en": ["one", "two", "one two"], "de": ["eins", "zwei", "eins zwei"]}
        >>> train = datasets.Dataset.from_dict(rows)
        >>> translator = Translator.from_dataset(train, tokenizer="words", units=16, dropout=0.0)
        >>> _ = translator.fit(train, epochs=60, learning_rate=0.02, verbose=0)
        >>> translator.translate("one two")
        'eins zwei'
    """

    kind: ClassVar[str] = "translator"
    pipeline_tag: ClassVar[str] = "translation"

    def __init__(
        self,
        model: Seq2SeqModel | EnsembleModel,
        source_tokenizer: Tokenizer,
        target_tokenizer: Tokenizer,
        columns: tuple[str, str] = ("source", "target"),
        max_length: int = 100,
        label_smoothing: float = 0.1,
        subword_alpha: float | None = None,
    ) -> None:
        if max_length < 1:
            raise ValueError(f"`max_length` must be at least 1. Received: max_length={max_length}")
        check_label_smoothing(label_smoothing)
        check_subword_alpha(subword_alpha, [source_tokenizer, target_tokenizer])
        Task.__init__(self, model)
        TranslationPredictor.__init__(self, model, source_tokenizer, target_tokenizer, columns)
        self.max_length = max_length
        self.label_smoothing = label_smoothing
        self.subword_alpha = subword_alpha

    @property
    def monitor(self) -> str:
        """BLEU of the translated dev sentences."""
        return "val_bleu"

    @classmethod
    def from_dataset(
        cls,
        dataset: hf.Dataset,
        *,
        source: str | None = None,
        target: str | None = None,
        tokenizer: Literal["sentencepiece", "words", "characters"] = "sentencepiece",
        vocab_size: int = 8000,
        max_length: int = 100,
        label_smoothing: float = 0.1,
        subword_alpha: float | None = None,
        seed: int = 0,
        **model_settings: Any,
    ) -> Self:
        """Makes a translator, with tokenizers trained on the data, and fresh weights.

        Args:
            dataset: Rows with a `translation` dictionary, or with a column for each side; of splits
                `train`.
            source: The side to translate from: a language or column name. May be left out where
                there are two, which are then taken in their order.
            target: The side to translate to.
            tokenizer: How text becomes tokens.
            vocab_size: Most token ids of each side; fewer where the data don't hold as many.
            max_length: Longest sentence to learn from, in tokens; longer pairs are left out.
            label_smoothing: Share of the training target that is spread over the whole vocabulary.
            subword_alpha: In training, how SentencePiece's segmentations are drawn anew in each
                epoch: 0 makes all alike, 0.2 to 0.5 are usual, more is nearer to the best one.
                `None`: always the best one.
            seed: Decides the fresh weights.
            **model_settings: Keyword arguments of `Seq2SeqModel`, such as `decoder` or `units`.

        Returns:
            A translator to `fit`.

        Raises:
            ValueError: If the sides can't be found or a setting is out of range.
            TypeError: If a setting is unknown; the message lists the valid ones.
        """
        given = {"dataset", "source_vocab_size", "target_vocab_size"}
        check_names(model_settings, [cls.from_dataset, Seq2SeqModel], given)
        dataset, _ = training_data(dataset)
        source, target, sources, targets = pair_texts(dataset, source, target)
        source_tokenizer = train_tokenizer(tokenizer, sources, vocab_size)
        target_tokenizer = train_tokenizer(tokenizer, targets, vocab_size)
        set_seed(seed)
        model = Seq2SeqModel(
            source_vocab_size=source_tokenizer.vocab_size,
            target_vocab_size=target_tokenizer.vocab_size,
            **model_settings,
        )
        learning = ((source, target), max_length, label_smoothing, subword_alpha)
        return cls(model, source_tokenizer, target_tokenizer, *learning)

    @classmethod
    def ensemble(cls, translators: Sequence["Translator"]) -> Self:
        """Makes one translator of several: each token has the mean of their probabilities.

        It translates, scores and evaluates; its members are used, not copied, and they are trained
        and saved one by one.

        Args:
            translators: At least one, with the same tokenizers and sides, as models have that
                learnt from the same data with different seeds or settings.

        Returns:
            The ensemble.

        Raises:
            ValueError: If there is no translator, or tokenizers or sides differ.
        """
        tokenizers = [(t.source_tokenizer, t.target_tokenizer) for t in translators]
        columns = [translator.columns for translator in translators]
        check_members(list(zip(columns, tokenizers, strict=True)))
        model = EnsembleModel([translator.model for translator in translators])
        max_length = min(translator.max_length for translator in translators)
        return cls(model, *tokenizers[0], columns[0], max_length)

    def batches(
        self, dataset: hf.Dataset, *, batch_tokens: int, shuffle: bool = False, seed: int = 0
    ) -> PairBatches:
        """Turns pairs into padded batches of ids.

        Pairs with an empty side, or with more than `max_length` tokens on one, are left out: there
        is nothing to learn from the former, and the latter are mostly not translations.

        Args:
            dataset: Rows with the sides the translator was made for.
            batch_tokens: Slots of a batch on its wider side, padding included.
            shuffle: Whether each epoch has another order.
            seed: Decides the order.

        Returns:
            Batches for `model.fit` and `model.evaluate`.

        Raises:
            ValueError: If the sides can't be found, or no pair is left.
        """
        return self._batches(dataset, None, batch_tokens=batch_tokens, shuffle=shuffle, seed=seed)

    def evaluate(
        self, dataset: hf.Dataset, *, batch_tokens: int = 4096, seed: int = 0, **options: Any
    ) -> dict[str, Any]:
        """Scores the translations of a data set's source side against its target side.

        Args:
            dataset: Rows with the sides the translator was made for.
            batch_tokens: As for `predict`.
            seed: As for `predict`.
            **options: Of the search, as in `SearchOptions`.

        Returns:
            `bleu`, `chrf` (0 to 100, cased, detokenised), `length_ratio` and the signatures of
            sacrebleu; `perplexity` of the right target tokens; `sentences`: how many.
        """
        sources, targets = self._examples(dataset)
        batches = self.batches(dataset, batch_tokens=batch_tokens)
        found = self.predict(sources, batch_tokens=batch_tokens, seed=seed, **options)
        scores = corpus_scores(found, targets)
        log_prob = sum(
            float(np.sum(log_probs * weights, dtype=np.float64))
            for log_probs, weights in self._log_probs(batches)
        )
        perplexity = math.exp(-log_prob / batches.num_tokens)
        return {**scores, "perplexity": perplexity, "sentences": len(sources)}

    def describe(self) -> dict[str, Any]:
        """Sides, decoder and vocabulary sizes."""
        return {
            "from": self.columns[0],
            "to": self.columns[1],
            "decoder": self.model.decoder,
            "tokenizer": self.source_tokenizer.kind,
            "source vocabulary": self.source_tokenizer.vocab_size,
            "target vocabulary": self.target_tokenizer.vocab_size,
        }

    def _training_batches(self, dataset: hf.Dataset, **batching: Any) -> PairBatches:
        return self._batches(dataset, self.subword_alpha, shuffle=True, **batching)

    def _batches(self, dataset: hf.Dataset, alpha: float | None, **batching: Any) -> PairBatches:
        tokenizers = (self.source_tokenizer, self.target_tokenizer)
        longest = min(self.max_length, (self.model.decoder_layer.max_length or 1 << 30) - 1)
        return pair_batches(self._examples(dataset), tokenizers, longest, alpha, **batching)

    def _examples(self, dataset: hf.Dataset) -> tuple[list[str], list[str]]:
        _, _, sources, targets = pair_texts(dataset, *self.columns)
        return sources, targets

    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        sources, targets = self._examples(validation_data)

        def scores() -> dict[str, float]:
            found = corpus_scores(self.predict(sources), targets)
            return {"bleu": found["bleu"], "chrf": found["chrf"]}

        return scores

    def _objective(self) -> dict[str, Any]:
        metrics = [TokenAccuracy(), Perplexity()]
        return {"loss": TokenCrossEntropy(self.label_smoothing), "weighted_metrics": metrics}

    def _extended(self, dataset: hf.Dataset, min_count: int) -> tuple[dict[str, Any], tuple]:
        sources, targets = self._examples(dataset)
        source = self.source_tokenizer.extended(sources, min_count)
        target = self.target_tokenizer.extended(targets, min_count)
        sizes = {"source_vocab_size": source.vocab_size, "target_vocab_size": target.vocab_size}
        learning = (self.columns, self.max_length, self.label_smoothing, self.subword_alpha)
        return sizes, (source, target, *learning)

    def _from_dataset_settings(self) -> dict[str, Any]:
        source, target = self.columns
        sides = {"source": source, "target": target, "tokenizer": self.source_tokenizer.kind}
        return {**self.model.get_config(), **sides}

    def _config(self) -> dict[str, Any]:
        return {
            "columns": list(self.columns),
            "max_length": self.max_length,
            "label_smoothing": self.label_smoothing,
            "subword_alpha": self.subword_alpha,
            "tokenizers": [self.source_tokenizer.kind, self.target_tokenizer.kind],
        }

    def _save_tokenizers(self, folder: Path) -> None:
        self.source_tokenizer.save(folder / SOURCE_TOKENIZER)
        self.target_tokenizer.save(folder / TARGET_TOKENIZER)

    @classmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        source_kind, target_kind = config["tokenizers"]
        return cls(
            Seq2SeqModel.from_config(config["model"]),
            TOKENIZERS[source_kind].load(folder / SOURCE_TOKENIZER),
            TOKENIZERS[target_kind].load(folder / TARGET_TOKENIZER),
            tuple(config["columns"]),
            config["max_length"],
            config["label_smoothing"],
            config.get("subword_alpha"),
        )

    def _usage(self, name: str) -> str:
        load = f'translator = nlpseq.load("{name}")'
        return f'import nlpseq\n\n{load}\ntranslator.translate("A dog runs.")'
