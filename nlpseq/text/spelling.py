"""Words to the ids of their characters."""

from collections.abc import Sequence

import numpy as np

from nlpseq.text.specials import BEGIN_ID, END_ID, PAD_ID
from nlpseq.text.vocabulary import Vocabulary

MAX_WORD_LENGTH = 24


class Speller:
    """Spells words: the begin id, an id for each character, the end id.

    Of a word with more than `max_length` characters the first and the last ones are kept, half of
    each: prefix and suffix say more about a word than its middle does, and one long web address
    should not make a whole batch wide.

    Args:
        characters: The vocabulary of characters, with the special tokens.
        max_length: Most characters of a word, at least 2.

    Raises:
        ValueError: If `max_length` is below 2.

    Example:
        >>> speller = Speller(Vocabulary(["a", "b", "c"]), max_length=4)
        >>> speller.spell(["ab", "abxxxxbc"])  # 2 begins a word, 3 ends it, 1 is unknown, 0 padding
        array([[2, 4, 5, 3, 0, 0],
               [2, 4, 5, 5, 6, 3]], dtype=int32)
    """

    def __init__(self, characters: Vocabulary, max_length: int = MAX_WORD_LENGTH) -> None:
        if max_length < 2:
            raise ValueError(f"`max_length` must be at least 2. Received: max_length={max_length}")
        self.characters = characters
        self.max_length = max_length

    def spell(self, words: Sequence[str]) -> np.ndarray:
        """Spells words.

        Args:
            words: Strings; an empty one has begin and end only.

        Returns:
            Int32, `(words, longest spelling)`, padded on the right.
        """
        half = self.max_length // 2
        rows = []
        for word in words:
            if len(word) > self.max_length:
                word = word[: self.max_length - half] + word[-half:]
            rows.append(self.characters.encode(list(word)))
        table = np.full((len(rows), max(map(len, rows), default=0) + 2), PAD_ID, np.int32)
        for row, ids in zip(table, rows, strict=True):
            row[0] = BEGIN_ID
            row[1 : len(ids) + 1] = ids
            row[len(ids) + 1] = END_ID
        return table
