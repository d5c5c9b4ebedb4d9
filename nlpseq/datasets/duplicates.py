"""Rows that are there twice."""

from collections.abc import Iterable, Sequence

from nlpseq.datasets.text_hash import text_hash


def duplicate_rows(texts: Iterable[str | Sequence[str]]) -> list[int]:
    """Finds the rows whose text an earlier row has.

    Args:
        texts: For each row a string or a sequence of strings, such as its tokens or the two sides
            of a pair. Read once; 8 bytes of each are kept.

    Returns:
        The numbers of the rows, from 0: all but the first of those that are alike.
        Empty rows don't count.

    Example:
        >>> duplicate_rows(["Hello.", "Thanks.", "Hello.", "Hello."])
        [2, 3]
    """
    seen: set[int] = set()
    rows = []
    for row, text in enumerate(texts):
        if not any(text):
            continue
        number = text_hash(text)
        if number in seen:
            rows.append(row)
        seen.add(number)
    return rows
