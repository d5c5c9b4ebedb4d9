"""Which source words the words of a translation come from: weights, links, Pharaoh lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

Link = tuple[int, int]  # the places of a source word and of a target word, from 0


class Words(NamedTuple):
    """The words that tokens make up, and the place of the word of each token."""

    words: list[str]
    word_of: list[int]


@dataclass(frozen=True, eq=False)
class Alignment:
    """How much a translation looks at each part of its source.

    Attributes:
        source_tokens: The source as the model reads it, the end token included: it may look there.
        target_tokens: The target as the model says it, the end token included.
        weights: Float32, `(target_tokens, source_tokens)`; each row sums to 1.
        source_words: The words that the source tokens make up.
        target_words: The words that the target tokens make up.
        word_weights: Float32, `(target_words, source_words)`, as `word_weights` makes them.
    """

    source_tokens: list[str]
    target_tokens: list[str]
    weights: np.ndarray
    source_words: list[str]
    target_words: list[str]
    word_weights: np.ndarray

    @property
    def links(self) -> list[Link]:
        """Each target word with the source word it looks at most, sorted by the source."""
        rows = enumerate(self.word_weights)
        # A word has no weights where the other side has no word, or a token holds several words.
        return sorted((int(row.argmax()), target) for target, row in rows if row.any())


def words_between_spaces(tokens: Sequence[str]) -> Words:
    """Puts tokens that hold their own spaces together to words.

    A token belongs to the word of its first character that is not a space. One of spaces alone
    belongs to the word behind it, or at the end to the last one.

    Args:
        tokens: Pieces of a text, which give the text when they are joined.

    Returns:
        The words, and the place of each token's word; of tokens without a word, nothing.

    Example:
        >>> words_between_spaces([" the", " ", "o", "ld", " dog", "s"])
        Words(words=['the', 'old', 'dogs'], word_of=[0, 1, 1, 1, 2, 2])
    """
    text = "".join(tokens)
    words = text.split()
    begins = (before.isspace() and not char.isspace() for before, char in pairwise(f" {text}"))
    begun = list(accumulate(begins, initial=0))  # words that begin before each character
    word_of, end = [], 0
    for token in tokens:
        start, end = end, end + len(token)
        spaces = len(token) - len(token.lstrip())
        place = begun[start] if spaces == len(token) else begun[start + spaces + 1] - 1
        word_of.append(min(place, len(words) - 1))
    return Words(words, word_of if words else [])


def word_weights(weights: np.ndarray, source: Words, target: Words) -> np.ndarray:
    """Turns weights of tokens into weights of words.

    The weights of a source word's tokens are summed up, and of a target word's tokens the mean is
    taken. So what a row lacks to 1 is the weight of the source's end token.

    Args:
        weights: Float, `(target_tokens, source_tokens)`. Rows and columns behind the tokens of
            words, those of the end tokens, are left out.
        source: Words of the source tokens.
        target: Words of the target tokens.

    Returns:
        Float32, `(target_words, source_words)`.

    Example:
        >>> source, target = Words(["old", "dog"], [0, 1, 1]), Words(["Hund"], [0, 0])
        >>> weights = np.array([[0.25, 0.25, 0.5, 0.0], [0.25, 0.0, 0.25, 0.5], [0, 0, 0, 1]])
        >>> word_weights(weights, source, target)
        array([[0.25, 0.5 ]], dtype=float32)

    Reference:
        Clark et al. (2019), section 4.1, https://aclanthology.org/W19-4828
    """
    sums = np.zeros((len(target.words), len(source.words)), dtype=np.float32)
    for row, target_word in enumerate(target.word_of):
        np.add.at(sums[target_word], source.word_of, weights[row, : len(source.word_of)])
    tokens = np.bincount(target.word_of, minlength=len(target.words))
    return sums / np.maximum(tokens, 1)[:, None].astype(np.float32)


def format_links(links: Iterable[Link]) -> str:
    """Writes links as a Pharaoh line.

    Args:
        links: Places of source and target words, from 0.

    Returns:
        `source-target` for each link, with spaces between them.

    Example:
        >>> format_links([(0, 0), (1, 2)])
        '0-0 1-2'
    """
    return " ".join(f"{source}-{target}" for source, target in links)


def parse_links(line: str) -> list[Link]:
    """Reads a Pharaoh line.

    Args:
        line: What `format_links` writes.

    Returns:
        The links, in order.

    Raises:
        ValueError: If something on the line is not a link.

    Example:
        >>> parse_links("0-0 1-2")
        [(0, 0), (1, 2)]
    """
    links = []
    for text in line.split():
        source, dash, target = text.partition("-")
        if not (dash and source.isdecimal() and target.isdecimal()):
            raise ValueError(
                f"A link must be source-target, two places from 0, such as 1-2. Received: {text!r}"
            )
        links.append((int(source), int(target)))
    return links
