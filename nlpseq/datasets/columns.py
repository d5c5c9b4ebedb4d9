"""One token a line with its labels in further columns, sentences apart by blank lines."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence

import datasets as hf

from nlpseq.datasets.lines import read_lines, write_lines, wrong_columns

_SPACES = re.compile(r"[ \t]+")
_DOCUMENT_START = "-DOCSTART-"


def read_columns(
    path: str | os.PathLike[str], columns: Sequence[str | None] | None = None
) -> hf.Dataset:
    r"""Reads a CoNLL-style file (CoNLL-2003, IOB, BIO, BIOES, ...), one row a sentence.

    - If half of the token lines or more have a tab, columns are apart by single tabs and a form may
      hold spaces; otherwise by runs of spaces.
    - A form may be empty (`<TAB>O`); a label may not.
    - Every line that is blank after stripping ends a sentence, also one that holds only spaces
      or tabs.
    - `#` at the start of a line is a token like any other: the format has no comments.
    - `-DOCSTART-` lines (CoNLL-2003) are dropped.

    Args:
        path: The file, plain or gzip.
        columns: A name for each column of the file, in order; `None` or `"_"` skips a column. One
            of them must be `"tokens"`. By default the first column is `tokens` and the last one
            `tags`.

    Returns:
        A data set with a list of strings in each named column.

    Raises:
        ValueError: If a line has more or fewer columns than the first, if a label is empty, or
            if `columns` does not fit the file.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.conll")
        ...     _ = path.write_text("Ada\tB-PER\nslept\tO\n\nGo\tO\n")
        ...     dataset = read_columns(path)
        >>> dataset["tokens"][:], dataset["tags"][:]
        ([['Ada', 'slept'], ['Go']], [['B-PER', 'O'], ['O']])

    Reference:
        Tjong Kim Sang and De Meulder (2003), section 2.2, https://aclanthology.org/W03-0419
    """
    lines = read_lines(path)
    width = 0  # until the first token line
    with_tabs = 0 < 2 * sum("\t" in line for line in lines) >= sum(bool(x.strip()) for x in lines)
    names: list[str | None] = []
    sentences: dict[str, list] = {}
    sentence: list[list[str]] = []
    for line_number, line in enumerate([*lines, ""], start=1):
        if not line.strip() or line.startswith(_DOCUMENT_START):
            if sentence:
                for name, values in zip(names, zip(*sentence, strict=True), strict=True):
                    if name is not None:
                        sentences[name].append(values)
                sentence = []
            continue
        fields = line.rstrip(" ").split("\t") if with_tabs else _SPACES.split(line.rstrip())
        if not width:
            width = len(fields)
            names = _column_names(columns, width, f"{path}:{line_number}")
            sentences = {name: [] for name in names if name is not None}
        if len(fields) != width:
            kind = "tab-separated" if with_tabs else "space-separated"
            raise wrong_columns(path, line_number, line, len(fields), f"{width} {kind} columns")
        if "" in fields:
            _check_labels(fields, names, f"{path}:{line_number}")
        sentence.append(fields)
    if not width:
        raise ValueError(f"{path}: the file holds no token")
    features = hf.Features({name: hf.List(hf.Value("string")) for name in sentences})
    return hf.Dataset.from_dict(sentences, features=features)


def write_columns(
    sentences: Iterable[Iterable[Sequence[str]]], path: str | os.PathLike[str]
) -> None:
    r"""Writes one token a line with its labels.

    `read_columns` reads the same again, but for sentences without tokens and `-DOCSTART-` tokens,
    which it drops. The file is complete or not there at all.

    Args:
        sentences: As for `column_lines`, for instance what `Tagger.predict` gives.
        path: The file to write; a name that ends in `.gz` makes it gzip.

    Raises:
        ValueError: As `column_lines`; the file is then not written.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.conll")
        ...     write_columns([[("Ada", "B-PER"), ("slept", "O")], [("Go", "O")]], path)
        ...     path.read_text()
        'Ada\tB-PER\nslept\tO\n\nGo\tO\n\n'
    """
    write_lines(path, column_lines(sentences))


def column_lines(sentences: Iterable[Iterable[Sequence[str]]]) -> Iterator[str]:
    r"""Writes sentences as lines of tab-separated columns, one sentence after the other.

    Args:
        sentences: For each token its form and at least one label. They are taken one at a time, so
            a generator of any length is fine.

    Yields:
        The lines, without line ends; an empty one after each sentence, also after one without
        tokens.

    Raises:
        ValueError: If a token has no label or not as many as the first, if a label is empty or ends
            in white space, or if a value holds a tab or a line end.

    Example:
        >>> list(column_lines([[("Ada", "NNP", "B-PER")]]))
        ['Ada\tNNP\tB-PER', '']
    """
    width = 0  # until the first token
    for number, sentence in enumerate(sentences, start=1):
        for position, fields in enumerate(sentence, start=1):
            place = f"sentence {number}, token {position}"
            width = width or max(2, len(fields))
            if len(fields) != width:
                raise ValueError(
                    f"{place}: expected a form and {width - 1} labels. Received: {fields}"
                )
            line = "\t".join(fields)
            if line.count("\t") != width - 1 or "\n" in line or "\r" in line:
                raise ValueError(
                    f"{place}: a value holds a tab or a line end, which a file of columns cannot "
                    f"hold. Received: {fields}"
                )
            if any(not label or label[-1].isspace() for label in fields[1:]):
                raise ValueError(
                    f"{place}: a label must not be empty or end in white space. Received: {fields}"
                )
            yield line
        yield ""


def _column_names(columns: Sequence[str | None] | None, width: int, place: str) -> list[str | None]:
    if columns is None:
        if width < 2:
            raise ValueError(f"{place}: expected a token and its labels, found 1 column")
        return ["tokens", *[None] * (width - 2), "tags"]
    names = [None if name == "_" else name for name in columns]
    named = [name for name in names if name is not None]
    if "tokens" not in named or len(set(named)) != len(named):
        raise ValueError(
            '`columns` must name different columns, one of them "tokens". '
            f"Received: columns={tuple(columns)}"
        )
    if len(names) != width:
        raise ValueError(
            f"{place}: `columns` names {len(names)} columns, the line has {width}. Give a name to "
            f"each column, None to skip it. Received: columns={tuple(columns)}"
        )
    return names


def _check_labels(fields: list[str], names: list[str | None], place: str) -> None:
    for name, value in zip(names, fields, strict=True):
        if name not in (None, "tokens") and not value:
            raise ValueError(
                f"{place}: the column {name!r} is empty: {fields}. Write O for no label"
            )
