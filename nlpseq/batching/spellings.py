"""The characters of a batch, each distinct word once."""

from collections.abc import Callable, Sequence

import numpy as np

# Most words are short, and a table is as wide as its longest: two tables have far less padding.
SHORT_SPELLING = 10
# Tables are filled up to multiples of these, so that few shapes are compiled.
SHORT_WORDS_MULTIPLE = 256
LONG_WORDS_MULTIPLE = 128
CHARACTERS_MULTIPLE = 8


class Spellings:
    """Spellings of all tokens of a corpus, from which each batch takes its distinct words.

    Args:
        sentences: The tokens of each sentence.
        spell: Turns words into ids, `(words, longest spelling)`, 0 at padding; such as
            `Speller.spell`.

    Example:
        >>> import numpy as np
        >>> sentences = [["a", "bcd", "a"], ["bcd"]]
        >>> lengths = Spellings(sentences, lambda words: np.array([[1, 0, 0], [2, 3, 4]]))
        >>> batch = lengths.of_batch(np.array([0, 1]), np.array([[1, 1, 1], [1, 0, 0]], bool))
        >>> batch["short_spellings"].shape  # two words, and copies of the first
        (256, 10)
        >>> batch["spellings"].shape  # no long word
        (128, 16)
        >>> batch["spelling_index"] - 128  # rows of the short ones: "a" is 0, "bcd" is 1
        array([[   0,    1,    0],
               [   1, -128, -128]], dtype=int32)
    """

    def __init__(
        self, sentences: Sequence[Sequence[str]], spell: Callable[[Sequence[str]], np.ndarray]
    ) -> None:
        number: dict[str, int] = {}
        self._words = [
            np.array([number.setdefault(token, len(number)) for token in tokens], np.int32)
            for tokens in sentences
        ]
        table = spell(list(number))  # (distinct words, longest spelling)
        self._lengths = (table > 0).sum(axis=1)
        longest = max(table.shape[1], SHORT_SPELLING + 1)
        self._full_width = _round_up(longest, CHARACTERS_MULTIPLE) + CHARACTERS_MULTIPLE
        self._table = np.pad(table, [(0, 0), (0, self._full_width - table.shape[1])])

    def of_batch(
        self, rows: np.ndarray, mask: np.ndarray, full_width: bool = False
    ) -> dict[str, np.ndarray]:
        """Collects the distinct words of some sentences.

        Args:
            rows: Indices of the sentences, `(batch,)`.
            mask: Bool, `(batch, time)`, `True` at their tokens.
            full_width: Whether the table of long words is wider than any other batch needs. Keras
                on TensorFlow takes from the first two batches which axes vary, so one of them must
                do so here.

        Returns:
            `spellings`: int32, `(words, characters)`, a row for each distinct word of more than 10
            ids, filled up to a multiple of 128 rows and 8 characters. `short_spellings`: int32,
            `(words, 10)`, the others, filled up to a multiple of 256 rows. What rows are missing
            repeat a word of the batch, what characters are missing are 0. `spelling_index`:
            int32, `(batch, time)`, each token's row in both tables, one behind the other; 0 at
            padding.
        """
        words = np.concatenate([self._words[row] for row in rows])
        distinct, positions = np.unique(words, return_inverse=True)
        is_short = self._lengths[distinct] <= SHORT_SPELLING
        long = _fill(distinct[~is_short], distinct[0], LONG_WORDS_MULTIPLE)
        short = _fill(distinct[is_short], distinct[is_short.argmax()], SHORT_WORDS_MULTIPLE)
        place = np.where(is_short, len(long) + np.cumsum(is_short) - 1, np.cumsum(~is_short) - 1)
        index = np.zeros(mask.shape, np.int32)
        index[mask] = place[positions]
        longest = max(int(self._lengths[distinct].max()), SHORT_SPELLING + 1)
        width = self._full_width if full_width else _round_up(longest, CHARACTERS_MULTIPLE)
        return {
            "spellings": self._table[long, :width].astype(np.int32),
            "short_spellings": self._table[short, :SHORT_SPELLING].astype(np.int32),
            "spelling_index": index,
        }


def _fill(words: np.ndarray, filler: int, multiple: int) -> np.ndarray:
    """Words, and as many fillers behind them as the next multiple needs, which is not 0."""
    missing = _round_up(max(len(words), 1), multiple) - len(words)
    return np.concatenate([words, np.full(missing, filler)])


def _round_up(number: int, multiple: int) -> int:
    return number + -number % multiple
