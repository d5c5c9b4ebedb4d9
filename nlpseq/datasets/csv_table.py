"""Comma-separated values with a header line."""

import csv
import os

import datasets as hf

from nlpseq.datasets.lines import listed, read_lines, wrong_columns


def read_csv(path: str | os.PathLike[str]) -> hf.Dataset:
    r"""Reads a CSV file whose first line names its columns.

    Args:
        path: The file, plain or gzip. Values may be quoted with `"` and then hold commas and line
            ends.

    Returns:
        A data set with a column of strings for each name, such as `en` and `de`.

    Raises:
        ValueError: If a row has more or fewer values than the header, or if two columns have the
            same name.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.csv")
        ...     _ = path.write_text('en,de\n"Yes, please.","Ja, bitte."\n')
        ...     read_csv(path)[0]
        {'en': 'Yes, please.', 'de': 'Ja, bitte.'}

    Reference:
        https://www.rfc-editor.org/rfc/rfc4180
    """
    lines = read_lines(path)
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    try:
        header = next(row for row in reader if row)
        if len(set(header)) != len(header):
            raise ValueError(f"{path}:1: expected different column names, found {header}")
        columns: dict[str, list[str]] = {name: [] for name in header}
        for row in reader:
            if len(row) not in (0, len(header)):  # a blank line is no row
                line = lines[reader.line_num - 1]
                expected = f"{len(header)} comma-separated values ({listed(header)})"
                raise wrong_columns(path, reader.line_num, line, len(row), expected)
            for name, value in zip(header, row, strict=False):
                columns[name].append(value)
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: not CSV: {error}") from error
    features = hf.Features({name: hf.Value("string") for name in header})
    return hf.Dataset.from_dict(columns, features=features)
