"""A training that can be interrupted at any moment and taken up again, as if it had gone on."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import keras
import numpy as np

from nlpseq.batching.rest import RestOfEpoch
from nlpseq.batching.steps import AnyBatches, Steps
from nlpseq.training.callbacks import Logs, Stateful
from nlpseq.training.checkpoints import Checkpoint, CheckpointFile
from nlpseq.training.interrupt import Interrupt

logger = logging.getLogger(__name__)


class Checkpoints(keras.callbacks.Callback):
    """Writes the state of a training after each epoch, and every few minutes within one.

    It has to stand behind all other callbacks. Where there is a checkpoint, the training begins
    with its state: the variables of model and optimizer (dropout's seeds and moving averages are
    among them), the metrics of an epoch that is not over, and what callbacks remember.

    Args:
        file: The file.
        callbacks: All callbacks; those that are `Stateful` are kept too.
        metrics: The metrics that the model was compiled with.
        minutes: Minutes from one checkpoint to the next within an epoch; 0 means after each step.
        interrupt: Tells that Ctrl-C was pressed: then the state is written and training ends.
        batches: What is learnt from: of `Steps` the place in the data is kept too.

    Attributes:
        last: The last checkpoint, without its arrays once the training has begun.

    Raises:
        ValueError: If there is a checkpoint, and it is damaged or of another training.
    """

    def __init__(
        self,
        file: CheckpointFile,
        callbacks: Sequence[keras.callbacks.Callback],
        metrics: Sequence[keras.metrics.Metric],
        minutes: float,
        interrupt: Interrupt,
        batches: AnyBatches | Steps | None = None,
    ) -> None:
        super().__init__()
        self.file = file
        self.last = file.read()
        self._stateful = {type(c).__name__: c for c in callbacks if isinstance(c, Stateful)}
        self._own_metrics = metrics
        self._seconds = 60 * minutes
        self._interrupt = interrupt
        self._batches = batches
        self._begun = 0  # batches done when the epoch was taken up
        self._metric_values: list[np.ndarray] = []

    @property
    def position(self) -> tuple[int, int]:
        """Epochs that are done, and batches of the next."""
        return (self.last.epoch, self.last.batch) if self.last else (0, 0)

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._written = time.monotonic()
        if self.last is None:  # from now on, what else is in the folder is of this training
            self._write(Checkpoint(epoch=0))
        else:
            self._restore(self.last)

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._epoch = epoch
        # Not before: Keras has just set all metrics back.
        if self._metric_values:
            _assign(self._metric_variables(), self._metric_values)
            self._metric_values = []

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        left = self.params["steps"] - batch - 1
        due = time.monotonic() - self._written >= self._seconds
        if left >= 2 and (due or self._interrupt.requested):
            self._write(Checkpoint(self._epoch, self._begun + batch + 1))

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._begun = 0
        self._write(Checkpoint(epoch + 1, finished=bool(self.model.stop_training)))

    def _write(self, position: Checkpoint) -> None:
        if keras.backend.backend() == "jax":
            self.model.jax_state_sync()  # it keeps the variables elsewhere while it trains
        state = {
            "model": _values(self.model.variables),
            "optimizer": _values(self.model.optimizer.variables),
            "metrics": _values(self._metric_variables()) if position.batch else [],
            "callbacks": {name: c.get_state() for name, c in self._stateful.items()},
        }
        if isinstance(self._batches, Steps):
            state["data"] = self._batches.state_at(position.epoch, position.batch)
        self.file.write(replace(position, state=state))
        self.last = position
        self._written = time.monotonic()
        if self._interrupt.requested:
            logger.info("Interrupted: the state is in %s", self.file.path)
            raise KeyboardInterrupt

    def _restore(self, checkpoint: Checkpoint) -> None:
        state = checkpoint.state
        _assign(self.model.variables, state["model"])
        _assign(self.model.optimizer.variables, state["optimizer"])
        for name, callback in self._stateful.items():
            callback.set_state(state["callbacks"][name])
        self._metric_values = state["metrics"]
        self._begun = checkpoint.batch
        self.last = replace(checkpoint, state={})

    def _metric_variables(self) -> list[keras.Variable]:
        # By themselves and not by the model, which knows them only after its first step.
        trackers = [self.model.metrics[0], *self._own_metrics]
        return [variable for metric in trackers for variable in metric.variables]


def fit(
    model: keras.Model,
    batches: AnyBatches | Steps,
    epochs: int,
    callbacks: Sequence[keras.callbacks.Callback],
    file: CheckpointFile | None = None,
    minutes: float = 10.0,
    metrics: Sequence[keras.metrics.Metric] = (),
    validation_data: AnyBatches | None = None,
    verbose: str | int = "auto",
) -> Logs:
    """Keras' `fit`, which goes on from a checkpoint where there is one.

    What comes out is the same, bit for bit on a CPU, whether and wherever the training was
    interrupted. An epoch that was interrupted in its middle is brought to its end by a `fit` of its
    own; the second one goes on from there. So further callbacks see two trainings; they are
    not kept in the checkpoint, unless they are `Stateful`.

    Args:
        model: A compiled model.
        batches: What to learn from.
        epochs: Passes over the data in all.
        callbacks: Callbacks.
        file: Where to write checkpoints, and to go on from; `None` for none.
        minutes: As for `Checkpoints`.
        metrics: As for `Checkpoints`.
        validation_data: As in `keras.Model.fit`.
        verbose: As in `keras.Model.fit`.

    Returns:
        The logs of all epochs.

    Raises:
        ValueError: As for `Checkpoints`.
        KeyboardInterrupt: After Ctrl-C, when the checkpoint is written.
    """
    # Before the first step: TensorFlow traces a step that makes variables a second time.
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    logs = Logs()
    everything = [*callbacks, logs]
    settings = {"validation_data": validation_data, "shuffle": False}  # batches come shuffled
    if file is None:
        model.fit(batches, epochs=epochs, callbacks=everything, verbose=verbose, **settings)
        return logs
    with Interrupt() as interrupt:
        checkpoints = Checkpoints(file, everything, metrics, minutes, interrupt, batches)
        everything.append(checkpoints)
        epoch, batch = checkpoints.position
        if epoch or batch:
            place = (
                f"in epoch {epoch + 1}, after {batch} batches" if batch else f"after epoch {epoch}"
            )
            logger.info("Going on %s, from %s", place, file.path)
        if isinstance(batches, Steps) and checkpoints.last is not None:
            batches.set_state(checkpoints.last.state["data"])
        batches.epoch = epoch
        if batch:
            rest = RestOfEpoch(batches, batch)
            steps = {"epochs": epochs, "steps": len(rest), "verbose": verbose}
            listed = keras.callbacks.CallbackList(
                everything, add_progbar=verbose != 0, model=model, **steps
            )
            model.fit(rest, initial_epoch=epoch, epochs=epoch + 1, callbacks=listed, **settings)
            checkpoints.last = file.read()
            epoch += 1
            batches.epoch = epoch
        done = checkpoints.last is not None and checkpoints.last.finished
        model.fit(
            batches,
            initial_epoch=epochs if done else epoch,
            epochs=epochs,
            callbacks=everything,
            verbose=verbose,
            **settings,
        )
    return logs


def _values(variables: Sequence[keras.Variable]) -> list[np.ndarray]:
    return [keras.ops.convert_to_numpy(variable) for variable in variables]


def _assign(variables: Sequence[keras.Variable], values: Sequence[np.ndarray]) -> None:
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)
