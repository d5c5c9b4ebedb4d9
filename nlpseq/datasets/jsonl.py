"""One JSON object a line, or one array of objects."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

import datasets as hf

from nlpseq.datasets.lines import listed, read_lines

_ADVICE = 'Write one object on each line, such as {"source": "Hello", "target": "Hallo"}'


def read_jsonl(path: str | os.PathLike[str]) -> hf.Dataset:
    r"""Reads a file of JSON lines, or of one JSON array, one row an object.

    Columns keep their names and nesting: `{"tokens": [...], "upos": [...]}`,
    `{"translation": {"en": ..., "de": ...}}` and `{"en": ..., "de": ...}` are all fine. Blank lines
    are skipped.

    Args:
        path: A `.jsonl` or `.json` file, plain or gzip.

    Returns:
        A data set with a column for each key.

    Raises:
        ValueError: If a line or entry is not a JSON object, if its keys differ from those of the
            first one, or if a key holds values of different kinds.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.jsonl")
        ...     _ = path.write_text('{"tokens": ["Go", "!"], "upos": ["VERB", "PUNCT"]}\n')
        ...     read_jsonl(path)[0]
        {'tokens': ['Go', '!'], 'upos': ['VERB', 'PUNCT']}

    Reference:
        https://jsonlines.org
    """
    lines = read_lines(path)
    if next(line for line in lines if line.strip()).lstrip().startswith("["):
        rows = _array(lines, path)
    else:
        rows = [
            (f"{path}:{number}", _json_object(line, f"{path}:{number}"))
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]
    first = rows[0][1]
    for place, row in rows:
        if row.keys() != first.keys():
            raise ValueError(
                f"{place}: expected the keys of the first line, {listed(first)}; found "
                f"{listed(row)}. Give every line the same keys, with null for no value"
            )
    try:
        return _dataset([row for _, row in rows])
    except (TypeError, ValueError, OverflowError) as error:  # what pyarrow's errors are
        place = rows[_first_misfit([row for _, row in rows])][0]
        raise ValueError(
            f"{place}: a key must hold values of the same kind on all lines: {error}"
        ) from error


def _dataset(rows: Sequence[Mapping[str, Any]]) -> hf.Dataset:
    return hf.Dataset.from_dict({key: [row[key] for row in rows] for key in rows[0]})


def _first_misfit(rows: Sequence[Mapping[str, Any]]) -> int:
    """The number of the first row whose values are of another kind than those before it."""
    fits, fails = 0, len(rows)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        try:
            _dataset(rows[:middle])
            fits = middle
        except (TypeError, ValueError, OverflowError):
            fails = middle
    return fails - 1


def _array(lines: Sequence[str], path: str | os.PathLike[str]) -> list[tuple[str, dict[str, Any]]]:
    """The objects of an array, with their places."""
    try:
        rows = json.loads("\n".join(lines))
    except (ValueError, RecursionError) as error:
        raise _not_json(error, f"{path}:{getattr(error, 'lineno', 1)}") from error
    places = [(f"{path}: object {number}", row) for number, row in enumerate(rows, start=1)]
    for place, row in places:
        if not isinstance(row, dict) or not row:
            raise ValueError(f"{place}: expected a JSON object, found {str(row)[:80]!r}. {_ADVICE}")
    if not places:
        raise ValueError(f"{path}:1: the array holds no object")
    return places


def _json_object(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _not_json(error, place, line) from error
    if not isinstance(row, dict) or not row:
        raise ValueError(f"{place}: expected a JSON object, found {line[:80]!r}. {_ADVICE}")
    return row


def _not_json(error: Exception, place: str, line: str = "") -> ValueError:
    reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
    if isinstance(error, json.JSONDecodeError):
        reason = f"{error.msg} at column {error.colno}"
    return ValueError(
        f"{place}: not JSON ({reason}){f': {line[:80]!r}' if line else ''}. {_ADVICE}"
    )
