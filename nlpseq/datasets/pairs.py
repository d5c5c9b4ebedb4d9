"""Translation pairs: two parallel files, or one tab-separated file."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import datasets as hf

from nlpseq.datasets.lines import read_lines, wrong_columns


def read_parallel(
    source_path: str | os.PathLike[str],
    target_path: str | os.PathLike[str],
    languages: Sequence[str] | None = None,
) -> hf.Dataset:
    r"""Reads two files of which line `n` of one belongs to line `n` of the other.

    Row `n` is always line `n + 1` of both files. Lines are stripped, and none is dropped, not even
    an empty one.

    Args:
        source_path: One sentence a line, plain or gzip.
        target_path: The translation of each line.
        languages: Names of the two sides. By default the end of each file's name, after the
            last dot and before `.txt` or `.gz`: `train.en.gz` is `en`.

    Returns:
        A data set with the column `translation`, for example `{"en": "Hello", "de": "Hallo"}`.

    Raises:
        ValueError: If the files have different numbers of lines, or if the names of the two
            languages are missing or the same.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     english, german = Path(folder, "tiny.en"), Path(folder, "tiny.de")
        ...     _ = english.write_text("Hello.\nThanks.\n")
        ...     _ = german.write_text("Hallo.\nDanke.\n")
        ...     dataset = read_parallel(english, german)
        >>> dataset.features
        {'translation': Translation(languages=['en', 'de'])}
        >>> dataset[1]["translation"]["de"]
        'Danke.'
    """
    names = languages or [_language_of(source_path), _language_of(target_path)]
    if len(names) != 2 or len(set(names)) != 2 or not all(names):
        raise ValueError(
            "Two files need two different languages, given by languages= or by the ends of their "
            f"names (train.en, train.de). Received: {source_path}, {target_path}, "
            f"languages={tuple(names)}"
        )
    sources, targets = read_lines(source_path), read_lines(target_path)
    if len(sources) != len(targets):
        raise ValueError(
            f"Source and target have different numbers of lines: {source_path} has {len(sources)}, "
            f"{target_path} has {len(targets)}"
        )
    return _translations(names[0], names[1], zip(sources, targets, strict=True))


def read_pairs(
    path: str | os.PathLike[str], languages: Sequence[str | None] = ("source", "target")
) -> hf.Dataset:
    r"""Reads a tab-separated file with a sentence and its translation on each line.

    Both sides are stripped. A blank line is no pair; a line with one empty side is.

    Args:
        path: The file, plain or gzip.
        languages: A name for each column of the file, in order; `None` skips a column. Exactly
            two must be named.

    Returns:
        A data set with the column `translation`, for example `{"en": "Hello", "de": "Hallo"}`.

    Raises:
        ValueError: If a line has not as many columns as `languages`, or if `languages` does not
            name two different ones.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.tsv")
        ...     _ = path.write_text("Hello.\tHallo.\tCC-BY\n")
        ...     dataset = read_pairs(path, languages=("en", "de", None))
        >>> dataset[0]["translation"]["de"]
        'Hallo.'
    """
    named = [(column, name) for column, name in enumerate(languages) if name is not None]
    if len(named) != 2 or len({name for _, name in named}) != 2:
        raise ValueError(
            "`languages` must name two different columns, with None for each column to skip. "
            f"Received: languages={tuple(languages)}"
        )
    (source_column, source), (target_column, target) = named
    pairs = []
    for line_number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != len(languages):
            expected = f"{len(languages)} tab-separated columns (languages={tuple(languages)})"
            raise wrong_columns(path, line_number, line, len(fields), expected)
        pairs.append((fields[source_column], fields[target_column]))
    return _translations(source, target, pairs)


def _translations(source: str, target: str, pairs: Iterable[tuple[str, str]]) -> hf.Dataset:
    rows = [{source: left.strip(), target: right.strip()} for left, right in pairs]
    features = hf.Features({"translation": hf.Translation(languages=[source, target])})
    return hf.Dataset.from_dict({"translation": rows}, features=features)


def _language_of(path: str | os.PathLike[str]) -> str:
    return Path(path).name.removesuffix(".gz").removesuffix(".txt").rpartition(".")[-1]
