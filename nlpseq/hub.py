"""`load`: a saved folder back into the right task; `average`: several into one."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nlpseq.saving import read_config
from nlpseq.tasks.language_model import LanguageModel
from nlpseq.tasks.saved_task import TRAINING, WEIGHTS
from nlpseq.tasks.sequence_classifier import SequenceClassifier
from nlpseq.tasks.sequence_regressor import SequenceRegressor
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.task import Task
from nlpseq.tasks.translator import Translator
from nlpseq.training.checkpoints import differences
from nlpseq.training.record import environment

TASKS: dict[str, type[Task]] = {
    task.kind: task
    for task in (Tagger, Translator, LanguageModel, SequenceClassifier, SequenceRegressor)
}


def load(folder: str | os.PathLike[str]) -> Task:
    """Loads a task that `save_pretrained` or `nlpseq train` saved.

    Args:
        folder: The saved folder.

    Returns:
        The task, such as a `Tagger`, ready to predict.

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


def average(folders: Sequence[str | os.PathLike[str]]) -> Task:
    """Makes one model out of several: each weight is the mean of theirs.

    The last epochs of a training (`fit(keep_last=)`) averaged are often better than each of them.

    Args:
        folders: Saved models with the same settings, tokenizers and labels: epochs of a training.

    Returns:
        The task, ready to predict and to save.

    Raises:
        FileNotFoundError: If a folder is not there.
        ValueError: If there is no folder, or models differ in more than their weights; the
            message says in what.

    Example:
        >>> average(["no-such-folder"])
        Traceback (most recent call last):
        ...
        FileNotFoundError: No saved model at no-such-folder: there is no such folder

    Reference:
        Vaswani et al. (2017), section 6.1, https://arxiv.org/abs/1706.03762
    """
    if isinstance(folders, (str, os.PathLike)) or not folders:
        raise ValueError(f"`folders` must be a list of saved models. Received: {folders!r}")
    first, *others = (_comparable(folder) for folder in folders)
    for folder, other in zip(folders[1:], others, strict=True):
        differing = differences(first, other)
        if differing:
            raise ValueError(f"{folder} is another model than {folders[0]}: {'; '.join(differing)}")
    task = load(folders[0])
    sums = [weight.astype(np.float64) for weight in task.model.get_weights()]
    for folder in folders[1:]:
        for total, weight in zip(sums, load(folder).model.get_weights(), strict=True):
            total += weight
    task.model.set_weights([total / len(folders) for total in sums])
    task.training = {
        "averaged": [Path(folder).name for folder in folders],
        "environment": environment(),
    }
    return task


def _comparable(folder: str | os.PathLike[str]) -> dict:
    """What two models have to have in common to be averaged."""
    config = read_config(folder)
    config.get("model", {}).pop("name", None)  # Keras numbers the models of a process
    files = config.pop("files")
    tokenizers = {name: file["sha256"] for name, file in files.items()}
    return {**config, **{n: s for n, s in tokenizers.items() if n not in (WEIGHTS, TRAINING)}}
