"""Epochs of so many batches, whatever the data are: a stream, or many passes over the same rows."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import keras

from nlpseq.batching.batches import Batches
from nlpseq.batching.continuous import ContinuousBatches

AnyBatches = Batches | ContinuousBatches
State = dict[str, Any]  # JSON values
Parts = Callable[[State | None], Iterator[tuple[State, AnyBatches]]]

# Parts of which the place is remembered: training is never further behind what was made for it.
_REMEMBERED = 64


class Steps(keras.utils.PyDataset):
    """Batches without end, so many of them to an epoch.

    They come part by part. A part is a `Batches`: the rows of a stream that are in memory
    together, in length buckets and shuffled; or a whole pass over rows that any batch may be of.
    An epoch ends where it ends, and the next one goes on there.

    As with `Batches`, `fit` calls `on_epoch_end` once before its first epoch, so training begins at
    `epoch + 1`; until then the first two batches are one of the widest and one of the narrowest
    shape. Batches have to be taken in order.

    Args:
        parts: Gives the parts one after the other, each with a state, from which the same function
            gives that part and those behind it again; from `None` the first one. All parts
            have the shapes of the first.
        steps: Batches of an epoch, at least 2.

    Attributes:
        epoch: Number of the epoch whose batches are given now; may be set to that of the state.
        shapes: As of `Batches`, of the first part.
        num_tokens: Real target tokens of an epoch, by the first part.
        padding_share: As of `Batches`, of the first part.
        batch_tokens: As of `Batches`, of the first part.

    Raises:
        ValueError: If `steps` is below 2.

    Example:
        >>> from nlpseq.batching.tagging import TaggingBatches
        >>> batches = Steps(passes(TaggingBatches([[5], [6], [7]], batch_tokens=1)), steps=2)
        >>> for _ in range(3):
        ...     batches.on_epoch_end()
        ...     print([inputs["tokens"].tolist() for (inputs,) in batches])
        [[[5]], [[6]]]
        [[[7]], [[5]]]
        [[[6]], [[7]]]
    """

    def __init__(self, parts: Parts, steps: int) -> None:
        super().__init__()
        if steps < 2:
            raise ValueError(f"`steps_per_epoch` must be at least 2. Received: {steps}")
        self._parts = parts
        self._steps = steps
        self.set_state(None)
        self.shapes = self._part.shapes
        self.padding_share = self._part.padding_share
        self.batch_tokens = self._part.batch_tokens
        self.num_tokens = round(steps * self._part.num_tokens / len(self._part))

    def set_state(self, state: State | None) -> None:
        """Goes to some place in the data.

        Args:
            state: What `state_at` gave, or `None` for the beginning. `epoch` is to be set next.
        """
        self._coming = self._parts(state and state["part"])
        self._begins: deque[tuple[int, State]] = deque(maxlen=_REMEMBERED)
        self._part: AnyBatches
        self._take_part(state["first"] if state else 0)
        self.epoch = 0

    def state_at(self, epoch: int, batch: int) -> State:
        """Tells how to come back to a place that was reached.

        Args:
            epoch: Epochs that are done.
            batch: Batches of the next one that are done.

        Returns:
            JSON values for `set_state`.
        """
        number = epoch * self._steps + batch
        first, part = next(begin for begin in reversed(self._begins) if begin[0] <= number)
        return {"first": first, "part": part}

    @property
    def epoch(self) -> int:
        """Number of the epoch whose batches are given now."""
        return self._epoch

    @epoch.setter
    def epoch(self, epoch: int) -> None:
        self._epoch = epoch
        self._begun = False

    def on_epoch_end(self) -> None:
        """Goes on to the next epoch; Keras calls it."""
        self.epoch += 1
        self._begun = True

    def __len__(self) -> int:
        return self._steps

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        if not self._begun:
            return self._part[index % len(self._part)]
        number = (self._epoch - 1) * self._steps + index
        while number >= self._first + len(self._part):
            self._take_part(self._first + len(self._part))
        return self._part[number - self._first]

    def _take_part(self, first: int) -> None:
        state, self._part = next(self._coming)
        self._first = first
        self._begins.append((first, state))


def passes(batches: AnyBatches) -> Parts:
    """Makes the parts of `Steps` of batches that are there: pass after pass, each in its order.

    Args:
        batches: The batches.

    Returns:
        The parts.
    """

    def parts(state: State | None) -> Iterator[tuple[State, AnyBatches]]:
        for number in count(state["pass"] if state else 1):
            batches.epoch = number
            yield {"pass": number}, batches

    return parts
