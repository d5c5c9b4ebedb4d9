"""How a translator learns from pairs: its settings for that, batches, loss."""

from typing import Any

import datasets as hf
import keras

from nlpseq.batching.pairs import PairBatches
from nlpseq.batching.steps import Steps
from nlpseq.datasets.row_source import Rows, stored_rows
from nlpseq.datasets.sides import pair_texts
from nlpseq.losses import TokenCrossEntropy, check_label_smoothing
from nlpseq.metrics.accuracy import TokenAccuracy
from nlpseq.metrics.perplexity import Perplexity
from nlpseq.models.ensemble import EnsembleModel
from nlpseq.models.scheduled_sampling import ScheduledSampling, check_share
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.tasks.pair_batching import check_subword_alpha, pair_batches
from nlpseq.text.tokenizer_pair import TokenizerPair

# Settings that say how it learns, and are saved with it.
LEARNING = ("max_length", "label_smoothing", "subword_alpha", "scheduled_sampling")


class TranslationLearner:
    """What `fit` needs of a `Translator`: batches, what is trained, and the loss.

    Args:
        model: The `Seq2SeqModel`, or an `EnsembleModel`, which can't learn.
        tokenizers: Text and ids of both sides.
        columns: Names of the source and target sides.
        max_length: As in `Translator.from_dataset`, like all that follow.
        label_smoothing: What `TokenCrossEntropy` does with it.
        subword_alpha: What `pair_batches` does with it.
        scheduled_sampling: What `ScheduledSampling` does with it.

    Raises:
        ValueError: If a setting is out of range or does not fit the model or the tokenizers.
    """

    def __init__(
        self,
        model: Seq2SeqModel | EnsembleModel,
        tokenizers: TokenizerPair,
        columns: tuple[str, str],
        max_length: int,
        label_smoothing: float,
        subword_alpha: float | None,
        scheduled_sampling: float,
    ) -> None:
        if max_length < 1:
            raise ValueError(f"`max_length` must be at least 1. Received: max_length={max_length}")
        check_label_smoothing(label_smoothing)
        check_subword_alpha(subword_alpha, tokenizers)
        check_share(scheduled_sampling, model.decoder_layer)
        self.model = model
        self.tokenizers = tokenizers
        self.columns = columns
        self.max_length = max_length
        self.label_smoothing = label_smoothing
        self.subword_alpha = subword_alpha
        self.scheduled_sampling = scheduled_sampling

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
        return self._batches(dataset, batch_tokens=batch_tokens, shuffle=shuffle, seed=seed)

    def _training_batches(self, dataset: hf.Dataset, **batching: Any) -> PairBatches:
        return self._batches(dataset, alpha=self.subword_alpha, **batching)

    def _batches(self, dataset: hf.Dataset, **batching: Any) -> PairBatches:
        longest = min(self.max_length, (self.model.decoder_layer.max_length or 1 << 30) - 1)
        return pair_batches(dataset, self.columns, self.tokenizers, longest, **batching)

    def _examples(self, dataset: Rows) -> tuple[list[str], list[str]]:
        _, _, sources, targets = pair_texts(stored_rows(dataset), *self.columns)
        return sources, targets

    def _training_model(self, batches: PairBatches | Steps, epochs: int) -> keras.Model:
        if not self.scheduled_sampling:
            return self.model
        return ScheduledSampling(self.model, self.scheduled_sampling, epochs * len(batches))

    def _objective(self) -> dict[str, Any]:
        metrics = [TokenAccuracy(), Perplexity()]
        return {"loss": TokenCrossEntropy(self.label_smoothing), "weighted_metrics": metrics}

    def _learning(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in LEARNING}
