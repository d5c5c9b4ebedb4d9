"""CoNLL-U treebanks, read and written.

A sentence is its words. Multiword-token ranges (`19-20`) and empty nodes (`8.1`) are not words:
they are kept aside, in the column `extras`, so that a file can be written back.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import datasets as hf
from datasets.table import InMemoryTable

from nlpseq.datasets.lines import read_lines, write_lines, wrong_columns
from nlpseq.datasets.roles import label_strings

# The columns 2 to 10 of a line, in order; the first is the word's number.
_COLUMNS = ("tokens", "lemmas", "upos", "xpos", "feats", "heads", "deprels", "deps", "misc")
_FEATURES = {
    **{column: hf.List(hf.Value("string")) for column in _COLUMNS},
    "comments": hf.List(hf.Value("string")),
    "extras": hf.List({"before": hf.Value("int32"), "line": hf.Value("string")}),
}
_RANGE_OR_EMPTY_NODE = re.compile(r"\d+-\d+|\d+\.\d+")


def read_conllu(path: str | os.PathLike[str]) -> hf.Dataset:
    r"""Reads a CoNLL-U file, one row a sentence.

    All values are strings as they stand in the file: `_` is a token where it is a FORM, and "none"
    elsewhere, which for `feats` is a value to predict like any other.

    Args:
        path: A `.conllu` file, plain or gzip.

    Returns:
        A data set with the list columns `tokens`, `lemmas`, `upos`, `xpos`, `feats`, `heads`,
        `deprels`, `deps` and `misc`, one value a word; `comments`, the lines before the sentence
        that start with `#`; and `extras`, the lines between its words that are not words, each
        with the number of words before it.

    Raises:
        ValueError: If a line has not 10 tab-separated columns, if the words of a sentence are not
            numbered 1, 2, 3, ..., or if there are comments without a sentence.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> words = ["1 Go go VERB VB _ 0 root _ _", "2 ! ! PUNCT . _ 1 punct _ _"]
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.conllu")
        ...     _ = path.write_text("\n".join(words).replace(" ", "\t") + "\n\n")
        ...     dataset = read_conllu(path)
        >>> dataset[0]["tokens"], dataset[0]["upos"]
        (['Go', '!'], ['VERB', 'PUNCT'])

    Reference:
        https://universaldependencies.org/format.html
    """
    sentences: dict[str, list] = {column: [] for column in _FEATURES}
    comments: list[str] = []
    words: list[list[str]] = []
    extras: list[dict[str, int | str]] = []
    for line_number, line in enumerate([*read_lines(path), ""], start=1):
        if line.startswith("#"):
            if words or extras:
                extras.append({"before": len(words), "line": line})
            else:
                comments.append(line)
        elif line.strip():
            fields = line.split("\t")
            if len(fields) != 10:
                raise wrong_columns(
                    path, line_number, line, len(fields), "10 tab-separated columns"
                )
            if fields[0] == str(len(words) + 1):
                words.append(fields)
            elif _RANGE_OR_EMPTY_NODE.fullmatch(fields[0]):
                extras.append({"before": len(words), "line": line})
            else:
                raise ValueError(
                    f"{path}:{line_number}: expected word number {len(words) + 1}, found "
                    f"{fields[0]!r}. Number the words of each sentence 1, 2, 3, ... and end each "
                    "sentence with an empty line"
                )
        elif words:
            _, *columns = zip(*words, strict=True)
            for name, values in zip(_COLUMNS, columns, strict=True):
                sentences[name].append(values)
            sentences["comments"].append(comments)
            sentences["extras"].append(extras)
            comments, words, extras = [], [], []
        elif comments or extras:
            raise ValueError(
                f"{path}:{line_number}: expected a sentence after {[*comments, *extras][-1]!r}, "
                "found no words. Remove the comment, or the empty line after it"
            )
    # Not Dataset.from_dict: it visits every list in Python, which takes four times as long.
    schema = hf.Features(_FEATURES).arrow_schema
    return hf.Dataset(InMemoryTable.from_pydict(sentences, schema=schema))


def write_conllu(
    dataset: hf.Dataset | Iterable[Mapping[str, Any]], path: str | os.PathLike[str]
) -> None:
    r"""Writes a data set as a CoNLL-U file, with its comments, ranges and empty nodes.

    What `read_conllu` read from a file with one empty line after each sentence is written back
    byte for byte. Columns that the data set lacks are written as `_`, so a data set with `tokens`
    and `upos` is enough. The file is complete or not there at all.

    Args:
        dataset: Sentences with at least the column `tokens`; the others as `read_conllu` names
            them, labels as strings, whole numbers or `ClassLabel`. Or rows, as for `conllu_lines`,
            which are taken one at a time.
        path: The file to write; a name that ends in `.gz` makes it gzip.

    Raises:
        ValueError: If a sentence has more or fewer values in a column than tokens, or if a value
            holds a tab or a line end, which CoNLL-U cannot hold.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> import datasets
        >>> dataset = datasets.Dataset.from_dict({"tokens": [["Go"]], "upos": [["VERB"]]})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.conllu")
        ...     write_conllu(dataset, path)
        ...     print(path.read_text().expandtabs(4).strip())
        1   Go  _   VERB    _   _   _   _   _   _
    """
    rows = _string_rows(dataset) if isinstance(dataset, hf.Dataset) else dataset
    write_lines(path, conllu_lines(rows))


def conllu_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Writes rows as the lines of a CoNLL-U file, one sentence after the other.

    Rows of `read_conllu` with other labels, `{**row, "upos": labels}`, give the lines of the file
    with that column changed and all else as it was.

    Args:
        rows: Sentences as dictionaries with at least `tokens`; the others as `read_conllu` names
            them, all values strings.

    Yields:
        The lines, without line ends; an empty one after each sentence.

    Raises:
        ValueError: As `write_conllu`, or if a row has no `tokens` or values that are not strings.

    Example:
        >>> rows = [{"comments": ["# sent_id = 1"], "tokens": ["Go"], "upos": ["_"]}]
        >>> predicted = [["VERB"]]
        >>> changed = ({**row, "upos": upos} for row, upos in zip(rows, predicted, strict=True))
        >>> [line.expandtabs(4) for line in conllu_lines(changed)]
        ['# sent_id = 1', '1   Go  _   VERB    _   _   _   _   _   _', '']
    """
    for number, row in enumerate(rows):
        if "tokens" not in row:
            raise ValueError(f"dataset[{number}]: there is no column `tokens`: {list(row)}")
        lines = _word_lines(number, row)
        for extra in reversed(row.get("extras") or ()):  # so that the places before stay right
            lines.insert(extra["before"], extra["line"])
        yield from row.get("comments") or ()
        yield from lines
        yield ""


def _string_rows(dataset: hf.Dataset) -> Iterator[dict[str, Any]]:
    """The rows of a data set, with names for the numbers of a `ClassLabel`."""
    label_columns = ["tokens", *(name for name in _COLUMNS[1:] if name in dataset.column_names)]
    columns = {name: label_strings(dataset, name) for name in label_columns}
    for name in ("comments", "extras"):
        if name in dataset.column_names:
            columns[name] = dataset.with_format(None)[name][:]
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _word_lines(number: int, row: Mapping[str, Any]) -> list[str]:
    tokens = row["tokens"]
    columns = [row.get(name, ["_"] * len(tokens)) for name in _COLUMNS]
    for name, values in zip(_COLUMNS, columns, strict=True):
        if len(values) != len(tokens):
            raise ValueError(
                f"dataset[{number}]: `tokens` has {len(tokens)} values, but `{name}` has "
                f"{len(values)}"
            )
    lines = []
    for word, fields in enumerate(zip(*columns, strict=True), start=1):
        try:
            line = "\t".join((str(word), *fields))
        except TypeError:
            raise ValueError(
                f"dataset[{number}]: the values of word {word} must be strings. Received: {fields}"
            ) from None
        if line.count("\t") != 9 or "\n" in line:
            raise ValueError(
                f"dataset[{number}]: a value of word {word} holds a tab or a line end, which "
                f"CoNLL-U cannot hold. Received: {fields}"
            )
        lines.append(line)
    return lines
