"""A task in a folder: saved whole or not at all, and loaded again."""

import json
import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Self

import keras

from nlpseq.saving import CARD, CONFIG, new_folder, read_config
from nlpseq.tasks.card import model_card

WEIGHTS = "model.weights.h5"
TRAINING = "training.json"


class SavedTask(ABC):
    """What a task is made of, and how that goes into a folder and back.

    Args:
        model: The `keras.Model` of ids.

    Attributes:
        model: The same.
        training: How the model came about; empty before it is trained.
    """

    kind: ClassVar[str]
    pipeline_tag: ClassVar[str]

    def __init__(self, model: keras.Model) -> None:
        self.model = model
        self.training: dict[str, Any] = {}

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
        try:
            task = cls._restore(path, config)
        except (KeyError, TypeError) as error:
            raise ValueError(
                f"{path / CONFIG} is not as this version of nlpseq writes it: "
                f"{type(error).__name__}: {error}. Was it edited, "
                "or is nlpseq older than the model?"
            ) from error
        task.model.load_weights(path / WEIGHTS)
        task.training = json.loads((path / TRAINING).read_text(encoding="utf-8"))
        return task

    def _save_weights(self, path: Path) -> None:
        # A compiled model would save the optimizer's state too, twice the size of the weights.
        twin = type(self.model).from_config(self.model.get_config())
        twin.set_weights(self.model.get_weights())
        twin.save_weights(path)

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
