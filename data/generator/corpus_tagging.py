"""The three files of tagged English sentences."""

import random
from collections import Counter
from collections.abc import Sequence

from sentences_english import Sentences
from tokens import Token, conllu, text_of

SIZES = {"train": 3000, "dev": 400, "test": 400}
RARE_SHARE = {"train": 0.0, "dev": 0.12, "test": 0.12}
LENGTHS = range(4, 29)
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "ADV"})


def reads_well(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is neither too short nor too long and says no word twice.

    Args:
        tokens: A sentence.

    Returns:
        False for `the fox saw the fox`, but not for `the fox ran, and the dog ran`'s articles.
    """
    counts = Counter((token.lemma, token.upos) for token in tokens if token.upos in _CONTENT)
    return len(tokens) in LENGTHS and max(counts.values(), default=1) == 1


def tagged_sentences(seed: int) -> dict[str, list[list[Token]]]:
    """Sentences for each split, no two of them with the same text.

    Args:
        seed: Of the random choices.

    Returns:
        The sentences by `train`, `dev` and `test`.
    """
    seen: set[str] = set()
    splits: dict[str, list[list[Token]]] = {}
    for split, size in SIZES.items():
        grammar = Sentences(random.Random(f"{seed} {split}"), RARE_SHARE[split])
        found = splits[split] = []
        while len(found) < size:
            tokens = grammar.sentence()
            text = text_of(tokens).lower()
            if text not in seen and reads_well(tokens):
                seen.add(text)
                found.append(tokens)
    return splits


def tagging_files(seed: int) -> dict[str, str]:
    """The text of the CoNLL-U files.

    Args:
        seed: Of the random choices.

    Returns:
        Text by file name.
    """
    return {
        f"pos-en.{split}.conllu": "".join(
            conllu(f"{split}-{number:04}", tokens) for number, tokens in enumerate(sentences, 1)
        )
        for split, sentences in tagged_sentences(seed).items()
    }
