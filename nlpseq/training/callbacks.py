"""Callbacks that Keras lacks: dev scores, tokens a second, averaged weights that stay.

Those with a memory can tell it and take it up again: they are `Stateful`.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

import keras

State = dict[str, Any]


@runtime_checkable
class Stateful(Protocol):
    """A callback whose memory is part of a checkpoint: JSON values and arrays."""

    def get_state(self) -> State:
        """What has to be known to go on as if nothing had happened."""
        ...

    def set_state(self, state: State) -> None:
        """Takes up what `get_state` gave; the model has its variables of then again."""
        ...


class DevScore(keras.callbacks.Callback):
    """Scores the dev set after each epoch, by any function, and adds the result to the logs.

    It has to stand before callbacks that read its scores, such as `EarlyStopping`.

    Args:
        score: Function that returns scores by name; they go into the logs as `val_` and the name.

    Example:
        >>> callback = DevScore(lambda: {"bleu": 12.5})
        >>> logs = {"loss": 2.0}
        >>> callback.on_epoch_end(0, logs)
        >>> logs
        {'loss': 2.0, 'val_bleu': 12.5}
    """

    def __init__(self, score: Callable[[], Mapping[str, float]]) -> None:
        super().__init__()
        self.score = score

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if logs is not None:
            logs.update({f"val_{name}": value for name, value in self.score().items()})


class Throughput(keras.callbacks.Callback):
    """Adds `tokens_per_second` of training, without validation, to the logs.

    Those of an epoch have the rate of the epoch; those of a batch, which the progress bar shows,
    that of the batches before it in the epoch, as if all had as many tokens.

    Args:
        num_tokens: Real target tokens of an epoch: padding does not count.
        num_batches: Batches of an epoch; `None` leaves the logs of batches as they are.

    Attributes:
        seconds: Training time of each epoch.
        total: Seconds since the training began, with all that is between the epochs.
    """

    def __init__(self, num_tokens: int, num_batches: int | None = None) -> None:
        super().__init__()
        self.num_tokens = num_tokens
        self.num_batches = num_batches
        self.seconds: list[float] = []
        self._elapsed = 0.0  # of an epoch that is taken up in its middle
        self._start = self._last = self._began = time.perf_counter()

    @property
    def total(self) -> float:
        """Seconds since the training began."""
        return time.perf_counter() - self._began

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._taken_up = time.perf_counter()
        self._start = self._last = self._taken_up - self._elapsed
        self._elapsed = 0.0

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self._last = time.perf_counter()
        if self.num_batches and logs is not None:
            tokens = (batch + 1) * self.num_tokens / self.num_batches
            logs["tokens_per_second"] = round(tokens / max(self._last - self._taken_up, 1e-9))

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.seconds.append(self._last - self._start)
        if logs is not None and self.seconds[-1] > 0:
            logs["tokens_per_second"] = round(self.num_tokens / self.seconds[-1])
        self._start = self._last

    def get_state(self) -> State:
        elapsed = self._last - self._start
        return {"seconds": self.seconds, "elapsed": elapsed, "total": self.total}

    def set_state(self, state: State) -> None:
        self.seconds = list(state["seconds"])
        self._elapsed = state["elapsed"]
        self._began = time.perf_counter() - state["total"]


class AveragedWeights(keras.callbacks.SwapEMAWeights):
    """Gives the model the moving average of its weights at the end of each epoch, and of training.

    Training itself goes on with the weights as they are. Keras' own callback, which this one is
    made of, loses the average where another callback stops the training.

    It has to stand before callbacks that score or keep the weights; the optimizer needs
    `use_ema=True`.

    Example:
        >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        >>> model.compile(keras.optimizers.Adam(use_ema=True, ema_momentum=0.9), loss="mse")
        >>> x = keras.ops.ones((4, 1))
        >>> _ = model.fit(x, x, epochs=3, callbacks=[AveragedWeights()], verbose=0)
    """

    def __init__(self) -> None:
        super().__init__(swap_on_epoch=True)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        super().on_epoch_end(epoch, logs)
        self._average = self.model.get_weights()

    def get_state(self) -> State:
        return {"average_in_model": self._ema_weights_in_model}

    def set_state(self, state: State) -> None:
        self._ema_weights_in_model = state["average_in_model"]
        self._average = self.model.get_weights()  # what it is where an epoch has ended

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        self.model.set_weights(self._average)


class BestEpoch(keras.callbacks.EarlyStopping):
    """Keeps the weights of the epoch with the best score, and stops when none gets better.

    Args:
        monitor: Name of the score in the logs; higher is better.
        patience: Epochs without a better score after which training stops.

    Example:
        >>> BestEpoch("val_bleu", patience=5).monitor
        'val_bleu'
    """

    def __init__(self, monitor: str, patience: int) -> None:
        super().__init__(monitor, mode="max", patience=patience, restore_best_weights=True)

    def get_state(self) -> State:
        return _attributes(self, "best", "best_epoch", "best_weights", "stopped_epoch", "wait")

    def set_state(self, state: State) -> None:
        _set_attributes(self, state)


class LowerOnPlateau(keras.callbacks.ReduceLROnPlateau):
    """Halves the learning rate when a score does not get better.

    Args:
        monitor: Name of the score in the logs; higher is better.
        patience: Epochs without a better score after which the rate is halved.

    Example:
        >>> LowerOnPlateau("val_bleu", patience=3).factor
        0.5
    """

    def __init__(self, monitor: str, patience: int) -> None:
        super().__init__(monitor, mode="max", factor=0.5, patience=patience, min_delta=0.0)

    def get_state(self) -> State:
        return _attributes(self, "best", "cooldown_counter", "wait")

    def set_state(self, state: State) -> None:
        _set_attributes(self, state)


class Logs(keras.callbacks.History):
    """Keras' history: the logs of each epoch."""

    def get_state(self) -> State:
        return {"epoch": self.epoch, "history": self.history}

    def set_state(self, state: State) -> None:
        self.epoch, self.history = state["epoch"], state["history"]


def _attributes(callback: keras.callbacks.Callback, *names: str) -> State:
    return {name: getattr(callback, name) for name in names}


def _set_attributes(callback: keras.callbacks.Callback, state: State) -> None:
    for name, value in state.items():
        setattr(callback, name, value)
