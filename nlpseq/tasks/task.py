"""What all tasks share: training, a summary, and the saved folder."""

import json
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, ClassVar, Self

import datasets as hf
import keras

from nlpseq.batching.batches import Batches
from nlpseq.saving import CARD, new_folder, read_config
from nlpseq.tasks.card import model_card
from nlpseq.training.callbacks import AveragedWeights, DevScore, Throughput
from nlpseq.training.memory import check_memory
from nlpseq.training.optimizer import Schedule, make_optimizer
from nlpseq.training.record import environment, seed_dropout, set_seed

WEIGHTS = "model.weights.h5"
TRAINING = "training.json"


class Task(ABC):
    """Strings in, strings out: a model of ids with its tokenizers and settings.

    Attributes:
        model: The `keras.Model` of ids: `summary()`, `fit` on arrays, callbacks, `export`.
        training: How the model came about: data sizes, settings, scores by epoch, versions.
            Empty before `fit`.
    """

    kind: ClassVar[str]
    pipeline_tag: ClassVar[str]

    def __init__(self, model: keras.Model) -> None:
        self.model = model
        self.training: dict[str, Any] = {}

    @property
    @abstractmethod
    def monitor(self) -> str:
        """Name in the logs of the dev score that picks the best epoch; higher is better."""

    @classmethod
    @abstractmethod
    def from_dataset(cls, dataset: hf.Dataset, **settings: Any) -> Self:
        """Makes a task for a data set: tokenizers and sizes from the data, fresh weights."""

    @abstractmethod
    def batches(
        self, dataset: hf.Dataset, *, batch_tokens: int, shuffle: bool = False, seed: int = 0
    ) -> Batches:
        """Turns examples into padded batches of ids to learn from."""

    @abstractmethod
    def evaluate(self, dataset: hf.Dataset, *, batch_tokens: int = 4096) -> dict[str, Any]:
        """Scores predictions against the right answers."""

    def fit(
        self,
        dataset: hf.Dataset,
        validation_data: hf.Dataset | None = None,
        *,
        epochs: int = 20,
        learning_rate: float = 0.002,
        batch_tokens: int = 1024,
        patience: int = 5,
        clip_norm: float = 1.0,
        ema: float = 0.0,
        schedule: Schedule = "cosine",
        seed: int = 0,
        callbacks: Sequence[keras.callbacks.Callback] = (),
        verbose: str | int = "auto",
    ) -> keras.callbacks.History:
        """Trains the model; with `validation_data` the weights of the best epoch are kept.

        Adam, with gradients clipped by their global norm, and a learning rate that rises over the
        first twentieth of all steps and then falls (`nlpseq.training.optimizer.WarmupSchedule`).

        Args:
            dataset: Examples to learn from.
            validation_data: Examples to pick the best epoch by, and to stop early.
            epochs: Passes over the data at most.
            learning_rate: The highest learning rate.
            batch_tokens: Slots of a batch on its widest side, padding included.
            patience: Epochs without a better dev score after which training stops.
            clip_norm: Norm to which the gradients are scaled down where it is larger.
            ema: Share of the old value in a moving average of the weights, in `[0, 1)`, such as
                0.999. The average is what is scored and kept. 0 means none.
            schedule: How the learning rate falls: `"cosine"`, half a cosine down to 0 at the end;
                `"inverse_sqrt"`; `"constant"`; or `"plateau"`: no warm-up, and half the rate
                after each `(patience + 1) // 2` epochs without a better dev score.
            seed: Decides the order of the data and what dropout drops.
            callbacks: Further Keras callbacks; they see the dev scores in the logs.
            verbose: As in `keras.Model.fit`.

        Returns:
            Keras' history: the logs of each epoch.

        Raises:
            ValueError: If a setting is out of range, the data do not fit the task, or a batch
                needs more memory than there is.
        """
        if epochs < 1 or patience < 1 or learning_rate <= 0 or clip_norm <= 0:
            raise ValueError(
                "`epochs` and `patience` must be at least 1, `learning_rate` and `clip_norm` "
                f"above 0. Received: epochs={epochs}, patience={patience}, "
                f"learning_rate={learning_rate}, clip_norm={clip_norm}"
            )
        if not 0 <= ema < 1:
            raise ValueError(f"`ema` must be in [0, 1). Received: ema={ema}")
        if schedule == "plateau" and validation_data is None:
            raise ValueError('schedule="plateau" needs `validation_data`. Received: none')
        set_seed(seed)
        seed_dropout(self.model, seed)
        batches = self.batches(dataset, batch_tokens=batch_tokens, shuffle=True, seed=seed)
        check_memory(batches.shapes, self.model.output_dim)
        throughput = Throughput(batches.num_tokens)
        own: list[keras.callbacks.Callback] = [throughput]
        if ema:
            own.append(AveragedWeights())
        validation = None
        if validation_data is not None:
            validation = self.batches(validation_data, batch_tokens=batch_tokens)
            check_memory(validation.shapes, self.model.output_dim)
            own += self._choose_best_epoch(validation_data, patience)
        if schedule == "plateau":
            own.append(self._lower_on_plateau((patience + 1) // 2))
        optimizer = make_optimizer(learning_rate, epochs * len(batches), clip_norm, ema, schedule)
        self.model.compile(optimizer, **self._objective())
        start = time.perf_counter()
        history = self.model.fit(
            batches,
            validation_data=validation,
            epochs=epochs,
            callbacks=[*own, *callbacks],
            shuffle=False,  # the batches come shuffled
            verbose=verbose,
        )
        self.training = {
            "sentences": len(dataset),
            "target_tokens": batches.num_tokens,
            "padding_share": round(batches.padding_share, 4),
            "batch_shapes": [list(shape) for shape in batches.shapes],
            "parameters": self.model.count_params(),
            "settings": {
                "epochs": epochs,
                "learning_rate": learning_rate,
                "batch_tokens": batch_tokens,
                "patience": patience,
                "clip_norm": clip_norm,
                "ema": ema,
                "schedule": schedule,
                "seed": seed,
            },
            "seconds": round(time.perf_counter() - start, 1),
            "tokens_per_second": round(batches.num_tokens / median(throughput.seconds)),
            "best": self._best_epoch(history),
            "history": {
                name: [float(v) for v in values] for name, values in history.history.items()
            },
            "environment": environment(),
        }
        return history

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """What the task is for, in a few names and values."""

    def summary(self) -> None:
        """Prints the layers, output shapes and parameters of the model."""
        self.model.summary()

    def save_pretrained(self, folder: str | os.PathLike[str], overwrite: bool = False) -> None:
        """Saves everything that `nlpseq.load` needs, whole or not at all.

        Args:
            folder: The folder to write: `config.json`, weights, tokenizer files, `training.json`
                and a model card, `README.md`.
            overwrite: Whether a model saved there before may be replaced.

        Raises:
            FileExistsError: If the folder holds something that may not be replaced.
        """
        config = {"task": self.kind, "model": self.model.get_config(), **self._config()}
        settings = {**config["model"], **self._config()}
        settings.pop("forbidden", None)  # long, and it follows from labels and scheme
        with new_folder(folder, config, overwrite) as path:
            self._save_weights(path / WEIGHTS)
            self._save_tokenizers(path)
            text = json.dumps(self.training, indent=2, ensure_ascii=False)
            (path / TRAINING).write_text(text + "\n", encoding="utf-8")
            card = model_card(
                f"{Path(folder).name}: a {self.kind} made with nlpseq",
                self.pipeline_tag,
                self._usage(str(Path(folder).name)),
                settings,
                self.training,
            )
            (path / CARD).write_text(card, encoding="utf-8")

    @classmethod
    def from_pretrained(cls, folder: str | os.PathLike[str]) -> Self:
        """Loads what `save_pretrained` saved. `nlpseq.load` does it for any task.

        Args:
            folder: The saved folder.

        Returns:
            The task, ready to predict.

        Raises:
            FileNotFoundError: If there is no saved model.
            ValueError: If the folder is damaged or holds another task.
        """
        config = read_config(folder)
        if config["task"] != cls.kind:
            raise ValueError(
                f"{folder} holds a {config['task']}, not a {cls.kind}. nlpseq.load loads either"
            )
        path = Path(folder)
        task = cls._restore(path, config)
        task.model.load_weights(path / WEIGHTS)
        task.training = json.loads((path / TRAINING).read_text(encoding="utf-8"))
        return task

    def _save_weights(self, path: Path) -> None:
        # A compiled model would save the optimizer's state too, twice the size of the weights.
        twin = type(self.model).from_config(self.model.get_config())
        twin.set_weights(self.model.get_weights())
        twin.save_weights(path)

    def _choose_best_epoch(
        self, validation_data: hf.Dataset, patience: int
    ) -> list[keras.callbacks.Callback]:
        best = keras.callbacks.EarlyStopping(
            self.monitor, mode="max", patience=patience, restore_best_weights=True
        )
        return [DevScore(self._dev_scores(validation_data)), best]

    def _lower_on_plateau(self, patience: int) -> keras.callbacks.Callback:
        return keras.callbacks.ReduceLROnPlateau(
            self.monitor, mode="max", factor=0.5, patience=patience, min_delta=0.0
        )

    def _best_epoch(self, history: keras.callbacks.History) -> dict[str, Any]:
        """The logs of the epoch whose weights the model has now."""
        logs = history.history
        scores = logs.get(self.monitor)
        epoch = max(range(len(scores)), key=scores.__getitem__) if scores else len(logs["loss"]) - 1
        return {"epoch": epoch + 1, **{k: float(v[epoch]) for k, v in logs.items() if v}}

    @abstractmethod
    def _dev_scores(self, validation_data: hf.Dataset) -> Callable[[], Mapping[str, float]]:
        """A function that computes, after an epoch, the scores that Keras does not."""

    @abstractmethod
    def _objective(self) -> dict[str, Any]:
        """Loss and metrics, as keyword arguments of `compile`."""

    @abstractmethod
    def _config(self) -> dict[str, Any]:
        """Settings besides the model's own, for `config.json`."""

    @abstractmethod
    def _save_tokenizers(self, folder: Path) -> None: ...

    @classmethod
    @abstractmethod
    def _restore(cls, folder: Path, config: dict[str, Any]) -> Self:
        """Makes the task from its config and tokenizer files, with fresh weights."""

    @abstractmethod
    def _usage(self, name: str) -> str:
        """Python code for the model card."""
