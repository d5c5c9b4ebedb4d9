"""Callbacks that Keras lacks: dev scores, tokens a second, averaged weights that stay."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import keras


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
    """Adds `tokens_per_second` of training, without validation, to each epoch's logs.

    Args:
        num_tokens: Real target tokens of an epoch: padding does not count.

    Attributes:
        seconds: Training time of each epoch.
    """

    def __init__(self, num_tokens: int) -> None:
        super().__init__()
        self.num_tokens = num_tokens
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._start = self._last = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self._last = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.seconds.append(self._last - self._start)
        if logs is not None and self.seconds[-1] > 0:
            logs["tokens_per_second"] = round(self.num_tokens / self.seconds[-1])


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

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        self.model.set_weights(self._average)
