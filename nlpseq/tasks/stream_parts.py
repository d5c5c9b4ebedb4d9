"""The parts in which a stream is learnt from."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Protocol

import datasets as hf

from nlpseq.batching.steps import AnyBatches, State

# Rows that are in memory together: they are shuffled, and put into length buckets.
ROWS_AT_ONCE = 100_000


class MakeBatches(Protocol):
    """Makes batches of rows, in given shapes where there are some."""

    def __call__(self, dataset: hf.Dataset, *, shapes: Any) -> AnyBatches:
        """Makes them."""
        ...


class StreamParts:
    """The rows of a stream, some at a time, as batches: again and again, in memory.

    `Steps` takes them. The state of a part is the place in the stream where its rows begin, so that
    a training that is taken up again reads and shuffles the same rows. A stream with a shuffle
    buffer of its own (`IterableDataset.shuffle`) fills it anew then, and gives others.

    Args:
        stream: The rows. With each pass its `set_epoch` is called, for those that shuffle.
        make: Makes batches of some rows.
        rows: How many rows at a time.

    Example:
        >>> from nlpseq.batching.tagging import TaggingBatches
        >>> stream = hf.Dataset.from_dict({"n": [[5], [6], [7]]}).to_iterable_dataset()
        >>> make = lambda rows, shapes: TaggingBatches(rows["n"][:], shapes=shapes)
        >>> parts = StreamParts(stream, make, rows=2)(None)
        >>> for _ in range(3):
        ...     state, batches = next(parts)
        ...     print(state["number"], state["pass"], len(batches), batches.shapes)
        1 0 1 [(2, 1)]
        2 0 1 [(2, 1)]
        3 1 1 [(2, 1)]
    """

    def __init__(
        self, stream: hf.IterableDataset, make: MakeBatches, rows: int = ROWS_AT_ONCE
    ) -> None:
        self.stream = stream
        self.make = make
        self.rows = rows

    def __call__(self, state: State | None) -> Iterator[tuple[State, AnyBatches]]:
        """Gives the parts.

        Args:
            state: Of the part to begin with; `None` for the first one.

        Yields:
            The state of each part and its batches.

        Raises:
            ValueError: If the stream has no row.
        """
        number, shapes, place = 1, None, None
        if state is not None:
            number, shapes, place = state["number"], state["shapes"], state["place"]
        for epoch in count(state["pass"] if state else 0):
            stream = self.stream.with_format("arrow")
            stream.set_epoch(epoch)
            if place is not None:
                stream.load_state_dict(place)
            before = number
            place = stream.state_dict()
            for table in stream.iter(self.rows):
                dataset = hf.Dataset(hf.table.InMemoryTable(table), info=self.stream.info)
                batches = self.make(dataset, shapes=shapes)
                batches.epoch = number
                shapes = shapes or batches.shapes
                yield {"number": number, "pass": epoch, "shapes": shapes, "place": place}, batches
                place = stream.state_dict()
                number += 1
            if number == before:
                raise ValueError("The stream has no row")
            place = None
