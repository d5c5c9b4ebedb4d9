"""Lines of UTF-8 text files, plain or gzip."""

import gzip
import io
import os
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

GZIP_MAGIC = b"\x1f\x8b"


def read_lines(path: str | os.PathLike[str]) -> list[str]:
    r"""Reads a text file as a list of lines, without their line ends.

    Lines end at `\n` or `\r\n` only: other characters that `str.splitlines` would split at
    (U+0085, U+2028, ...) are data. A byte order mark at the start of the file is dropped. Gzip is
    recognised by the first bytes of the file, whatever its name.

    Args:
        path: The file.

    Returns:
        The lines; line `n` of the file, counted from 1, is at index `n - 1`.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the file is empty or blank, not UTF-8, holds a zero byte, or is damaged
            gzip.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "text.txt")
        ...     _ = path.write_bytes(b"one\r\ntwo\n")
        ...     read_lines(path)
        ['one', 'two']
    """
    raw = _decompressed(path).removeprefix(BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start) + 1
        line_number = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[line_start : error.start].decode("utf-8")) + 1
        raise ValueError(
            f"{path}:{line_number}: not UTF-8 (byte 0x{raw[error.start]:02x} at column {column}). "
            "Convert the file to UTF-8 first, for example with "
            "`iconv -f LATIN1 -t UTF-8 old.txt > new.txt`"
        ) from error
    if "\0" in text:
        line_number = text.count("\n", 0, text.index("\0")) + 1
        raise ValueError(
            f"{path}:{line_number}: not text (byte 0x00): the file is binary, damaged or UTF-16. "
            "Convert it to UTF-8 first, for example with "
            "`iconv -f UTF-16 -t UTF-8 old.txt > new.txt`"
        )
    if not text or text.isspace():
        raise ValueError(f"{path}: the file is empty or holds only blank lines")
    lines = text.replace("\r\n", "\n").split("\n")
    if not lines[-1]:
        lines.pop()  # what follows the last line end is not a line
    return lines


def read_aligned_lines(paths: Sequence[str | os.PathLike[str]]) -> list[list[str]]:
    r"""Reads text files of which line `n` of each belongs to line `n` of the others.

    Args:
        paths: The files.

    Returns:
        The lines of each, as `read_lines` gives them.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the numbers of lines differ, or a file can't be read.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     one, other = Path(folder, "a.txt"), Path(folder, "b.txt")
        ...     _ = one.write_bytes(b"one\ntwo\n"), other.write_bytes(b"1\n2\n")
        ...     read_aligned_lines([one, other])
        [['one', 'two'], ['1', '2']]
    """
    texts = [read_lines(path) for path in paths]
    if len({len(lines) for lines in texts}) > 1:
        pairs = zip(paths, texts, strict=True)
        counts = ", ".join(f"{path} has {len(lines)}" for path, lines in pairs)
        raise ValueError(f"The files must have as many lines: {counts}")
    return texts


def write_lines(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    r"""Writes a text file, gzip if its name ends in `.gz`, so that it is never half there.

    The lines go to `<name>.partial` beside the file, which then takes the file's place. The same
    lines give the same bytes.

    Args:
        path: The file to write or to replace.
        lines: Its lines, without the `\n` that is written after each. They are taken one at a time,
            so a generator of any length is fine.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "text.txt.gz")
        ...     write_lines(path, ["one", "two"])
        ...     read_lines(path)
        ['one', 'two']
    """
    path = Path(path)
    partial = path.with_name(f"{path.name}.partial")
    try:
        with (
            partial.open("wb") as raw,
            _compressed(raw) if path.suffix == ".gz" else raw as binary,
            io.TextIOWrapper(binary, encoding="utf-8", newline="\n") as stream,
        ):
            stream.writelines(f"{line}\n" for line in lines)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def wrong_columns(
    path: str | os.PathLike[str], line_number: int, line: str, found: int, expected: str
) -> ValueError:
    """Makes the error for a line with too few or too many columns.

    Args:
        path: The file.
        line_number: The line's number, counted from 1.
        line: The line itself; the message shows its first 80 characters.
        found: Number of columns of the line.
        expected: What is right, such as `"10 tab-separated columns"`.

    Returns:
        The error, to be raised by the caller.

    Example:
        >>> print(wrong_columns("a.tsv", 3, "one column", 1, "2 tab-separated columns"))
        a.tsv:3: expected 2 tab-separated columns, found 1: 'one column'
    """
    shown = line if len(line) <= 80 else f"{line[:80]}..."
    return ValueError(f"{path}:{line_number}: expected {expected}, found {found}: {shown!r}")


def listed(names: Iterable[str]) -> str:
    r"""Names as they stand in a message of one line.

    Example:
        >>> print(listed(["en", "de\n"]))
        en, 'de\n'
    """
    return ", ".join(name if name.isprintable() else repr(name) for name in names)


def _decompressed(path: str | os.PathLike[str]) -> bytes:
    raw = Path(path).read_bytes()
    if not raw.startswith(GZIP_MAGIC):
        return raw
    try:
        return gzip.decompress(raw)
    except (EOFError, OSError, zlib.error) as error:
        raise ValueError(
            f"{path}: truncated or damaged gzip file ({error}). Download or compress it again"
        ) from error


def _compressed(raw: BinaryIO) -> gzip.GzipFile:
    return gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)  # no name and no time
