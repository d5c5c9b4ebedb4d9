"""Pairs whose sentences are cut into other pieces in each epoch."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nlpseq.batching.id_rows import lengths_of
from nlpseq.batching.padding import Ids
from nlpseq.batching.pairs import PairBatches

# Room for what is drawn is measured on so many sentences; this share of the drawn ones shall fit.
MEASURED = 10_000
FITTING_SHARE = 0.9
DRAWS = 4

Draw = Callable[[int, np.ndarray, int], list[np.ndarray]]


class SampledPairBatches(PairBatches):
    """Batches for translation in which each epoch has other ids for the same sentences.

    A sentence stays in its length bucket, so that shapes and number of batches are the same in all
    epochs. The bucket has room: for nine of ten segmentations of its sentences, as measured once.
    A segmentation that does not fit is drawn again, and after four times the usual one is taken.

    What is drawn follows from `seed`, `epoch` and the batch, whatever was drawn before.

    Args:
        source: Source ids of each pair in the usual segmentation.
        target: Target ids of each pair in the usual segmentation.
        draw: Gives ids of some sentences, drawn anew: is given the side (0 is the source, 1 the
            target), the indices of the pairs, `(rows,)`, and a seed below 2**31.
        longest: Most tokens that a side may have.
        **kwargs: As for `PairBatches`.

    Attributes:
        num_tokens: Real target tokens of an epoch, on average.
        padding_share: The same of its share.

    Example:
        >>> def draw(side, rows, seed):  # one, two or three pieces
        ...     return [np.full(1 + (seed + row) % 3, 5) for row in rows]
        >>> ids = [np.array([5, 5])] * 4
        >>> batches = SampledPairBatches(ids, ids, draw, longest=3, batch_tokens=8, seed=1)
        >>> inputs, targets, weights = batches[0]
        >>> inputs["source"].shape
        (2, 4)

    Reference:
        Kudo (2018), https://arxiv.org/abs/1804.10959
    """

    def __init__(self, source: Ids, target: Ids, draw: Draw, longest: int, **kwargs: Any) -> None:
        usual = np.stack([lengths_of(side) for side in (source, target)], axis=1)
        rows = np.unique(np.linspace(0, len(source) - 1, MEASURED).astype(int))
        drawn = np.array([[len(ids) for ids in draw(side, rows, _seed(side))] for side in (0, 1)]).T
        # The pieces of words add up: a mean that grows with the length, a spread with its root.
        mean = drawn.sum(axis=0) / usual[rows].sum(axis=0)  # (sides,)
        spread = (drawn - mean * usual[rows]) / np.sqrt(usual[rows])
        room = mean * usual + np.quantile(spread, FITTING_SHARE, axis=0) * np.sqrt(usual)
        self._draw = draw
        self._room: np.ndarray = np.maximum(np.minimum(np.ceil(room).astype(int), longest), usual)
        super().__init__(source, target, **kwargs)
        expected = (usual * mean + 1).sum(axis=0)  # of each side, ends included
        self.num_tokens = round(expected[1])
        self.padding_share = 1 - expected.sum() / self.num_slots

    def _slots_needed(self) -> np.ndarray:
        slots: np.ndarray = self._room + 1
        return slots

    def _sentences(self, side: int, rows: np.ndarray, longest: int) -> list[Any]:
        sentences = list(super()._sentences(side, rows, longest))
        left = np.arange(len(rows))
        for attempt in range(DRAWS):
            # A batch is known by its first row: each example is in one batch of an epoch.
            seed = _seed(self.seed, self.epoch, side, int(rows[0]), attempt)
            drawn = self._draw(side, rows[left], seed)
            fits = np.array([len(ids) <= longest for ids in drawn])
            for place, ids in zip(left[fits], np.flatnonzero(fits), strict=True):
                sentences[place] = drawn[ids]
            left = left[~fits]
            if not left.size:
                break
        return sentences


def _seed(*numbers: int) -> int:
    """A seed for each sequence of numbers."""
    return int(np.random.SeedSequence(numbers).generate_state(1)[0] >> 1)
