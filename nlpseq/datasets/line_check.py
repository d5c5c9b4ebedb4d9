"""What is odd about the lines of a text file, with their numbers, before it is read."""

import gzip
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from nlpseq.datasets.lines import GZIP_MAGIC


class OddLines(TypedDict):
    """How many lines are odd in a way, and the numbers of the first of them, from 1."""

    lines: int
    first: list[int]


_MOST_SHOWN = 5


def check_lines(path: str | os.PathLike[str]) -> dict[str, OddLines]:
    r"""Looks for lines that are seldom meant as they are. Readers cope with most, and say nothing.

    Args:
        path: A text file, plain or gzip, of any encoding.

    Returns:
        By what is odd: how many lines, and the first of them. `not UTF-8`; `white space only`,
        where an empty line was probably meant; `white space at the end`; `carriage return`;
        `N columns`, where most lines have another number of tab-separated columns; and
        `damaged gzip`, with the line where it breaks off. Only what was found.

    Raises:
        FileNotFoundError: If there is no such file.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "a.conll")
        ...     _ = path.write_bytes(b"a\tO\n \nb\tO\nc\n")
        ...     for kind, odd in check_lines(path).items():
        ...         print(kind, odd["first"])
        white space only [2]
        1 column [4]
    """
    found: dict[str, OddLines] = {}
    columns: dict[str, OddLines] = {}
    number = 0
    try:
        for number, line in enumerate(_raw_lines(path), start=1):
            for kind in _kinds(line):
                _note(found, kind, number)
            if line.strip() and (b"\t" in line or line[:1] != b"#"):  # no comment of CoNLL-U
                tabs = line.count(b"\t")
                _note(columns, f"{tabs + 1} column{'s' if tabs else ''}", number)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        _note(found, "damaged gzip", number + 1)
    usual = max(columns, key=lambda kind: columns[kind]["lines"], default="1 column")
    if usual != "1 column":
        found |= {kind: odd for kind, odd in columns.items() if kind != usual}
    return found


def _raw_lines(path: str | os.PathLike[str]) -> Iterator[bytes]:
    with Path(path).open("rb") as raw:
        zipped = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        raw.seek(0)
        yield from gzip.GzipFile(fileobj=raw) if zipped else raw


def _kinds(line: bytes) -> Iterator[str]:
    content = line.rstrip(b"\r\n")
    if content and not content.strip():
        yield "white space only"
    elif content[-1:].isspace():
        yield "white space at the end"
    if b"\r" in line:
        yield "carriage return"
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        yield "not UTF-8"


def _note(found: dict[str, OddLines], kind: str, number: int) -> None:
    odd = found.setdefault(kind, OddLines(lines=0, first=[]))
    odd["lines"] += 1
    if odd["lines"] <= _MOST_SHOWN:
        odd["first"].append(number)
