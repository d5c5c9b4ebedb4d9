"""Rows of a test set that are also in the training set."""

from collections.abc import Iterable, Sequence

from nlpseq.datasets.text_hash import text_hash


def leaked_rows(
    train: Iterable[str | Sequence[str]], held_out: Iterable[str | Sequence[str]]
) -> list[int]:
    """Finds the rows of a held-out set whose text is, letter for letter, in the training set.

    A score on such rows says what a model remembers, and not what it has understood.

    Args:
        train: For each row of the training set a string or a sequence of strings, such as its
            tokens. Read once; 8 bytes of each are kept.
        held_out: The same for a dev or test set.

    Returns:
        The numbers of the rows of `held_out`, from 0. Empty rows don't count.

    Example:
        >>> leaked_rows([["a", "dog"], ["a", "fox"]], [["a", "fox"], ["the", "dog"]])
        [0]
    """
    known = set(map(text_hash, train))
    return [row for row, text in enumerate(held_out) if any(text) and text_hash(text) in known]
