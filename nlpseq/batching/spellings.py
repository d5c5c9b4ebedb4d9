"""The characters of a batch, each distinct word once."""

from collections.abc import Callable, Sequence

import numpy as np

# Words of a batch are filled up to a multiple of these, so that few shapes are compiled.
WORDS_MULTIPLE = 128
CHARACTERS_MULTIPLE = 4


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
        >>> batch["spelling_index"]  # rows of the table: "a" is 0, "bcd" is 1
        array([[0, 1, 0],
               [1, 0, 0]], dtype=int32)
        >>> batch["spellings"].shape  # two words, and copies of the first
        (128, 4)
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
        self._full_width = _round_up(table.shape[1], CHARACTERS_MULTIPLE) + CHARACTERS_MULTIPLE
        self._table = np.pad(table, [(0, 0), (0, self._full_width - table.shape[1])])

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
        words = np.concatenate([self._words[row] for row in rows])
        distinct, positions = np.unique(words, return_inverse=True)
        index = np.zeros(mask.shape, np.int32)
        index[mask] = positions
        filler = np.full(-len(distinct) % WORDS_MULTIPLE, distinct[0])
        width = _round_up(int(self._lengths[distinct].max()), CHARACTERS_MULTIPLE)
        table = self._table[
            np.concatenate([distinct, filler]), : self._full_width if full_width else width
        ]
        return {"spellings": table.astype(np.int32), "spelling_index": index}


def _round_up(number: int, multiple: int) -> int:
    return number + -number % multiple
