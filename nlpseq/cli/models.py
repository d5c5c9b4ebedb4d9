"""Model arguments of the command line: a saved model, or several that work as one."""

from collections.abc import Sequence
from typing import TypeVar

from nlpseq.hub import load
from nlpseq.tasks.language_model import LanguageModel
from nlpseq.tasks.sequence_classifier import SequenceClassifier
from nlpseq.tasks.sequence_regressor import SequenceRegressor
from nlpseq.tasks.sequence_task import SequenceTask
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.task import Task
from nlpseq.tasks.translator import Translator

Kind = TypeVar("Kind", Tagger, Translator, LanguageModel, SequenceClassifier, SequenceRegressor)


def load_task(folders: Sequence[str]) -> Task:
    """Loads a task, or an ensemble of several.

    Args:
        folders: Saved folders, at least one.

    Returns:
        The task.

    Raises:
        FileNotFoundError: If there is no saved model.
        ValueError: If there are several, and they do not go together.
    """
    tasks = [load(folder) for folder in folders]
    first = tasks[0]
    if len(tasks) == 1:
        return first
    for folder, task in zip(folders, tasks, strict=True):
        if type(task) is not type(first):
            raise ValueError(
                f"{folder} is a {task.kind}, and {folders[0]} a {first.kind}: "
                "an ensemble is made of models of one kind"
            )
    if isinstance(first, LanguageModel):
        raise ValueError(f"An ensemble of language models can't be made. Received: {folders}")
    if isinstance(first, SequenceTask):
        received = ", ".join(folders)
        raise ValueError(f"An ensemble of {first.kind}s can't be made. Received: {received}")
    if isinstance(first, Tagger):
        return Tagger.ensemble([task for task in tasks if isinstance(task, Tagger)])
    return Translator.ensemble([task for task in tasks if isinstance(task, Translator)])


def load_kind(folders: Sequence[str], kind: type[Kind], command: str) -> Kind:
    """Loads a task that a command can work with, or an ensemble.

    Args:
        folders: As for `load_task`.
        kind: The task that is needed.
        command: The command, for the message.

    Returns:
        The task.

    Raises:
        FileNotFoundError: As for `load_task`.
        ValueError: As for `load_task`, or if it is another task.
    """
    task = load_task(folders)
    if not isinstance(task, kind):
        raise ValueError(f"{folders[0]} is a {task.kind}; `nlpseq {command}` needs a {kind.kind}")
    return task
