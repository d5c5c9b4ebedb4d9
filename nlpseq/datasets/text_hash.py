"""A number that stands for a text: the same in every process, on every machine, for ever."""

import hashlib
from collections.abc import Sequence


def text_hash(text: str | Sequence[str]) -> int:
    """Hashes the text of a row.

    Args:
        text: A string, or the tokens of a sentence.

    Returns:
        A whole number of 64 bits, evenly spread.

    Example:
        >>> text_hash("A dog runs.") == text_hash("A dog runs.")
        True
        >>> text_hash(["a", "b"]) == text_hash(["a b"])
        False

    Reference:
        BLAKE2b, https://www.rfc-editor.org/rfc/rfc7693
    """
    if not isinstance(text, str):
        text = "\0".join(text)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
