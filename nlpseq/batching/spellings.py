"""The characters of a batch, each distinct word once."""

from collections.abc import Callable, Sequence

import numpy as np

from nlpseq.batching.padding import pad

# Words of a batch are filled up to a multiple of these, so that few shapes are compiled.
WORDS_MULTIPLE = 128
CHARACTERS_MULTIPLE = 4
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
        >>> batch["spelling_index"]  # rows of the table: "a" is 0, "bcd" is 1
        array([[0, 1, 0],
               [1, 0, 0]], dtype=int32)
        >>> batch["spellings"].shape  # two words, and copies of the first
        (128, 4)
    """

    def __init__(
        self,
        sentences: Sequence[Sequence[str]],
        spell: Callable[[Sequence[str]], np.ndarray],
        longest: int,
    ) -> None:
        self._sentences = sentences
        self._spell = spell
        self._full_width = _round_up(longest, CHARACTERS_MULTIPLE) + CHARACTERS_MULTIPLE
        self._known: dict[str, np.ndarray] = {}

    def of_batch(
        self, rows: np.ndarray, mask: np.ndarray, full_width: bool = False
    ) -> dict[str, np.ndarray]:
        """Collects the distinct words of some sentences.

        Args:
            rows: Indices of the sentences, `(batch,)`.
            mask: Bool, `(batch, time)`, `True` at their tokens.
            full_width: Whether the table is wider than any other batch needs. Keras on TensorFlow
                takes from the first two batches which axes vary, so one of them must do so here.

        Returns:
            `spellings`: int32, `(words, characters)`, a row for each distinct word, filled up to a
            multiple of 128 rows with the first one again, and to a multiple of 4 characters
            with 0. `spelling_index`: int32, `(batch, time)`, each token's row; 0 at padding.
        """
        number: dict[str, int] = {}
        positions = [
            number.setdefault(token, len(number)) for row in rows for token in self._sentences[row]
        ]
        index = np.zeros(mask.shape, np.int32)
        index[mask] = positions
        spelt = self._spelt(list(number))
        width = _round_up(max(map(len, spelt)), CHARACTERS_MULTIPLE)
        table = pad(spelt, self._full_width if full_width else width)
        filler = np.repeat(table[:1], -len(table) % WORDS_MULTIPLE, axis=0)
        return {"spellings": np.concatenate([table, filler]), "spelling_index": index}

    def _spelt(self, words: list[str]) -> list[np.ndarray]:
        if len(self._known) > REMEMBERED:
            self._known = {}
        new = [word for word in words if word not in self._known]
        if new:
            spelt = zip(new, self._spell(new), strict=True)
            self._known.update((word, ids[ids > 0]) for word, ids in spelt)
        return [self._known[word] for word in words]


def _round_up(number: int, multiple: int) -> int:
    return number + -number % multiple
