"""`nlpseq train`: data in, a saved model out; `nlpseq settings`."""

import argparse
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import datasets as hf

from nlpseq.cli.evaluate import print_scores
from nlpseq.cli.settings import Settings, read_values, settings_help
from nlpseq.cli.training_data import load_training_data, report_leaks
from nlpseq.datasets.texts import text_column
from nlpseq.hub import TASKS
from nlpseq.saving import check_free
from nlpseq.tasks.fine_tuning import begin_with
from nlpseq.tasks.language_model import LanguageModel
from nlpseq.tasks.sequence_task import SequenceTask
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.task import Task
from nlpseq.tasks.translator import Translator
from nlpseq.training.checkpoints import CheckpointFile
from nlpseq.training.kept_epochs import remove_epochs

_COLUMNS = ("tokens", "source", "target")  # they make a row what it is


def train(options: argparse.Namespace) -> None:
    """Trains a task and saves it. What can be wrong is checked before the training begins.

    The state of the training is kept beside the output folder until the model is saved: the same
    command, given again, goes on from there.
    """
    task_class = TASKS[options.task]
    values = read_values(options.config, options.assignments)
    for name in ("source", "target", "text"):
        if getattr(options, name, None):
            values[name] = getattr(options, name)
    if getattr(options, "label", None):
        values["label"] = options.label[0] if len(options.label) == 1 else options.label
    where = ", ".join(filter(None, [options.config, "--set" if options.assignments else None]))
    settings = Settings(task_class, values, where)
    check_free(options.output, options.overwrite)
    data = load_training_data(options, partial(_named_columns, task_class, values))
    construction = settings.construction
    if options.init_from:
        construction = {name: construction[name] for name in values if name in construction}
        task = begin_with(task_class, options.init_from, data.train, construction)
    else:
        task = task_class.from_dataset(data.train, **construction)
    if data.test is not None:  # not after the training, if it can't be used
        task.batches(data.test, batch_tokens=4096)
    columns = _columns(task)
    leaks = report_leaks(data, columns)
    direction = f", {columns['source']} to {columns['target']}" if "source" in columns else ""
    parameters = task.model.count_params()
    print(f"{len(data.train):,} sentences{direction}, {parameters:,} parameters", flush=True)
    # A progress bar is for a screen; a log file gets a line an epoch.
    verbose = 0 if options.quiet else 1 if sys.stdout.isatty() else 2
    output = Path(options.output)
    checkpoints = output.with_name(f"{output.name}.checkpoints")
    if options.restart:
        CheckpointFile(checkpoints).remove()
    if options.restart or (options.overwrite and not CheckpointFile(checkpoints).path.exists()):
        remove_epochs(checkpoints)
    try:
        task.fit(data.train, data.dev, **settings.fitting, checkpoints=checkpoints, verbose=verbose)
    except KeyboardInterrupt:
        if CheckpointFile(checkpoints).path.exists():
            print("To go on, give the same command again", file=sys.stderr)
        raise
    task.training["settings"] = {**construction, **settings.fitting}
    if options.init_from:
        task.training["began_with"] = Path(options.init_from).name
    task.training["data"] = {"dev_is_cut_from_train": data.cut, "leaks": leaks}
    if data.test is not None:
        task.training["scores"] = task.evaluate(data.test)
    task.save_pretrained(options.output, options.overwrite)
    CheckpointFile(checkpoints).remove()
    print_training(task.training)
    print(f"Saved in {options.output}")


def _named_columns(
    task_class: type[Task], values: Mapping[str, Any], dataset: hf.Dataset
) -> dict[str, Any]:
    """What the settings say of the columns of the data, before there is a task."""
    if task_class is LanguageModel:
        return {"text": text_column(dataset, values.get("text"))}
    if issubclass(task_class, SequenceTask):
        return {
            "text": task_class.find_columns(dataset, values.get("text"), values.get("label"))[0]
        }
    return {name: value for name, value in values.items() if name in _COLUMNS}


def _columns(task: Task) -> dict[str, str]:
    if isinstance(task, Translator):
        return dict(zip(("source", "target"), task.columns, strict=True))
    if isinstance(task, LanguageModel):
        return {"text": task.column}
    if isinstance(task, SequenceTask):
        return {"text": task.text_column}
    return {"tokens": task.tokens_column} if isinstance(task, Tagger) else {}


def print_settings(options: argparse.Namespace) -> None:
    """Lists all settings of a task."""
    print(settings_help(TASKS[options.task]))


def print_training(training: dict) -> None:
    """Prints what a training took and reached."""
    print(
        f"Trained in {training['seconds'] / 60:.1f} minutes, "
        f"{training['tokens_per_second']:,} tokens/s, {training['padding_share']:.1%} padding"
    )
    for name, scores in (("Best epoch", training["best"]), ("Test", training.get("scores"))):
        if scores:
            print(f"{name}:")
            print_scores(scores)
