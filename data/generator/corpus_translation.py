"""The three pairs of English and German files."""

import random

from grammar_pairs import PairGrammar
from word_lists import word_set

SIZES = {"test": 300, "dev": 300, "train": 4000}
WORDS = range(3, 19)
_MAY_REPEAT = word_set(
    "the and but for she her him his its our you your they them their this these that who was"
    " were are did does has had can will must want wants not very too with when into onto"
)


def reads_well(english: str) -> bool:
    """Whether a sentence has 3 to 18 words and says no noun or verb twice.

    Args:
        english: The English sentence.

    Returns:
        False for `A bird sees this bird.`

    Example:
        >>> reads_well("A bird sees this bird."), reads_well("This dog likes this cat.")
        (False, True)
    """
    words = [word.strip(".,!?") for word in english.lower().split()]
    telling = [word for word in words if len(word) > 2 and word not in _MAY_REPEAT]
    return len(words) in WORDS and len(set(telling)) == len(telling)


def translation_pairs(seed: int) -> dict[str, list[tuple[str, str]]]:
    """English and German sentences for each split.

    No pair stands twice in a split, and no sentence of either language in two splits.

    Args:
        seed: Of the random choices.

    Returns:
        The pairs by `test`, `dev` and `train`.
    """
    grammar = PairGrammar(random.Random(f"{seed} pairs"))
    split_of: dict[str, str] = {}
    splits: dict[str, list[tuple[str, str]]] = {}
    for split, size in SIZES.items():
        pairs: dict[tuple[str, str], None] = {}
        while len(pairs) < size:
            pair = grammar.pair()
            if not reads_well(pair[0]) or len(pair[1].split()) not in WORDS:
                continue
            if all(split_of.setdefault(side, split) == split for side in pair):
                pairs[pair] = None
        splits[split] = list(pairs)
    return splits


def translation_files(seed: int) -> dict[str, str]:
    """The text of the files, a sentence a line.

    Args:
        seed: Of the random choices.

    Returns:
        Text by file name.
    """
    return {
        f"en-de.{split}.{language}": "".join(pair[side] + "\n" for pair in pairs)
        for split, pairs in translation_pairs(seed).items()
        for side, language in enumerate(("en", "de"))
    }
