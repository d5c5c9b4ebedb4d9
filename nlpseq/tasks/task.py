"""What all tasks share: training and a summary."""

import os
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Self

import datasets as hf
import keras

from nlpseq.batching.steps import AnyBatches, Steps, passes
from nlpseq.datasets.any_data import training_data
from nlpseq.datasets.fingerprint import fingerprint
from nlpseq.datasets.row_source import Rows, sample_rows, stored_rows
from nlpseq.models.growth import grow
from nlpseq.tasks.fitting import check_fitting
from nlpseq.tasks.identity import training_identity
from nlpseq.tasks.released_pages import ReleasedPages
from nlpseq.tasks.saved_task import SavedTask
from nlpseq.tasks.stream_parts import StreamParts
from nlpseq.training.callbacks import (
    AveragedWeights,
    BestEpoch,
    DevScore,
    LowerOnPlateau,
    Throughput,
)
from nlpseq.training.checkpoints import CheckpointFile
from nlpseq.training.freed_memory import keep_freed_memory
from nlpseq.training.kept_epochs import KeptEpochs
from nlpseq.training.memory import check_memory
from nlpseq.training.optimizer import Schedule, make_optimizer, usual_average
from nlpseq.training.record import environment, seed_dropout, set_seed
from nlpseq.training.resume import fit


class Task(SavedTask):
    """Strings in, strings out: a model of ids with its tokenizers and settings.

    Attributes:
        model: The `keras.Model` of ids: `summary()`, `fit` on arrays, callbacks, `export`.
        training: How the model came about: data sizes, settings, scores by epoch, versions.
            Empty before `fit`.
    """

    @property
    @abstractmethod
    def monitor(self) -> str:
        """Name in the logs of the dev score that picks the best epoch; higher is better."""

    @classmethod
    @abstractmethod
    def from_dataset(cls, dataset: Rows, **settings: Any) -> Self:
        """Makes a task for a data set: tokenizers and sizes from the data, fresh weights."""

    @abstractmethod
    def batches(
        self, dataset: hf.Dataset, *, batch_tokens: int, shuffle: bool = False, seed: int = 0
    ) -> AnyBatches:
        """Turns examples into padded batches of ids to learn from."""

    @abstractmethod
    def evaluate(self, dataset: Rows, *, batch_tokens: int = 4096) -> dict[str, Any]:
        """Scores predictions against the right answers."""

    def fit(
        self,
        dataset: Rows,
        validation_data: Rows | None = None,
        *,
        epochs: int = 20,
        steps_per_epoch: int | None = None,
        learning_rate: float = 0.002,
        batch_tokens: int | None = None,
        patience: int = 5,
        clip_norm: float = 1.0,
        ema: float | None = None,
        schedule: Schedule = "cosine",
        gradient_accumulation_steps: int = 1,
        seed: int = 0,
        checkpoints: str | os.PathLike[str] | None = None,
        checkpoint_minutes: float = 10.0,
        keep_last: int = 0,
        keep_best: int = 0,
        callbacks: Sequence[keras.callbacks.Callback] = (),
        verbose: str | int = "auto",
    ) -> keras.callbacks.History:
        """Trains the model; with `validation_data` the weights of the best epoch are kept.

        Adam, with gradients clipped by their global norm, and a learning rate that rises over the
        first twentieth of all steps and then falls (`nlpseq.training.optimizer.WarmupSchedule`).

        Args:
            dataset: Examples to learn from: a data set, a stream or rows in memory (see
                `as_dataset`). Of splits it is `train`, and `validation` the `validation_data`. Ids
                of 10,000 rows or more are kept in the cache (`nlpseq.datasets.cache`).
            validation_data: Examples to pick the best epoch by, and to stop early.
            epochs: Passes over the data at most.
            steps_per_epoch: Batches after which an epoch ends, in place of a pass over the data;
                the next epoch goes on behind them. A stream for which it is given is not written to
                the disk: batches are made of 100,000 rows at a time, and it may have no end.
            learning_rate: The highest learning rate.
            batch_tokens: Slots of a batch on its widest side, padding included. By default a
                300th of the tokens (of a stream, of its first rows), but from 256 to 1024.
            patience: Epochs without a better dev score after which training stops.
            clip_norm: Norm to which the gradients are scaled down where it is larger.
            ema: Share of the old value in a moving average of the weights, in `[0, 1)`, which is
                scored and kept. 0 means none. By default 0.98, below 500 batches less.
            schedule: How the learning rate falls: `"cosine"`, half a cosine down to 0 at the end;
                `"inverse_sqrt"`; `"constant"`; or `"plateau"`: no warm-up, and half the rate
                after each `(patience + 1) // 2` epochs without a better dev score.
            gradient_accumulation_steps: Batches whose gradients are averaged before the weights
                change: a batch of as many times `batch_tokens`, in the memory of one. Schedule
                and `ema` go on counting batches; those left at the end of the training, too few
                for a change, are not learnt from.
            seed: Decides the order of the data and what dropout drops.
            checkpoints: Folder for the state of the training, written after each epoch and every
                `checkpoint_minutes` within one. Where it holds the state of this very training,
                interrupted or at its end, the training goes on from there, and ends as if it
                had never stopped.
            checkpoint_minutes: Minutes from one checkpoint to the next within an epoch.
            keep_last: How many of the last epochs are kept as saved models, to be averaged
                (`nlpseq.average`): folders `epoch-001` and so on in `checkpoints`.
            keep_best: How many of the epochs with the best dev scores are kept there.
            callbacks: Further Keras callbacks, which see dev scores. No checkpoint has their state.
            verbose: As in `keras.Model.fit`.

        Returns:
            Keras' history: the logs of each epoch.

        Raises:
            ValueError: If a setting is out of range, the data do not fit the task, a batch
                needs more memory than there is, or `checkpoints` holds the state of another
                training or a damaged one.
            FileExistsError: If epochs are to be kept, and those of an earlier training are there.
        """
        dataset, validation_data = training_data(dataset, validation_data)
        settings = {
            "epochs": epochs,
            **({} if steps_per_epoch is None else {"steps_per_epoch": steps_per_epoch}),
            "learning_rate": learning_rate,
            "batch_tokens": batch_tokens,
            "patience": patience,
            "clip_norm": clip_norm,
            "ema": ema,
            "schedule": schedule,
            "gradient_accumulation_steps": gradient_accumulation_steps,
            "seed": seed,
        }
        keeping = {"keep_last": keep_last, "keep_best": keep_best}
        has_dev = validation_data is not None
        check_fitting(settings, keeping, checkpoints, checkpoint_minutes, has_dev)
        set_seed(seed)
        batching = {"batch_tokens": batch_tokens, "seed": seed, "shuffle": True}
        batches: AnyBatches | Steps
        if isinstance(dataset, hf.IterableDataset) and steps_per_epoch is not None:
            parts = StreamParts(dataset, partial(self._training_batches, **batching, cached=False))
            batches = Steps(parts, steps_per_epoch)
            data = f"a stream, begins with {fingerprint(sample_rows(dataset, limit=1000))}"
        else:
            dataset = stored_rows(dataset)
            batches = self._training_batches(dataset, **batching)
            if steps_per_epoch is not None:
                batches = Steps(passes(batches), steps_per_epoch)
            data = fingerprint(dataset) if checkpoints is not None else ""
        total_steps = epochs * len(batches)
        ema = usual_average(total_steps) if ema is None else ema
        settings |= {"batch_tokens": batches.batch_tokens, "ema": ema}
        model = self._training_model(batches, epochs)
        seed_dropout(model, seed)
        check_memory(batches.shapes, self.model.output_dim)
        throughput = Throughput(batches.num_tokens, len(batches))
        own: list[keras.callbacks.Callback] = [throughput, ReleasedPages()]
        if ema:
            own.append(AveragedWeights())
        validation = None
        if validation_data is not None:
            validation_data = stored_rows(validation_data)
            validation = self.batches(validation_data, batch_tokens=batches.batch_tokens)
            check_memory(validation.shapes, self.model.output_dim)
            own.append(DevScore(self._dev_scores(validation_data)))
            own.append(BestEpoch(self.monitor, patience))
        if schedule == "plateau":
            own.append(LowerOnPlateau(self.monitor, (patience + 1) // 2))
        file = None
        if checkpoints is not None:
            identity = training_identity(self, settings, data, validation_data)
            file = CheckpointFile(checkpoints, identity)
            if keep_last or keep_best:

                def save(folder: Path, epoch: int, logs: dict[str, Any]) -> None:
                    self.training = {"settings": settings, "best": {"epoch": epoch, **logs}}
                    self.save_pretrained(folder, overwrite=True)

                own.append(KeptEpochs(checkpoints, save, keep_last, keep_best, self.monitor))
        optimizer = make_optimizer(
            learning_rate, total_steps, clip_norm, ema, schedule, gradient_accumulation_steps
        )
        objective = self._objective()
        model.compile(optimizer, **objective)
        keep_freed_memory()
        history = fit(
            model,
            batches,
            epochs,
            [*own, *callbacks],
            file,
            checkpoint_minutes,
            metrics=objective.get("weighted_metrics", ()),
            validation_data=validation,
            verbose=verbose,
        )
        self.training = {
            "sentences": len(dataset) if isinstance(dataset, hf.Dataset) else None,
            "target_tokens": batches.num_tokens,
            "padding_share": round(batches.padding_share, 4),
            "batch_shapes": [list(shape) for shape in batches.shapes],
            "parameters": self.model.count_params(),
            "settings": settings,
            "seconds": round(throughput.total, 1),
            "tokens_per_second": round(batches.num_tokens / median(throughput.seconds)),
            "best": self._best_epoch(history),
            "history": {
                name: [float(v) for v in values] for name, values in history.history.items()
            },
            "environment": environment(),
        }
        return history

    def extended(
        self, dataset: hf.Dataset, *, min_count: int = 2, seed: int = 0, **model_settings: Any
    ) -> Self:
        """Makes a task like this one that also knows the new words and labels of a data set.

        All weights are as they are here; the vectors of new words and the outputs of new labels
        are fresh. SentencePiece vocabularies stay as they are: their pieces spell any word.

        Args:
            dataset: Examples to learn from next, with the columns the task was made for.
            min_count: New words that are rarer stay unknown.
            seed: Decides the fresh weights.
            **model_settings: Keyword arguments of the model to change that only say how it learns,
                such as `dropout`.

        Returns:
            A task to `fit`; this one stays as it is.

        Raises:
            ValueError: If the columns can't be found.
        """
        sizes, parts = self._extended(dataset, min_count)
        set_seed(seed)
        return type(self)(grow(self.model, **sizes, **model_settings), *parts)

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """What the task is for, in a few names and values."""

    def summary(self) -> None:
        """Prints the layers, output shapes and parameters of the model."""
        self.model.summary()

    def _best_epoch(self, history: keras.callbacks.History) -> dict[str, Any]:
        """The logs of the epoch whose weights the model has now."""
        logs = history.history
        scores = logs.get(self.monitor)
        epoch = max(range(len(scores)), key=scores.__getitem__) if scores else len(logs["loss"]) - 1
        return {"epoch": epoch + 1, **{k: float(v[epoch]) for k, v in logs.items() if v}}

    def _training_batches(self, dataset: hf.Dataset, **batching: Any) -> AnyBatches:
        return self._batches(dataset, **batching)

    @abstractmethod
    def _batches(self, dataset: hf.Dataset, *, cached: bool = True, **batching: Any) -> AnyBatches:
        """Batches of a data set; with `cached` the ids of many rows are kept on the disk."""

    def _training_model(self, batches: AnyBatches | Steps, epochs: int) -> keras.Model:
        """What learns: the model, or one around it."""
        return self.model

    @abstractmethod
    def _extended(self, dataset: hf.Dataset, min_count: int) -> tuple[dict[str, Any], tuple]:
        """Sizes of a model that knows the data too, and what the task is made of besides."""

    @abstractmethod
    def _from_dataset_settings(self) -> dict[str, Any]:
        """The settings of `from_dataset` that can be told from a task that was made by it."""

    @abstractmethod
    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        """A function that computes, after an epoch, the scores that Keras does not."""

    @abstractmethod
    def _objective(self) -> dict[str, Any]:
        """Loss and metrics, as keyword arguments of `compile`."""
