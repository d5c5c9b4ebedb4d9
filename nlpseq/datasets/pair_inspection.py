"""What to know of translation pairs before a translator learns from them."""

from collections.abc import Mapping, Sequence
from typing import Any

import datasets as hf

from nlpseq.datasets.copies import copied_rows
from nlpseq.datasets.duplicates import duplicate_rows
from nlpseq.datasets.leakage import leaked_rows
from nlpseq.datasets.length_ratio import num_characters, summarize_ratios, unbalanced_rows
from nlpseq.datasets.lengths import summarize_lengths
from nlpseq.datasets.odd_characters import odd_characters
from nlpseq.datasets.places import places, rows_where
from nlpseq.datasets.sides import pair_texts
from nlpseq.datasets.swapped_sides import swapped_rows
from nlpseq.datasets.unseen import unseen_tokens


def inspect_pairs(
    splits: Mapping[str, hf.Dataset],
    source: str | None = None,
    target: str | None = None,
    max_length: int = 100,
    max_ratio: float = 3.0,
) -> dict[str, dict[str, Any]]:
    """Inspects the splits of a translation data set.

    Words are what stands between white space.

    Args:
        splits: By name; the first is the one that is learnt from, and the others are compared with
            it.
        source: The side to translate from, as for `pair_texts`.
        target: The side to translate to.
        max_length: Rows with more words on a side are listed as overlong.
        max_ratio: As for `unbalanced_rows`.

    Returns:
        For each split what was found, in numbers, strings and lists; in JSON too.

    Raises:
        ValueError: If the sides can't be found or read.

    Example:
        >>> train = {"en": ["A dog.", "OK", "A dog."], "de": ["Ein Hund.", "OK", "Ein Hund."]}
        >>> found = inspect_pairs({"train": hf.Dataset.from_dict(train)})["train"]
        >>> found["duplicates"], found["copies"]
        ({'rows': 1, 'first': [2]}, {'rows': 1, 'first': [1]})
    """
    report = {}
    train: tuple[list[str], list[str]] | None = None
    for name, dataset in splits.items():
        source, target, sources, targets = pair_texts(dataset, source, target)
        texts = {source: sources, target: targets}
        characters = num_characters(sources), num_characters(targets)
        pairs = list(zip(sources, targets, strict=True))
        found: dict[str, Any] = {
            "rows": len(sources),
            "sides": {side: _inspect_side(texts[side], max_length) for side in texts},
            "duplicates": places(duplicate_rows(pairs)),
            "copies": places(copied_rows(sources, targets)),
            "length_ratio": summarize_ratios(*characters),
            "unbalanced": places(rows_where(unbalanced_rows(*characters, max_ratio))),
            "swapped": places(swapped_rows(sources, targets)),
        }
        if train is None:
            train = sources, targets
        else:
            found["also_in_train"] = places(leaked_rows(zip(*train, strict=True), pairs))
            for side, known in zip((source, target), train, strict=True):
                found["sides"][side] |= {
                    "also_in_train": places(leaked_rows(known, texts[side])),
                    "unknown_words": unseen_tokens(_words(known), _words(texts[side])),
                }
        report[name] = found
    return report


def _inspect_side(texts: Sequence[str], max_length: int) -> dict[str, Any]:
    lengths = [len(text.split()) for text in texts]
    return {
        "words": sum(lengths),
        "lengths": summarize_lengths(lengths),
        "empty_rows": places(rows_where(length == 0 for length in lengths)),
        "overlong_rows": places(rows_where(length > max_length for length in lengths)),
        "odd_characters": odd_characters([text] for text in texts),
    }


def _words(texts: Sequence[str]) -> list[list[str]]:
    return [text.split() for text in texts]
