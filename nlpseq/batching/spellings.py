"""The characters of a batch, each distinct word once."""

from collections.abc import Callable, Sequence

import numpy as np

from nlpseq.batching.padding import pad

# Most words are short, and a table is as wide as its longest: two tables have far less padding.
SHORT_SPELLING = 10
# Tables are filled up to multiples of these, so that few shapes are compiled.
SHORT_WORDS_MULTIPLE = 256
LONG_WORDS_MULTIPLE = 128
CHARACTERS_MULTIPLE = 8
REMEMBERED = 100_000  # spellings


class Spellings:
    """Spells the distinct words of each batch.

    Args:
        sentences: The tokens of each sentence.
        spell: Turns words into ids, `(words, longest spelling)`, 0 at padding; such as
            `Speller.spell`. Frequent words are spelt once and remembered.
        longest: Most ids of a word.

    Example:
        >>> import numpy as np
        >>> ids = {"a": [1, 0, 0], "bcd": [2, 3, 4]}
        >>> spell = lambda words: np.array([ids[word] for word in words])
        >>> spellings = Spellings([["a", "bcd", "a"], ["bcd"]], spell, longest=3)
        >>> batch = spellings.of_batch(np.array([0, 1]), np.array([[1, 1, 1], [1, 0, 0]], bool))
        >>> batch["short_spellings"].shape  # two words, and copies of the first
        (256, 10)
        >>> batch["spellings"].shape  # no long word
        (128, 16)
        >>> batch["spelling_index"] - 128  # rows of the short ones: "a" is 0, "bcd" is 1
        array([[   0,    1,    0],
               [   1, -128, -128]], dtype=int32)
    """

    def __init__(
        self,
        sentences: Sequence[Sequence[str]],
        spell: Callable[[Sequence[str]], np.ndarray],
        longest: int,
    ) -> None:
        self._sentences = sentences
        self._spell = spell
        longest = max(longest, SHORT_SPELLING + 1)
        self._full_width = _round_up(longest, CHARACTERS_MULTIPLE) + CHARACTERS_MULTIPLE
        self._known: dict[str, np.ndarray] = {}

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
        number: dict[str, int] = {}
        positions = [
            number.setdefault(token, len(number)) for row in rows for token in self._sentences[row]
        ]
        spelt = self._spelt(list(number))
        lengths = np.array([len(ids) for ids in spelt])
        is_short = lengths <= SHORT_SPELLING
        longest = max(int(lengths.max()), SHORT_SPELLING + 1)
        width = self._full_width if full_width else _round_up(longest, CHARACTERS_MULTIPLE)
        long_words = [ids for ids, short in zip(spelt, is_short, strict=True) if not short]
        short_words = [ids for ids, short in zip(spelt, is_short, strict=True) if short]
        long = _table(long_words, spelt[0], width, LONG_WORDS_MULTIPLE)
        short = _table(short_words, spelt[0], SHORT_SPELLING, SHORT_WORDS_MULTIPLE)
        place = np.where(is_short, len(long) + np.cumsum(is_short) - 1, np.cumsum(~is_short) - 1)
        index = np.zeros(mask.shape, np.int32)
        index[mask] = place[positions]
        return {"spellings": long, "short_spellings": short, "spelling_index": index}

    def _spelt(self, words: list[str]) -> list[np.ndarray]:
        if len(self._known) > REMEMBERED:
            self._known = {}
        new = [word for word in words if word not in self._known]
        if new:
            spelt = zip(new, self._spell(new), strict=True)
            self._known.update((word, ids[ids > 0]) for word, ids in spelt)
        return [self._known[word] for word in words]


def _table(words: list[np.ndarray], filler: np.ndarray, width: int, multiple: int) -> np.ndarray:
    """Words below each other, and the filler in the rows up to the next multiple but 0."""
    rows = _round_up(max(len(words), 1), multiple)
    table = pad([*words, filler[:width]], width)
    return table[np.minimum(np.arange(rows), len(words))]


def _round_up(number: int, multiple: int) -> int:
    return number + -number % multiple
