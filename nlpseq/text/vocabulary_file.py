"""The file format of a vocabulary: JSON lines that a person can read and diff.

    {"nlpseq_vocabulary": 1, "tokens": 2, "specials": ["<pad>", "<unk>", "<s>", "</s>"]}
    ["the", 731]
    ["fox", 12]

The heading holds the format version and the number of tokens, so that a file cut short is noticed.
Then one line for each token in the order of the ids: the token, and how often it was seen (`null`
if nobody counted). Characters that cannot be seen, such as a tab or a no-break space, are escaped
as JSON does it.
"""

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

FORMAT_VERSION = 1


def format_vocabulary(
    tokens: Sequence[str], counts: Mapping[str, int], specials: Sequence[str]
) -> str:
    r"""Writes tokens and counts as JSON lines.

    Args:
        tokens: The tokens of the text in the order of their ids, without the special ones.
        counts: How often each token was seen; may leave tokens out.
        specials: The special tokens.

    Returns:
        The lines; the last one ends with a line feed, too.

    Example:
        >>> print(format_vocabulary(["fox", "tab\t"], {"fox": 3}, specials=()), end="")
        {"nlpseq_vocabulary": 1, "tokens": 2, "specials": []}
        ["fox", 3]
        ["tab\t", null]
    """
    heading = {
        "nlpseq_vocabulary": FORMAT_VERSION,
        "tokens": len(tokens),
        "specials": list(specials),
    }
    entries = [
        json.dumps([token, counts.get(token)], ensure_ascii=not token.isprintable())
        for token in tokens
    ]
    return "\n".join([json.dumps(heading), *entries]) + "\n"


def parse_vocabulary(
    text: str, name: str, first_line: int = 1
) -> tuple[list[str], dict[str, int], tuple[str, ...]]:
    """Reads what `format_vocabulary` wrote.

    Args:
        text: The JSON lines.
        name: Where they come from, for error messages.
        first_line: Number of the first line there, for error messages.

    Returns:
        The tokens, the counts and the special tokens.

    Raises:
        ValueError: With `name` and line, if the text is malformed or cut short.

    Example:
        >>> parse_vocabulary(format_vocabulary(["fox"], {"fox": 3}, ()), name="fox.jsonl")
        (['fox'], {'fox': 3}, ())
    """
    # Not splitlines(): only a line feed ends a line here.
    heading, *entries = text.split("\n")
    size, specials = _parse_heading(heading, where=f"{name}:{first_line}")
    tokens: list[str] = []
    counts: dict[str, int] = {}
    for number, entry in enumerate(entries[:size], start=first_line + 1):
        if not entry.strip():
            break
        token, count = _parse_entry(entry, where=f"{name}:{number}")
        tokens.append(token)
        if count is not None:
            counts[token] = count
    next_line = f"{name}:{first_line + 1 + len(tokens)}"
    if len(tokens) < size:
        raise ValueError(
            f"{next_line}: the vocabulary ends after {len(tokens)} of {size} tokens. "
            "The file was cut short; copy or make it again"
        )
    if any(entries[size:]):
        raise ValueError(f"{next_line}: expected the end after {size} tokens, found more")
    return tokens, counts, specials


def read_utf8(path: str | PathLike[str]) -> str:
    """Reads a text file without changing its line ends.

    Args:
        path: A UTF-8 file.

    Returns:
        Its text.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: With path and line, if it is not UTF-8.
    """
    data = Path(path).read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line_number = data.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"{path}:{line_number}: not UTF-8 text: {error.reason}, byte {error.start}"
        ) from error


def _parse_heading(line: str, where: str) -> tuple[int, tuple[str, ...]]:
    try:
        heading = json.loads(line)
        version, size, specials = (
            heading["nlpseq_vocabulary"],
            heading["tokens"],
            tuple(heading["specials"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{where}: not a vocabulary: expected a heading such as "
            f'{{"nlpseq_vocabulary": {FORMAT_VERSION}, ...}}, found {line[:80]!r}'
        ) from error
    if version != FORMAT_VERSION:
        raise ValueError(
            f"{where}: this vocabulary has format version {version!r}, and only "
            f"{FORMAT_VERSION} can be read. Was it written by a newer nlpseq?"
        )
    if type(size) is not int or size < 0:
        raise ValueError(f"{where}: `tokens` must be the number of tokens. Received: {size!r}")
    return size, specials


def _parse_entry(line: str, where: str) -> tuple[str, int | None]:
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if (
        not isinstance(entry, list)
        or [type(part) for part in entry] not in ([str, int], [str, type(None)])
        or (entry[1] is not None and entry[1] < 0)
    ):
        raise ValueError(f'{where}: expected ["token", count], found {line[:80]!r}')
    return entry[0], entry[1]
