"""Characters that are seldom meant: control characters, lost encodings, spaces that look alike."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypedDict

_PATTERNS = {
    "control character": r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]",
    "tab or line end": r"[\t\n\r]",
    "line or paragraph separator": r"[\x85\u2028\u2029]",
    "byte order mark": "\ufeff",
    "zero-width space": r"[\u200b\u2060]",
    "soft hyphen": "\u00ad",
    "direction mark": r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]",
    "replacement character": "\ufffd",
    "private character": r"[\ue000-\uf8ff\U000f0000-\U0010ffff]",
    # What UTF-8 looks like that was read as Latin-1 or Windows-1252.
    "lost encoding": r"[\u00c2\u00c3][\x80-\xbf]|\u00e2\u20ac|\u00f0\u0178",
    "space of another kind": r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]",
    "two spaces in a row": "  ",
    "space at an edge": r"\A\s|\s\Z",
}
_CHECKS: dict[str, Callable[[str], object]] = {
    **{kind: re.compile(pattern).search for kind, pattern in _PATTERNS.items()},
    "not in composed form (NFC)": lambda text: not unicodedata.is_normalized("NFC", text),
}


class Oddity(TypedDict):
    """In how many rows a kind of character is, and the first of them, in ASCII."""

    rows: int
    first: int
    example: str


def odd_characters(rows: Iterable[Sequence[str]]) -> dict[str, Oddity]:
    r"""Counts the rows with characters that are seldom meant.

    Not all of them are mistakes: French has no-break spaces before `!`. What matters is to know of
    them, since `str.split()` and a split at `" "` make different words of such a text.

    Args:
        rows: For each row its texts, such as its tokens or one sentence.

    Returns:
        By kind the number of rows, that of the first from 0, and the text it was found in; only
        kinds that were found.

    Example:
        >>> odd_characters([["fine"], ["end\ufeff", "e\u0301"]])["byte order mark"]
        {'rows': 1, 'first': 1, 'example': "'end\\ufeff'"}
    """
    found: dict[str, Oddity] = {}
    for number, texts in enumerate(rows):
        kinds: dict[str, tuple[str, object]] = {}
        for text in texts:
            if not _is_plain(text):
                kinds |= {
                    kind: (text, odd) for kind, check in _CHECKS.items() if (odd := check(text))
                }
        for kind, (text, odd) in kinds.items():
            if kind not in found:
                found[kind] = Oddity(rows=0, first=number, example=_shown(text, odd))
            found[kind]["rows"] += 1
    return found


def _is_plain(text: str) -> bool:
    """Whether it can be seen at once that nothing is odd: for most rows, in most languages."""
    printable = text.isascii() and text.isprintable()
    return printable and "  " not in text and text[:1] != " " != text[-1:]


def _shown(text: str, odd: object) -> str:
    """The text around what is odd."""
    start = max(0, odd.start() - 20) if isinstance(odd, re.Match) else 0
    return ascii(text[start : start + 50])
