"""`load`: a saved folder back into the right task."""

import os

from nlpseq.saving import read_config
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.task import Task
from nlpseq.tasks.translator import Translator

TASKS: dict[str, type[Task]] = {task.kind: task for task in (Tagger, Translator)}


def load(folder: str | os.PathLike[str]) -> Task:
    """Loads a task that `save_pretrained` or `nlpseq train` saved.

    Args:
        folder: The saved folder.

    Returns:
        A `Tagger` or a `Translator`, ready to predict.

    Raises:
        FileNotFoundError: If there is no saved model.
        ValueError: If the folder is damaged, or was saved by a newer nlpseq.

    Example:
        >>> load("no-such-folder")
        Traceback (most recent call last):
        ...
        FileNotFoundError: No saved model at no-such-folder: there is no such folder
    """
    kind = read_config(folder).get("task")
    if kind not in TASKS:
        raise ValueError(
            f"{folder} holds a task {kind!r}. This version of nlpseq knows: {', '.join(TASKS)}"
        )
    return TASKS[kind].from_pretrained(folder)
