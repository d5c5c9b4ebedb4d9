"""`nlpseq evaluate` and `nlpseq show`: what a saved model reaches, and what it is."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import datasets as hf

from nlpseq.cli.data import load_data
from nlpseq.cli.json_output import text_for_people, write_json
from nlpseq.cli.models import load_task
from nlpseq.cli.search_arguments import given_search_arguments
from nlpseq.datasets.lines import read_aligned_lines
from nlpseq.datasets.roles import tokens_and_columns
from nlpseq.datasets.sides import pair_texts
from nlpseq.hub import load
from nlpseq.metrics.bleu import corpus_scores
from nlpseq.metrics.confusion import (
    confusion_matrix,
    confusion_picture,
    confusion_text,
    frequent_errors,
)
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.task import Task
from nlpseq.tasks.translator import Translator


def evaluate(options: argparse.Namespace) -> None:
    """Scores a saved model on a data set."""
    task = load_task(options.model)
    if (options.errors or options.picture) and not isinstance(task, Tagger):
        raise ValueError(
            f"{options.model[0]} is a {task.kind}; --errors and --picture need a tagger"
        )
    data = load_data(options.data)
    searching = given_search_arguments(options)
    if searching and not isinstance(task, Translator):
        flag = next(iter(searching)).replace("_", "-")
        raise ValueError(f"{options.model[0]} is a {task.kind}; --{flag} needs a translator")
    if options.references:
        scores = _score_against_references(task, data, options, searching)
    else:
        scores = task.evaluate(data, **searching)
    with text_for_people(options.json):
        print_scores(scores)
        if isinstance(task, Tagger) and (options.errors or options.picture):
            _show_errors(task, data, options)
    write_json(scores, options.json)


def _score_against_references(
    task: Task, data: hf.Dataset, options: argparse.Namespace, searching: dict[str, Any]
) -> dict[str, Any]:
    """Scores the translations of a data set's source side against files of references."""
    if not isinstance(task, Translator):
        raise ValueError(f"{options.model[0]} is a {task.kind}; --references needs a translator")
    _, _, sources, _ = pair_texts(data, *task.columns)
    paths = options.references
    references = read_aligned_lines(paths)
    if len(references[0]) != len(sources):
        raise ValueError(
            "--references must have a line for each pair of the data: "
            f"{' '.join(options.data)} has {len(sources)}, {paths[0]} has {len(references[0])}"
        )
    found = task.predict(sources, **searching)
    scores = corpus_scores(found, list(zip(*references, strict=True)))
    return {**scores, "sentences": len(sources)}


def _show_errors(tagger: Tagger, data: hf.Dataset, options: argparse.Namespace) -> None:
    """Prints and draws which labels of each column are taken for which."""
    columns = tagger.label_columns
    sentences, tags = tokens_and_columns(data, tagger.tokens_column, columns)
    tagged = tagger.predict(sentences)
    for place, column in enumerate(columns, start=1):
        predicted = [[token[place] for token in sentence] for sentence in tagged]
        labels, matrix = confusion_matrix(predicted, tags[column])
        if options.errors:
            print(f"\nMost frequent errors of {column}:")
            for error in frequent_errors(predicted, tags[column], sentences):
                words = ", ".join(error.words)
                print(f"  {error.count:6} x {error.reference} taken for {error.predicted}: {words}")
            print(f"\n{confusion_text(labels, matrix)}")
        if options.picture:
            path = Path(options.picture)
            if len(columns) > 1:
                path = path.with_stem(f"{path.stem}-{column}")
            confusion_picture(labels, matrix, path)
            print(f"Drawn in {path}")


def show(options: argparse.Namespace) -> None:
    """Describes a saved model: what it is, how it was trained, its layers."""
    task = load(options.model)
    training = task.training
    print(f"{options.model}: a {task.kind}")
    for name, value in task.describe().items():
        print(f"  {name}: {value}")
    for name in ("sentences", "target_tokens", "seconds", "tokens_per_second"):
        if name in training:
            print(f"  trained, {name}: {training[name]:,}")
    for name in ("best", "scores"):
        if name in training:
            print(f"{'Best epoch' if name == 'best' else 'Test'}:")
            print_scores(training[name])
    task.summary()


def print_scores(scores: Mapping[str, Any], indent: str = "  ") -> None:
    """Prints scores, one a line; those of columns and of types stand below their names."""
    for name, value in scores.items():
        if isinstance(value, Mapping):
            print(f"{indent}{name}:")
            print_scores(value, f"{indent}  ")
        else:
            print(
                f"{indent}{name}: {value:.4f}"
                if isinstance(value, float)
                else f"{indent}{name}: {value}"
            )
