"""What every batcher shares: buckets, few fixed shapes, order, filler rows."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import keras
import numpy as np
from numpy.typing import ArrayLike

from nlpseq.batching.buckets import assign, bucket_widths, distinct_lengths
from nlpseq.batching.budget import suitable_batch_tokens
from nlpseq.batching.ladder import sorted_batches

Result = TypeVar("Result")

# Widths that given shapes do not foresee are multiples of this, so that they are few.
LONGER_MULTIPLE = 32


class Batches(keras.utils.PyDataset, ABC):
    """Batches of examples of similar length, in a small fixed set of shapes.

    A subclass holds the examples, tells their lengths to this constructor and writes
    `collate`. `fit`, `evaluate` and any backend take the object as it is. What holds for
    all of them:

    - Every example is in exactly one batch of an epoch.
    - A batch comes from one length bucket (`nlpseq.batching.buckets`), and all batches of
      a bucket have one shape, so that nothing is compiled more often than there are
      buckets. `batch_tokens` bounds rows times widest side; the rows are chosen so that
      the batches of a bucket are equally full.
    - What is missing in the last batch of a bucket is filled up with rows of weight 0.
      A filler row repeats a real one: a row without any token would stop fused kernels.
    - Without `shuffle` the order is bucket by bucket, and within a bucket as given. With
      it, examples are permuted within their bucket, and then the batches; the order
      follows from `seed` and `epoch` alone.
    - The first two batches are one of the widest and one of the narrowest bucket: Keras
      on TensorFlow takes from them which axes vary. A lack of memory shows at once too.

    Call `fit(..., shuffle=False)`: by default Keras permutes the batches once more, with
    Python's global generator. `fit` calls `on_epoch_end` once before its first epoch, so
    training begins at `epoch + 1`; that is the same whenever a run is resumed with the
    number of epochs done. A callback may also set `epoch` when an epoch begins.

    Args:
        lengths: Final tokens of each example, begin and end tokens included, integers,
            `(examples,)`, or `(examples, sides)` for examples of several sequences. The
            target side is the last.
        batch_tokens: Slots of the widest side of a batch, padding included. A longer
            example is a batch of its own. `None`: what `suitable_batch_tokens` finds.
        num_buckets: The greatest number of buckets. Fewer are used where a further one
            would save less than one batch of padding.
        shuffle: Whether each epoch has another order.
        seed: Of the order, 0 or more.
        rows_multiple: The rows of each batch are a multiple of this. To share batches
            among several devices, the number of devices.
        sort: For prediction, of one sequence an example: the examples come in the order of their
            length, the longest first, in shapes from a fixed ladder (`nlpseq.batching.ladder`).
            Hardly a slot is padding, and other examples have the same shapes; but a batch does
            not mix lengths as training needs it, so `shuffle` and `num_buckets` mean nothing.
        shapes: Shapes to use, narrowest first, as another object found them: so the parts of a
            stream have the same ones. What is longer gets a bucket of its own.

    Attributes:
        batch_tokens: The budget, also where it was found.
        epoch: Number of the epoch whose order is given now, from 0; may be set.
        shapes: The distinct batch shapes, `(rows, width, ...)` with a width for each side.
        padding_share: Share of the slots that hold no token of an example, from 0 to 1,
            over all sides, filler rows included.
        num_tokens: Real target tokens of an epoch.
        num_slots: Slots of an epoch, over all sides, filler rows included.

    Raises:
        ValueError: If there is no example, an example has a length of 0, or a setting is
            below 1.

    Example:
        >>> class Lengths(Batches):
        ...     def collate(self, rows, widths, row_weights):
        ...         return (rows, widths, row_weights)
        >>> batches = Lengths([2, 9, 3, 2], batch_tokens=6, num_buckets=2)
        >>> batches.shapes
        [(2, 3), (1, 9)]
        >>> batches[2]
        (array([3, 3]), (3,), array([1., 0.], dtype=float32))
        >>> batches.indices(2)
        array([ 3, -1])
    """

    def __init__(
        self,
        lengths: ArrayLike,
        *,
        batch_tokens: int | None = 2048,
        num_buckets: int = 12,
        shuffle: bool = False,
        seed: int = 0,
        rows_multiple: int = 1,
        sort: bool = False,
        shapes: Sequence[Sequence[int]] | None = None,
    ) -> None:
        super().__init__()
        table = np.asarray(lengths, dtype=np.int32)  # four bytes a length: there may be millions
        if table.ndim == 1:
            table = table[:, None]  # (examples, sides)
        _check_not_empty(table)
        if batch_tokens is None:
            batch_tokens = suitable_batch_tokens(table)
        if min(batch_tokens, rows_multiple) < 1:
            raise ValueError(
                "`batch_tokens` and `rows_multiple` must be at least 1. "
                f"Received: batch_tokens={batch_tokens}, rows_multiple={rows_multiple}"
            )
        self.batch_tokens = batch_tokens
        self.shuffle = shuffle and not sort
        self.seed = seed
        self.num_tokens = int(table[:, -1].sum())
        self.shapes: list[tuple[int, ...]]
        self._sorted: list[tuple[int, np.ndarray]] = []
        if sort:
            self._sort(table, batch_tokens)
        else:
            self._fill_buckets(table, batch_tokens, num_buckets, rows_multiple, shapes)
        self.padding_share = 1 - int(table.sum()) / self.num_slots
        self.epoch = 0

    @abstractmethod
    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        """Makes one batch; a subclass writes it.

        Args:
            rows: Indices of the examples, `(batch,)`, repeated ones at filler rows.
            widths: Slots of a row, one number a side.
            row_weights: Float32, `(batch,)`: 1 at real rows, 0 at filler rows.

        Returns:
            `(inputs, targets, weights)` as Keras takes them, or `(inputs,)`.
        """

    @property
    def epoch(self) -> int:
        """Number of the epoch whose order is given now."""
        return self._epoch

    @epoch.setter
    def epoch(self, epoch: int) -> None:
        # Ordered here and not when first needed: a prefetching thread only ever reads.
        self._order = self._arrange(epoch)
        self._epoch = epoch

    def on_epoch_end(self) -> None:
        """Goes on to the order of the next epoch; Keras calls it."""
        self.epoch += 1

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        bucket, rows = self._order[index]
        real = rows >= 0
        filled = np.where(real, rows, rows[0]).astype(np.int64)  # the first is always real
        return self.collate(filled, self.shapes[bucket][1:], real.astype(np.float32))

    def indices(self, index: int) -> np.ndarray:
        """Tells which examples the rows of a batch are.

        Args:
            index: Position of the batch.

        Returns:
            Index of each row's example, `(batch,)`; -1 at filler rows.
        """
        return self._order[index][1].astype(np.int64)

    def in_input_order(self, results: Iterable[Iterable[Result]]) -> list[Result]:
        """Puts the results of all batches back into the order of the examples.

        Args:
            results: For each batch, in order, one result a row, filler rows included.

        Returns:
            One result an example.

        Raises:
            ValueError: If there are not as many results as batches, or rows in a batch.

        Example:
            >>> from nlpseq.batching.tagging import TaggingBatches
            >>> batches = TaggingBatches([[5, 6, 7, 8], [9], [4]], batch_tokens=4)
            >>> first_tokens = [inputs["tokens"][:, 0].tolist() for (inputs,) in batches]
            >>> batches.in_input_order(first_tokens)
            [5, 9, 4]
        """
        by_example = {
            int(row): result
            for (_, rows), batch in zip(self._order, results, strict=True)
            for row, result in zip(rows, batch, strict=True)
        }
        return [by_example[row] for row in range(len(by_example) - (-1 in by_example))]

    def _sort(self, table: np.ndarray, batch_tokens: int) -> None:
        if table.shape[1] > 1:
            raise ValueError(f"`sort` needs one sequence an example. Received: {table.shape[1]}")
        found = sorted_batches(table[:, 0], batch_tokens)
        self.shapes = sorted({(len(rows), width) for width, rows in found}, key=lambda s: s[1])
        self._sorted = [(self.shapes.index((len(rows), width)), rows) for width, rows in found]
        self.num_slots = sum(width * len(rows) for width, rows in found)

    def _fill_buckets(
        self,
        table: np.ndarray,
        batch_tokens: int,
        num_buckets: int,
        rows_multiple: int,
        shapes: Sequence[Sequence[int]] | None,
    ) -> None:
        rows, row_of, counts = distinct_lengths(table)
        if shapes is None:
            cost = batch_tokens * table.shape[1]
            widths = bucket_widths(rows, num_buckets, bucket_cost=cost, counts=counts)
        else:
            widths = _wide_enough(np.array([widths for _, *widths in shapes]), rows)
        bucket_of = assign(rows, widths)[row_of]
        self._members = [
            np.flatnonzero(bucket_of == bucket).astype(np.int32) for bucket in range(len(widths))
        ]
        self.shapes = [
            (_rows(len(rows), batch_tokens // int(max(sides)), rows_multiple), *sides.tolist())
            for rows, sides in zip(self._members, widths, strict=True)
        ]
        self.shapes[: len(shapes or ())] = map(tuple, shapes or ())
        self.num_slots = sum(
            -(-len(rows) // height) * height * sum(sides)
            for rows, (height, *sides) in zip(self._members, self.shapes, strict=True)
        )

    def _arrange(self, epoch: int) -> list[tuple[int, np.ndarray]]:
        """The batches of an epoch in order: a bucket and the indices of the rows, or -1."""
        if self._sorted:
            return _extremes_first(self._sorted)
        rng = np.random.default_rng([self.seed, epoch])
        batches: list[tuple[int, np.ndarray]] = []
        for bucket, (height, *_) in enumerate(self.shapes):
            members = self._members[bucket]
            if self.shuffle:
                members = rng.permutation(members)
            filler = np.full(-len(members) % height, -1, np.int32)
            full = np.concatenate([members, filler]).reshape(-1, height)
            batches += [(bucket, rows) for rows in full]
        order = rng.permutation(len(batches)) if self.shuffle else np.arange(len(batches))
        return _extremes_first([batches[i] for i in order])


def _check_not_empty(table: np.ndarray) -> None:
    if not len(table):
        raise ValueError("Batches need at least one example. Received: none")
    empty = np.flatnonzero((table < 1).any(axis=1))
    if empty.size:
        raise ValueError(
            "Every example must have at least one token: leave empty ones out. "
            f"Received: no token in example {empty[0]}"
        )


def _wide_enough(widths: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Widths of buckets, with one more where there are lengths that fit into none."""
    if (lengths <= widths[-1]).all():
        return widths
    longest = np.maximum(lengths.max(axis=0), widths[-1])
    return np.vstack([widths, -(-longest // LONGER_MULTIPLE) * LONGER_MULTIPLE])


def _rows(count: int, limit: int, multiple: int) -> int:
    """Rows of a batch for which the batches of a bucket are as few and as full as can be."""
    limit = max(limit - limit % multiple, multiple)
    num_batches = max(-(-count // limit), 1)
    rows = max(-(-count // num_batches), 1)
    return rows + -rows % multiple


def _extremes_first(batches: Sequence[tuple[int, np.ndarray]]) -> list[tuple[int, np.ndarray]]:
    """Puts the first batch of the widest and of the narrowest bucket in front."""
    buckets = [bucket for bucket, _ in batches]
    front = dict.fromkeys([buckets.index(max(buckets)), buckets.index(min(buckets))])
    return [batches[i] for i in front] + [b for i, b in enumerate(batches) if i not in front]
