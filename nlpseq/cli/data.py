"""Data arguments of the command line."""

import re
from collections.abc import Sequence
from pathlib import Path

import datasets as hf

from nlpseq.datasets.load import load_dataset

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
    names = list(arguments)
    split = None
    if len(names) == 1 and not Path(names[0]).exists():
        with_split = _WITH_SPLIT.fullmatch(names[0])
        if with_split:
            names, split = [with_split[1]], with_split[2]
    dataset = load_dataset(*names, split=split)
    if not len(dataset):
        raise ValueError(f"{' '.join(arguments)} has no sentence")
    return dataset
