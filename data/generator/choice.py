"""Random choices that a grammar makes, all from one seeded source."""

import random
from collections.abc import Sequence
from typing import TypeVar

from word_lists import Words

T = TypeVar("T")


class Choice:
    """Draws words and alternatives.

    Args:
        rng: Source of all randomness.
        rare_share: Chance that a word is drawn from the rare ones of its list, where it has any.

    Example:
        >>> choice = Choice(random.Random(0))
        >>> choice.one(["tea", "coffee"]) in {"tea", "coffee"}
        True
    """

    def __init__(self, rng: random.Random, rare_share: float = 0.0) -> None:
        self.rng = rng
        self.rare_share = rare_share

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.rng.random() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, all alike."""
        return low + int(self.rng.random() * (high - low + 1))

    def one(self, options: Sequence[T]) -> T:
        """One option, all alike."""
        return options[int(self.rng.random() * len(options))]

    def early(self, options: Sequence[T]) -> T:
        """One option, the earlier ones more often, as some words are in real text."""
        place = self.rng.random()
        return options[int(len(options) * place * (0.05 + 0.95 * place))]

    def weighted(self, options: dict[T, float]) -> T:
        """One option by its weight."""
        mark = self.rng.random() * sum(options.values())
        for option, weight in options.items():
            mark -= weight
            if mark < 0:
                return option
        return option

    def pick(self, words: Words) -> str:
        """A word of a list: an early one more often, a rare one with chance `rare_share`."""
        if words.rare and self.chance(self.rare_share):
            return self.one(words.rare)
        return self.early(words.common)
