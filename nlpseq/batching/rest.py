"""An epoch that begins in its middle."""

from typing import Any

import keras

from nlpseq.batching.steps import AnyBatches, Steps


class RestOfEpoch(keras.utils.PyDataset):
    """The batches of an epoch from some position on, for one epoch of `fit`.

    Before `fit` begins, which it tells by one call of `on_epoch_end`, this object shows the first
    batches of an epoch: Keras on TensorFlow takes from the first two which axes vary, and only
    those of a whole epoch are meant for that. So a step is traced as in a whole epoch, and
    computes the same. Then it goes on to the epoch, as `fit` of the batches themselves does.

    Args:
        batches: The batches, whose `epoch` is the one before that to go on with.
        start: Position of the first batch; at least two must be left.

    Raises:
        ValueError: If fewer are left.

    Example:
        >>> from nlpseq.batching.tagging import TaggingBatches
        >>> rest = RestOfEpoch(TaggingBatches([[5, 6], [7, 8], [9, 4]], batch_tokens=2), start=1)
        >>> rest.on_epoch_end()
        >>> [inputs["tokens"].tolist() for (inputs,) in rest]
        [[[7, 8]], [[9, 4]]]
    """

    def __init__(self, batches: AnyBatches | Steps, start: int) -> None:
        super().__init__()
        if not 0 <= start <= len(batches) - 2:
            raise ValueError(
                f"At least two of {len(batches)} batches must be left. Received: start={start}"
            )
        self.batches = batches
        self._start = start
        self._begun = False

    def on_epoch_end(self) -> None:
        """Goes on to the epoch when `fit` begins; Keras calls it, and again at the end."""
        if not self._begun:
            self._begun = True
            self.batches.on_epoch_end()

    def __len__(self) -> int:
        return len(self.batches) - self._start

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        return self.batches[index + (self._start if self._begun else 0)]
