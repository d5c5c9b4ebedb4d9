"""The file in which a training leaves its state, and the check that it is the same training."""

import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from nlpseq.saving import new_file

FILE = "checkpoint.npz"
_ABOUT = "about"
_ARRAY = "array"  # stands in the JSON for the array with this number


@dataclass(frozen=True)
class Checkpoint:
    """The whole state of a training between two of its steps.

    Attributes:
        epoch: Epochs that are done.
        batch: Batches of the next one that are done.
        finished: Whether the training stopped early after these epochs.
        state: All that has to be known to go on: dictionaries and lists of JSON values and arrays.
    """

    epoch: int
    batch: int = 0
    finished: bool = False
    state: dict[str, Any] = field(default_factory=dict)


class CheckpointFile:
    """The checkpoint of one training, in a folder: written whole or not at all, always the last.

    Args:
        folder: The folder; it is made when the first checkpoint is written.
        identity: What makes a training this one, as nested dictionaries of JSON values: a
            checkpoint is taken up only where all of it is the same. May be left out to remove one.

    Attributes:
        path: The file.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = CheckpointFile(folder, {"seed": 3})
        ...     file.write(Checkpoint(epoch=2, state={"model": [np.zeros(4)]}))
        ...     found = file.read()
        >>> found.epoch, found.state["model"][0].shape
        (2, (4,))
    """

    def __init__(
        self, folder: str | os.PathLike[str], identity: Mapping[str, Any] | None = None
    ) -> None:
        self.path = Path(folder) / FILE
        self.identity = json.loads(json.dumps(identity or {}))  # tuples become lists, as in files

    def write(self, checkpoint: Checkpoint) -> None:
        """Writes a checkpoint; the one before stays until this one is whole and on the disk."""
        arrays: list[np.ndarray] = []

        def stand_in(value: Any) -> dict[str, int]:
            arrays.append(np.asarray(value))
            if arrays[-1].dtype.hasobject:  # it would be pickled
                raise TypeError(f"A checkpoint holds JSON values and arrays. Received: {value!r}")
            return {_ARRAY: len(arrays) - 1}

        about = json.dumps({**vars(checkpoint), "identity": self.identity}, default=stand_in)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with new_file(self.path) as stream:
            named: dict[str, Any] = {str(number): array for number, array in enumerate(arrays)}
            named[_ABOUT] = np.array(about)
            np.savez(stream, **named)

    def read(self) -> Checkpoint | None:
        """Reads the checkpoint.

        Returns:
            The checkpoint, or `None` where there is none.

        Raises:
            ValueError: If the file is damaged, or of another training: the message says what
                differs.
        """
        if not self.path.exists():
            return None
        about = self._open()
        differing = differences(about.pop("identity"), self.identity)
        if differing:
            raise ValueError(
                f"{self.path} is the checkpoint of another training: {'; '.join(differing)}. "
                "Train as before to go on; or start anew: remove the file, or choose another "
                "folder (on the command line: --restart, or another --output)"
            )
        return Checkpoint(**about)

    def remove(self) -> None:
        """Removes the checkpoint, and the folder where nothing else is in it."""
        self.path.unlink(missing_ok=True)
        if self.path.parent.is_dir() and not any(self.path.parent.iterdir()):
            self.path.parent.rmdir()

    def _open(self) -> dict[str, Any]:
        try:
            with self.path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:

                def arrays_back(found: dict[str, Any]) -> Any:
                    return file[str(found[_ARRAY])] if found.keys() == {_ARRAY} else found

                about: dict[str, Any] = json.loads(file[_ABOUT].item(), object_hook=arrays_back)
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(
                f"{self.path} is damaged, or no checkpoint: {error}. Remove it to start anew "
                "(on the command line: --restart)"
            ) from error
        return about


def differences(saved: Mapping[str, Any], now: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Says in which values two nested dictionaries differ.

    Args:
        saved: Those of an earlier time.
        now: Those of today.
        prefix: What the names begin with.

    Returns:
        A text for each value, in the order of `now`.

    Example:
        >>> differences({"settings": {"seed": 1, "ema": 0.9}}, {"settings": {"seed": 2}})
        ['settings.seed was 1, is 2', 'settings.ema was 0.9, is None']
    """
    found = []
    for name in dict.fromkeys([*now, *saved]):
        old, new = saved.get(name), now.get(name)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            found += differences(old, new, f"{prefix}{name}.")
        elif old != new:
            found.append(f"{prefix}{name} was {_short(old)}, is {_short(new)}")
    return found


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
