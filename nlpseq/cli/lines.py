"""Lines of standard input or of a file, and how many of them are worked on at once."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import BinaryIO

LINES_AT_ONCE = 1000


def lines_at_once() -> int:
    """Many lines of standard input; but a person at a keyboard gets an answer to each."""
    return 1 if sys.stdin.isatty() else LINES_AT_ONCE


def read_lines(path: str | None) -> Iterator[str]:
    """Reads lines as they are needed.

    Args:
        path: A file, or `None` for standard input.

    Yields:
        The lines without their ends.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If a line is not UTF-8.
    """
    name = "standard input" if path is None else path
    source = nullcontext(sys.stdin.buffer) if path is None else open(path, "rb")  # noqa: SIM115
    with source as stream:
        yield from _decoded(stream, name)


def _decoded(stream: BinaryIO, name: str) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise ValueError(
                f"{name}, line {number}: not UTF-8 ({error.reason}, byte "
                f"0x{line[error.start]:02x}). Convert it first, for example with iconv"
            ) from error
