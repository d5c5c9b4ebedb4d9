"""One JSON object a line."""

import json
import os
from typing import Any

import datasets as hf

from nlpseq.datasets.lines import read_lines


def read_jsonl(path: str | os.PathLike[str]) -> hf.Dataset:
    r"""Reads a file of JSON lines, one row an object.

    Columns keep their names and nesting: `{"tokens": [...], "upos": [...]}`,
    `{"translation": {"en": ..., "de": ...}}` and `{"en": ..., "de": ...}` are all fine. Blank lines
    are skipped.

    Args:
        path: A `.jsonl` or `.json` file, plain or gzip.

    Returns:
        A data set with a column for each key.

    Raises:
        ValueError: If a line is not a JSON object, if its keys differ from those of the first
            line, or if a key holds values of different kinds.

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
    columns: dict[str, list[Any]] = {}
    for line_number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        row = _json_object(line, f"{path}:{line_number}")
        if not columns:
            columns = {key: [] for key in row}
        if row.keys() != columns.keys():
            raise ValueError(
                f"{path}:{line_number}: expected the keys of the first line, {', '.join(columns)}; "
                f"found {', '.join(row)}. Give every line the same keys, with null for no value"
            )
        for key, value in row.items():
            columns[key].append(value)
    try:
        return hf.Dataset.from_dict(columns)
    except (TypeError, ValueError) as error:  # what pyarrow's errors are
        raise ValueError(
            f"{path}: a key must hold values of the same kind on all lines: {error}"
        ) from error


def _json_object(line: str, place: str) -> dict[str, Any]:
    advice = "Write one object on each line, such as" + ' {"source": "Hello", "target": "Hallo"}'
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{place}: not JSON ({error.msg} at column {error.colno}): {line[:80]!r}. {advice}"
        ) from error
    if not isinstance(row, dict) or not row:
        raise ValueError(f"{place}: expected a JSON object, found {line[:80]!r}. {advice}")
    return row
