"""Data arguments of the command line."""

import re
from collections.abc import Sequence
from pathlib import Path

import datasets as hf

from nlpseq.datasets.load import load_dataset, load_splits

_WITH_SPLIT = re.compile(r"(.+)@([\w\[\]:%+]+)")  # a split may be a slice, train[:10%]


def load_data(arguments: Sequence[str]) -> hf.Dataset:
    """Loads what a data argument names.

    Args:
        arguments: One file, folder or hub id, `@SPLIT` behind it where a split is to be chosen;
            or two parallel text files.

    Returns:
        The data set.

    Raises:
        FileNotFoundError: If there is no such data.
        ValueError: If it can't be read, or has no row.
    """
    names, split = _with_split(arguments)
    dataset = load_dataset(*names, split=split)
    if not len(dataset):
        raise ValueError(f"{' '.join(arguments)} has no sentence")
    return dataset


def load_all_splits(arguments: Sequence[str]) -> dict[str, hf.Dataset]:
    """Loads all splits of what a data argument names.

    Args:
        arguments: As for `load_data`. With `@SPLIT`, and for files, there is one split, `train`.

    Returns:
        The splits by name, that to learn from first.

    Raises:
        FileNotFoundError: If there is no such data.
        ValueError: If it can't be read, or has no row.
    """
    names, split = _with_split(arguments)
    splits = dict(load_splits(*names)) if split is None else {"train": load_data(arguments)}
    for name, dataset in splits.items():
        if not len(dataset):
            raise ValueError(f"{' '.join(arguments)}: the split {name!r} has no sentence")
    return dict(sorted(splits.items(), key=lambda item: item[0] != "train"))


def _with_split(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    names = list(arguments)
    if len(names) == 1 and not Path(names[0]).exists():
        with_split = _WITH_SPLIT.fullmatch(names[0])
        if with_split:
            return [with_split[1]], with_split[2]
    return names, None
