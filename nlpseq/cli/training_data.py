"""The data of `nlpseq train`: what is learnt from, dev data, test data, and what they share."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import datasets as hf

from nlpseq.cli.data import load_all_splits, load_data
from nlpseq.datasets.any_data import dev_split
from nlpseq.datasets.splits import FEWEST_ROWS, count_leaks, hold_out


class TrainingData(NamedTuple):
    """What a training needs.

    Attributes:
        train: Examples to learn from.
        dev: Examples to pick the best epoch by, if there are any.
        test: Examples to score the model on, if there are any.
        cut: Whether `dev` was cut from the training data.
    """

    train: hf.Dataset
    dev: hf.Dataset | None
    test: hf.Dataset | None
    cut: bool


def load_training_data(
    options: argparse.Namespace, columns: Callable[[hf.Dataset], Mapping[str, Any]]
) -> TrainingData:
    """Loads what `--train`, `--dev` and `--test` name, and tells where the dev data come from.

    Without `--dev` it is the dev split of a folder or hub id; where there is none, a part of the
    training data, which `hold_out` chooses.

    Args:
        options: The command line.
        columns: Function from the training data to what is known of their columns: `tokens`,
            `source` and `target`, or `text`.

    Returns:
        The data.

    Raises:
        FileNotFoundError: If there is no such data.
        ValueError: If they can't be read, or have no row.
    """
    splits = load_all_splits(options.train)
    names = " ".join(options.train)
    if len(splits) > 1 and "train" not in splits:
        raise ValueError(
            f"{names} has the splits {', '.join(splits)}: choose one, for example "
            f"{names}@{next(iter(splits))}"
        )
    train = next(iter(splits.values()))
    dev = load_data(options.dev) if options.dev else None
    test = load_data(options.test) if options.test else None
    if dev is not None or options.no_dev:
        return TrainingData(train, dev, test, cut=False)
    name = dev_split(list(splits))
    if name is not None:
        print(f"Dev data: the split {name!r} of {names}")
        return TrainingData(train, splits[name], test, cut=False)
    if len(train) < FEWEST_ROWS:
        print(f"No dev data: fewer than {FEWEST_ROWS} rows to cut them from")
        return TrainingData(train, None, test, cut=False)
    learnt, dev = hold_out(train, **columns(train))
    print(
        f"Dev data: {len(dev):,} of the {len(train):,} rows of {names}, always the same ones, "
        "are held out. --dev names others, --no-dev learns from all"
    )
    return TrainingData(learnt, dev, test, cut=True)


def report_leaks(data: TrainingData, columns: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Tells which rows of dev and test data are in the training data too.

    Args:
        data: The data.
        columns: What is known of their columns.

    Returns:
        By `dev` and `test` what `count_leaks` found, for the record.
    """
    found = {}
    for name, held_out in (("dev", data.dev), ("test", data.test)):
        if held_out is None:
            continue
        leaks = count_leaks(data.train, held_out, **columns)
        found[name] = leaks._asdict()
        if max(leaks.source, leaks.target):
            sides = ""
            if not leaks.same == leaks.source == leaks.target:
                sides = f" ({leaks.source:,} sources, {leaks.target:,} targets)"
            print(
                f"Leakage: {leaks.same:,} of {leaks.rows:,} {name} rows{sides} are in the training "
                "data too. `nlpseq inspect` shows which"
            )
    return found
