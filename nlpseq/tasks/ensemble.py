"""What the members of an ensemble must have in common."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from nlpseq.text.tokenizer import Tokenizer

Sides = tuple[str, str]
Tokenizers = tuple[Tokenizer, Tokenizer]


def check_members(members: Sequence[tuple[Sides, Tokenizers]]) -> None:
    """Makes sure that translators speak of the same ids.

    Args:
        members: For each translator the names of its sides, and the tokenizers of both.

    Raises:
        ValueError: If there is no translator, or sides or tokenizers differ.

    Example:
        >>> from nlpseq.text.tokenizer import TOKENIZERS
        >>> one, other = (TOKENIZERS["words"].train([text], vocab_size=9) for text in ("a", "b"))
        >>> check_members([(("en", "de"), (one, one)), (("en", "de"), (one, other))])
        Traceback (most recent call last):
        ...
        ValueError: The members of an ensemble must have the same tokenizers. Received: ...
    """
    if not members:
        raise ValueError("An ensemble must have at least one translator. Received: none")
    sides, tokenizers = members[0]
    for number, (other_sides, other_tokenizers) in enumerate(members[1:], start=2):
        if other_sides != sides:
            raise ValueError(
                "The members of an ensemble must have the same sides. Received: "
                f"{' to '.join(sides)}, and {' to '.join(other_sides)} in translator {number}"
            )
        pairs = zip(("source", "target"), tokenizers, other_tokenizers, strict=True)
        for side, one, other in pairs:
            if not _are_same(one, other):
                raise ValueError(
                    "The members of an ensemble must have the same tokenizers. Received: another "
                    f"{side} tokenizer in translator {number} than in the first. Train them on the "
                    "same data, with the same `tokenizer` and `vocab_size`"
                )


def _are_same(one: Tokenizer, other: Tokenizer) -> bool:
    """Whether they are saved as the same file."""
    if one is other or one.kind != other.kind:
        return one is other
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "one", Path(folder) / "other"]
        for path, tokenizer in zip(paths, (one, other), strict=True):
            tokenizer.save(path)
        return paths[0].read_bytes() == paths[1].read_bytes()
