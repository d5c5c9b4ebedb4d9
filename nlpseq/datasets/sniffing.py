"""What a text file holds whose name does not say it."""

import os
from collections import Counter
from typing import Literal

from nlpseq.datasets.lines import read_lines

# Share of the lines that have as many fields as most of them, in a file of one token a line.
_REGULAR = 0.9


def sniff_format(path: str | os.PathLike[str]) -> Literal["columns", "pairs", "text"]:
    r"""Tells tokens in columns, tab-separated pairs and running text apart.

    Args:
        path: A text file, plain or gzip.

    Returns:
        With tabs `"columns"`, if there are blank lines and what stands before the first tab is
        mostly one word, otherwise `"pairs"`. Without tabs `"columns"`, if there are blank lines and
        nearly all other lines have the same number of fields, two or more, otherwise `"text"`.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the file can't be read.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "a.txt")
        ...     _ = path.write_text("It rains.\n\nIt has rained all day.\n")
        ...     sniff_format(path)
        'text'
    """
    lines = read_lines(path)
    filled = [line for line in lines if line.strip()]
    has_blank = len(filled) < len(lines)
    with_tab = [line for line in filled if "\t" in line]
    if with_tab:
        with_space = sum(" " in line.partition("\t")[0].strip() for line in with_tab)
        return "columns" if has_blank and 2 * with_space < len(filled) else "pairs"
    ((fields, count),) = Counter(len(line.split()) for line in filled).most_common(1)
    is_table = fields > 1 and count >= _REGULAR * len(filled)
    return "columns" if has_blank and is_table else "text"
