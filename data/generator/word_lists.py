"""Word lists: common words, and rare ones kept for dev and test."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words that fit the same place: common ones, and ones kept for dev and test."""

    common: tuple[str, ...]
    rare: tuple[str, ...]


def words(text: str) -> Words:
    """Reads a list such as `"dog cat | badger"`.

    Args:
        text: Words apart by spaces, `_` for a space in a word; those after `|` are rare.

    Returns:
        The two groups.

    Example:
        >>> words("dog cat | badger")
        Words(common=('dog', 'cat'), rare=('badger',))
    """
    common, _, rare = text.partition("|")
    return Words(tuple(common.split()), tuple(rare.split()))


def word_set(text: str) -> frozenset[str]:
    """Reads a list that is only asked what it holds.

    Args:
        text: Words apart by spaces.

    Returns:
        The words.

    Example:
        >>> "cat" in word_set("dog cat")
        True
    """
    return frozenset(text.split())
