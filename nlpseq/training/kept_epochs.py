"""The models of several epochs, kept beside the checkpoint: to compare them, or to average them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from nlpseq.saving import check_free
from nlpseq.training.callbacks import State
from nlpseq.training.checkpoints import FILE


class KeptEpochs(keras.callbacks.Callback):
    """Saves the model after an epoch, if it is one of the last or of the best, and removes others.

    It has to stand behind callbacks that put scores into the logs or other weights into the model.

    Args:
        folder: Where the folders `epoch-001` and so on are made.
        save: Saves the model to a folder; it is given the folder, the epoch from 1, and its logs.
        last: How many of the last epochs are kept.
        best: How many of those with the highest score are kept; of equal ones the first.
        monitor: Name of the score in the logs.

    Raises:
        FileExistsError: If the folder has epochs and no checkpoint: those of an earlier training.

    Example:
        >>> KeptEpochs("runs/pos.checkpoints", print, last=5, best=0, monitor="val_f1").kept
        []
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        save: Callable[[Path, int, dict[str, Any]], None],
        last: int,
        best: int,
        monitor: str,
    ) -> None:
        super().__init__()
        self.folder = Path(folder)
        if kept_epochs(folder) and not (self.folder / FILE).exists():
            raise FileExistsError(
                f"{folder} holds epochs of an earlier training, {kept_epochs(folder)[0].name} and "
                "others. Move them, or choose another folder (on the command line: --restart "
                "removes them)"
            )
        self.save = save
        self.last = last
        self.best = best
        self.monitor = monitor
        self.scores: list[float] = []

    @property
    def kept(self) -> list[int]:
        """The epochs to keep, from 1, in their order."""
        epochs = range(1, len(self.scores) + 1)
        by_score = sorted(epochs, key=lambda epoch: -self.scores[epoch - 1])
        return sorted({*epochs[max(0, len(epochs) - self.last) :], *by_score[: self.best]})

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        logs = logs or {}
        self.scores.append(float(logs.get(self.monitor, 0.0)))
        if epoch + 1 in self.kept:
            self.save(_epoch_folder(self.folder, epoch + 1), epoch + 1, logs)
        for other in range(1, epoch + 1):
            if other not in self.kept:
                shutil.rmtree(_epoch_folder(self.folder, other), ignore_errors=True)

    def get_state(self) -> State:
        return {"scores": self.scores}

    def set_state(self, state: State) -> None:
        self.scores = list(state["scores"])


def kept_epochs(folder: str | os.PathLike[str]) -> list[Path]:
    """The folders of the epochs that are kept.

    Args:
        folder: Where they are.

    Returns:
        The folders, in the order of the epochs.

    Example:
        >>> kept_epochs("no-such-folder")
        []
    """
    return sorted(Path(folder).glob("epoch-*"))


def remove_epochs(folder: str | os.PathLike[str]) -> None:
    """Removes the epochs that an earlier training kept.

    Args:
        folder: Where they are.

    Raises:
        FileExistsError: If one of them is not a saved model of nlpseq; then nothing is removed.

    Example:
        >>> remove_epochs("no-such-folder")
    """
    epochs = kept_epochs(folder)
    for epoch in epochs:
        check_free(epoch, overwrite=True)
    for epoch in epochs:
        shutil.rmtree(epoch)


def _epoch_folder(folder: Path, epoch: int) -> Path:
    return folder / f"epoch-{epoch:03}"
