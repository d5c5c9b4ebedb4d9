"""The four special tokens that every vocabulary of text begins with.

| id | token | meaning |
|---|---|---|
| 0 | `<pad>` | filler at the end of a row of a batch; never part of a sentence |
| 1 | `<unk>` | a token that the vocabulary does not know |
| 2 | `<s>` | begin of sentence: a decoder's first input |
| 3 | `</s>` | end of sentence: a decoder's last output |

A special token is an id, and not a word: a text that happens to hold the characters `<pad>` never
becomes id 0. Word and character vocabularies read such a word as unknown, SentencePiece as the
characters it is made of.
"""

from collections.abc import Sequence

import numpy as np

PAD_ID = 0
UNKNOWN_ID = 1
BEGIN_ID = 2
END_ID = 3

SPECIALS = ("<pad>", "<unk>", "<s>", "</s>")

# How decoded text shows an unknown token: the sign that SentencePiece uses, too.
UNKNOWN_SIGN = "⁇"


def id_list(token_ids: Sequence[int] | np.ndarray, vocab_size: int) -> list[int]:
    """Checks that something is one row of ids, and gives them as Python integers.

    Args:
        token_ids: Integers from 0 to `vocab_size - 1`, a list or an array of rank 1.
        vocab_size: Number of ids.

    Returns:
        The same integers.

    Raises:
        ValueError: If they are not integers, not of rank 1, or out of range.

    Example:
        >>> id_list(np.array([5, 7], dtype=np.int32), vocab_size=8)
        [5, 7]
    """
    array = np.asarray(token_ids)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        raise ValueError(
            "Ids must be one row of integers. "
            f"Received: shape {array.shape}, dtype {array.dtype}, {token_ids!r}"
        )
    if array.size and not 0 <= array.min() <= array.max() < vocab_size:
        outside = array[(array < 0) | (array >= vocab_size)]
        raise ValueError(f"Ids must be from 0 to {vocab_size - 1}. Received: {outside[0]}")
    ids: list[int] = array.tolist()
    return ids


def strip_specials(token_ids: list[int]) -> list[int]:
    """Keeps the ids that stand for text: what a decoder wrote before it ended.

    Padding and begin ids are left out, the first end id and everything after it too. Unknown ids
    stay: they stand for a token, only nobody knows which.

    Args:
        token_ids: The ids of one sentence.

    Returns:
        The ids that are left.

    Example:
        >>> strip_specials([2, 7, 1, 8, 3, 9, 0])
        [7, 1, 8]
    """
    if END_ID in token_ids:
        token_ids = token_ids[: token_ids.index(END_ID)]
    return [token_id for token_id in token_ids if token_id not in (PAD_ID, BEGIN_ID)]
