"""Running text: a row for each line of a file."""

import os

import datasets as hf

from nlpseq.datasets.lines import read_lines


def read_text(path: str | os.PathLike[str]) -> hf.Dataset:
    r"""Reads a text file, a text a line.

    Args:
        path: The file, plain or gzip.

    Returns:
        Rows of `text`; those of blank lines are empty.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the file can't be read.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "a.txt")
        ...     _ = path.write_text("It rains.\n\nIt pours.\n")
        ...     read_text(path)["text"][:]
        ['It rains.', '', 'It pours.']
    """
    return hf.Dataset.from_dict({"text": read_lines(path)})
