"""Data sets to files that `load_dataset` reads again."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import datasets as hf

from nlpseq.datasets.columns import write_columns
from nlpseq.datasets.conllu import write_conllu
from nlpseq.datasets.lines import write_lines
from nlpseq.datasets.roles import label_columns, label_strings, token_column
from nlpseq.datasets.sides import pair_texts

_ROWS_AT_ONCE = 1000


def write_dataset(dataset: hf.Dataset, path: str | os.PathLike[str]) -> None:
    r"""Writes a data set, such as predictions, in the format that the name of the file says.

    | name | format | what is written |
    |---|---|---|
    | `.conllu` | CoNLL-U, see `write_conllu` | its columns |
    | `.conll`, `.iob`, `.iob2`, `.bio`, `.bioes` | one token a line | tokens and all labels |
    | `.tsv`, `.txt` | the same where there are tokens, otherwise pairs | the two sides |
    | `.jsonl`, `.json` | one JSON object a line | all columns, labels by their names |
    | `.parquet` | Parquet | all columns, with their features |

    `.gz` behind all but `.parquet` makes it gzip. The file is complete or not there at all.

    Args:
        dataset: The rows.
        path: The file to write or to replace.

    Raises:
        ValueError: If the name says no format, the columns can't be found, or a value can't be
            written in this format.

    Example:
        >>> import tempfile
        >>> dataset = hf.Dataset.from_dict({"en": ["Go."], "de": ["Geh."]})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_dataset(dataset, Path(folder, "a.tsv"))
        ...     Path(folder, "a.tsv").read_text()
        'Go.\tGeh.\n'
    """
    path = Path(path)
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix not in _WRITERS:
        raise ValueError(
            f"{path}: the name must say the format. It must end in one of: {', '.join(_WRITERS)}"
        )
    _WRITERS[suffix](dataset, path)


def _write_tokens(dataset: hf.Dataset, path: Path) -> None:
    tokens = token_column(dataset)
    if tokens is None:
        raise ValueError(
            f"{path}: sentences need a column `tokens` or `words`. "
            f"Columns: {', '.join(dataset.column_names)}"
        )
    names = [tokens, *label_columns(dataset, tokens)]
    columns = [label_strings(dataset, name) for name in names]
    for row, values in enumerate(zip(*columns, strict=True)):
        if len(set(map(len, values))) > 1:
            counts = ", ".join(f"{len(v)} {n}" for n, v in zip(names, values, strict=True))
            raise ValueError(f"dataset[{row}]: each token needs its labels. Received: {counts}")
    rows = zip(*columns, strict=True)
    write_columns((list(zip(*row, strict=True)) for row in rows), path)


def _write_tokens_or_pairs(dataset: hf.Dataset, path: Path) -> None:
    if token_column(dataset) is not None:
        _write_tokens(dataset, path)
        return
    _, _, sources, targets = pair_texts(dataset)
    for row, pair in enumerate(zip(sources, targets, strict=True)):
        if any(character in text for text in pair for character in "\t\n\r"):
            raise ValueError(
                f"dataset[{row}]: a text holds a tab or a line end, which lines of pairs cannot "
                "hold. Write .jsonl instead"
            )
    write_lines(path, map("\t".join, zip(sources, targets, strict=True)))


def _write_jsonl(dataset: hf.Dataset, path: Path) -> None:
    write_lines(path, _json_lines(dataset))


def _json_lines(dataset: hf.Dataset) -> Iterator[str]:
    features = dataset.features
    for batch in dataset.with_format(None).iter(_ROWS_AT_ONCE):
        for values in zip(*batch.values(), strict=True):
            row = {
                name: _with_names(value, features[name])
                for name, value in zip(batch, values, strict=True)
            }
            yield json.dumps(row, ensure_ascii=False, default=str)


def _with_names(value: Any, feature: Any) -> Any:
    """Labels by their names, where they are numbers of a `ClassLabel`."""
    if isinstance(feature, hf.ClassLabel):
        return value if value is None or value < 0 else feature.int2str(value)
    if isinstance(feature, (hf.List, hf.LargeList)) and value is not None:
        return [_with_names(item, feature.feature) for item in value]
    return value


def _write_parquet(dataset: hf.Dataset, path: Path) -> None:
    partial = path.with_name(f"{path.name}.partial")
    try:
        dataset.to_parquet(str(partial))
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


_WRITERS: dict[str, Callable[[hf.Dataset, Path], None]] = {
    ".conllu": write_conllu,
    **dict.fromkeys((".conll", ".iob", ".iob2", ".bio", ".bioes"), _write_tokens),
    **dict.fromkeys((".tsv", ".txt"), _write_tokens_or_pairs),
    **dict.fromkeys((".jsonl", ".json"), _write_jsonl),
    ".parquet": _write_parquet,
}
