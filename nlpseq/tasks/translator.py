"""A sentence in, a sentence out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import datasets as hf

from nlpseq.datasets.any_data import training_data
from nlpseq.datasets.row_source import Rows, sample_rows, stored_rows
from nlpseq.datasets.sides import pair_texts
from nlpseq.metrics.bleu import corpus_scores
from nlpseq.models.ensemble import EnsembleModel
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.tasks.aligner import Aligner
from nlpseq.tasks.ensemble import check_members
from nlpseq.tasks.pair_encoding import pair_tokenizers
from nlpseq.tasks.settings import check_names
from nlpseq.tasks.task import Task
from nlpseq.tasks.translation_learner import LEARNING, TranslationLearner
from nlpseq.tasks.translation_predictor import TranslationPredictor
from nlpseq.text.tokenizer import Tokenizer
from nlpseq.text.tokenizer_pair import TokenizerPair
from nlpseq.training.record import set_seed

LARGE = 100_000  # pairs that are enough for a large network and many pieces


class Translator(TranslationPredictor, Aligner, TranslationLearner, Task):
    """Translates, or does any other job from sentence to sentence.

    `Translator.from_dataset` makes one for a data set; `nlpseq.load` brings back a saved one.

    Args:
        model: The `Seq2SeqModel`, or an `EnsembleModel`.
        source_tokenizer: Source text and ids.
        target_tokenizer: Target text and ids.
        columns: Names of the source and target sides it was made for, the default in `fit` and
            `evaluate`.
        max_length: As in `from_dataset`, like all that follow.
        label_smoothing: What `TokenCrossEntropy` does with it.
        subword_alpha: What `SentencePieceTokenizer.encode` does with it.
        scheduled_sampling: What `ScheduledSampling` does with it.

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
        scheduled_sampling: float = 0.0,
    ) -> None:
        Task.__init__(self, model)
        TranslationPredictor.__init__(self, model, source_tokenizer, target_tokenizer, columns)
        TranslationLearner.__init__(
            self,
            model,
            TokenizerPair(source_tokenizer, target_tokenizer),
            columns,
            max_length,
            label_smoothing,
            subword_alpha,
            scheduled_sampling,
        )

    @property
    def monitor(self) -> str:
        """BLEU of the translated dev sentences."""
        return "val_bleu"

    @classmethod
    def from_dataset(
        cls,
        dataset: Rows,
        *,
        source: str | None = None,
        target: str | None = None,
        tokenizer: Literal["sentencepiece", "words", "characters"] = "sentencepiece",
        vocab_size: int | None = None,
        joint_vocabulary: bool = False,
        max_length: int = 100,
        label_smoothing: float = 0.1,
        subword_alpha: float | None = None,
        scheduled_sampling: float = 0.0,
        seed: int = 0,
        **model_settings: Any,
    ) -> Self:
        """Makes a translator, with tokenizers trained on the data, and fresh weights.

        Args:
            dataset: Rows with a `translation` dictionary, or with a column for each side: a data
                set or a stream; of splits `train`. Of more than 250,000 rows, the tokenizers
                learn from 250,000.
            source: The side to translate from: a language or column name. May be left out where
                there are two, which are then taken in their order.
            target: The side to translate to.
            tokenizer: How text becomes tokens.
            vocab_size: Most token ids of each side, or of both together; fewer where the data don't
                hold as many. By default 4,000, or 8,000 from 100,000 rows on.
            joint_vocabulary: Whether both sides have one tokenizer, trained on both, and one matrix
                for the embeddings of both and the output layer.
            max_length: Longest sentence to learn from, in tokens; longer pairs are left out.
            label_smoothing: Share of the training target that is spread over the whole vocabulary.
            subword_alpha: In training, how SentencePiece's segmentations are drawn anew in each
                epoch: 0 makes all alike, 0.2 to 0.5 are usual, more is nearer to the best one.
                `None`: always the best one.
            scheduled_sampling: In training, share of the tokens that the decoder reads which are
                its own predictions at the end; it grows from 0. 0: teacher forcing.
            seed: Decides the fresh weights.
            **model_settings: Keyword arguments of `Seq2SeqModel`, such as `decoder` or `units`: by
                default 256, or 512 from 100,000 rows on.

        Returns:
            A translator to `fit`.

        Raises:
            ValueError: If the sides can't be found or a setting is out of range.
            TypeError: If a setting is unknown; the message lists the valid ones.
        """
        given = {"dataset", "source_vocab_size", "target_vocab_size"}
        check_names(model_settings, [cls.from_dataset, Seq2SeqModel], given)
        sample = sample_rows(training_data(dataset)[0])
        source, target, *_ = pair_texts(sample.select(range(min(1, len(sample)))), source, target)
        sides = (source, target)
        is_large = len(sample) >= LARGE
        model_settings = {"units": 512 if is_large else 256, **model_settings}
        if vocab_size is None:
            vocab_size = 8000 if is_large else 4000
        pair = pair_tokenizers(sample, sides, tokenizer, vocab_size, joint_vocabulary)
        set_seed(seed)
        model = Seq2SeqModel(
            source_vocab_size=pair.source.vocab_size,
            target_vocab_size=pair.target.vocab_size,
            joint_vocabulary=joint_vocabulary,
            **model_settings,
        )
        learning = (max_length, label_smoothing, subword_alpha)
        return cls(model, pair.source, pair.target, sides, *learning, scheduled_sampling)

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

    def evaluate(
        self, dataset: Rows, *, batch_tokens: int = 4096, seed: int = 0, **options: Any
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
        dataset = stored_rows(dataset)
        sources, targets = self._examples(dataset)
        batches = self.batches(dataset, batch_tokens=batch_tokens)
        found = self.predict(sources, batch_tokens=batch_tokens, seed=seed, **options)
        scores = corpus_scores(found, targets)
        return {**scores, "perplexity": self._perplexity(batches), "sentences": len(sources)}

    def describe(self) -> dict[str, Any]:
        """Sides, decoder and vocabulary sizes."""
        source, target = self.tokenizers
        sizes = {"source vocabulary": source.vocab_size, "target vocabulary": target.vocab_size}
        return {
            "from": self.columns[0],
            "to": self.columns[1],
            "decoder": self.model.decoder,
            "tokenizer": source.kind,
            **({"joint vocabulary": source.vocab_size} if self.tokenizers.is_joint else sizes),
        }

    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        sources, targets = self._examples(validation_data)

        def scores() -> dict[str, float]:
            found = corpus_scores(self.predict(sources), targets)
            return {"bleu": found["bleu"], "chrf": found["chrf"]}

        return scores

    def _extended(self, dataset: hf.Dataset, min_count: int) -> tuple[dict[str, Any], tuple]:
        pair = self.tokenizers.extended(*self._examples(sample_rows(dataset)), min_count)
        sizes = [tokenizer.vocab_size for tokenizer in pair]
        names = ("source_vocab_size", "target_vocab_size")
        learning = self._learning().values()
        return dict(zip(names, sizes, strict=True)), (*pair, self.columns, *learning)

    def _from_dataset_settings(self) -> dict[str, Any]:
        source, target = self.columns
        sides = {"source": source, "target": target, "tokenizer": self.source_tokenizer.kind}
        return {**self.model.get_config(), **sides}

    def _config(self) -> dict[str, Any]:
        return {
            "columns": list(self.columns),
            **self._learning(),
            "tokenizers": [tokenizer.kind for tokenizer in self.tokenizers],
        }

    def _save_tokenizers(self, folder: Path) -> None:
        self.tokenizers.save(folder)

    @classmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        return cls(
            Seq2SeqModel.from_config(config["model"]),
            *TokenizerPair.load(folder, config["tokenizers"]),
            tuple(config["columns"]),
            **{name: config[name] for name in LEARNING if name in config},
        )

    def _usage(self, name: str) -> str:
        load = f'translator = nlpseq.load("{name}")'
        return f'import nlpseq\n\n{load}\ntranslator.translate("A dog runs.")'
