"""Training that begins with a saved model."""

import os
from collections.abc import Mapping
from typing import Any, TypeVar

import datasets as hf

from nlpseq.tasks.task import Task

AnyTask = TypeVar("AnyTask", bound=Task)

# Settings that change how a model learns, and not what its weights mean: its own, and its task's.
_OF_MODEL = (
    "dropout",
    "locked_dropout",
    "weight_dropout",
    "word_dropout",
    "train_embedding",
    "loss_weights",
    "dtype",
)
_OF_TASK = ("max_length", "label_smoothing", "subword_alpha", "scheduled_sampling", "time_steps")


def begin_with(
    task_class: type[AnyTask],
    folder: str | os.PathLike[str],
    dataset: hf.Dataset,
    settings: Mapping[str, Any],
) -> AnyTask:
    """Loads a saved model to train it on other data, and gives their new words and labels ids.

    Args:
        task_class: The class of the task.
        folder: The saved model.
        dataset: Examples to learn from.
        settings: Settings of `from_dataset` that are asked for. Those that say what the model is
            must be its own; `min_count`, `seed`, and those that only change how it learns,
            `dropout` and the like, may be others.

    Returns:
        The task to `fit`.

    Raises:
        FileNotFoundError: If there is no saved model.
        ValueError: If the folder is damaged or holds another task, or a setting contradicts it.

    Example:
        >>> from nlpseq.tasks.tagger import Tagger
        >>> begin_with(Tagger, "no-such-folder", hf.Dataset.from_dict({}), {})
        Traceback (most recent call last):
        ...
        FileNotFoundError: No saved model at no-such-folder: there is no such folder
    """
    task = task_class.from_pretrained(folder)
    own = task._from_dataset_settings()
    growth = {}
    for name, value in settings.items():
        if name in ("min_count", "seed") or (name in _OF_MODEL and name in own):
            growth[name] = value
            continue
        if name in _OF_TASK and hasattr(task, name):
            setattr(task, name, value)
            continue
        if name == "label" and isinstance(value, str):
            value = [value]
        if name not in own:
            raise ValueError(f"`{name}` can't be set for a training that begins with {folder}")
        if own[name] != value:
            raise ValueError(
                f"`{name}` is {own[name]!r} in {folder}, so it can't be {value!r}. Leave it out, "
                "or train without a model to begin with"
            )
    return task.extended(dataset, **growth)
