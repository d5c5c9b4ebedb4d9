"""Words and labels of a test set that the training set does not have."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypedDict


class Unseen(TypedDict):
    """`tokens`: how many there are; `unseen`: how many of them are new; `most`: which ones."""

    tokens: int
    unseen: int
    share: float
    most: list[str]


def unseen_tokens(
    train: Iterable[Sequence[str]], held_out: Iterable[Sequence[str]], most: int = 5
) -> Unseen:
    """Counts the tokens of a held-out set that are nowhere in the training set.

    Args:
        train: The tokens (or labels) of each sentence of the training set.
        held_out: The same of a dev or test set.
        most: How many of the new tokens are named, the most frequent ones.

    Returns:
        All tokens and the new ones, counted again and again as they come.

    Example:
        >>> unseen_tokens([["a", "dog"]], [["a", "cat"], ["the", "cat"]])
        {'tokens': 4, 'unseen': 3, 'share': 0.75, 'most': ['cat', 'the']}
    """
    known = {token for tokens in train for token in tokens}
    counts = Counter(token for tokens in held_out for token in tokens)
    new = Counter({token: count for token, count in counts.items() if token not in known})
    total, unseen = counts.total(), new.total()
    return Unseen(
        tokens=total,
        unseen=unseen,
        share=unseen / total if total else 0.0,
        most=[token for token, _ in new.most_common(most)],
    )
