"""What to know of sentences with labels before a tagger learns from them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import datasets as hf

from nlpseq.datasets.duplicates import duplicate_rows
from nlpseq.datasets.leakage import leaked_rows
from nlpseq.datasets.lengths import summarize_lengths
from nlpseq.datasets.odd_characters import odd_characters
from nlpseq.datasets.places import places, rows_where
from nlpseq.datasets.roles import tokens_and_columns
from nlpseq.datasets.unseen import unseen_tokens
from nlpseq.text.tag_schemes import detect_scheme, is_span_tag, malformed

_MOST_SHOWN = 5

Rows = list[list[str]]


def inspect_tagging(
    splits: Mapping[str, hf.Dataset], tokens: str, labels: Sequence[str], max_length: int = 100
) -> dict[str, dict[str, Any]]:
    """Inspects the splits of a tagging data set.

    Args:
        splits: By name; the first is the one that is learnt from, and the others are compared with
            it.
        tokens: The column of the tokens.
        labels: The columns of the labels.
        max_length: Sentences with more tokens are listed as overlong.

    Returns:
        For each split what was found, in numbers, strings and lists; in JSON too.

    Raises:
        ValueError: If the columns can't be read.

    Example:
        >>> train = {"tokens": [["a", "dog"], ["a", "dog"]], "tags": [["D", "N"], ["D", "N"]]}
        >>> test = {"tokens": [["a", "dog"], ["a", "fox"]], "tags": [["D", "N"], ["D", "N"]]}
        >>> splits = {"train": hf.Dataset.from_dict(train), "test": hf.Dataset.from_dict(test)}
        >>> found = inspect_tagging(splits, "tokens", ["tags"])
        >>> found["train"]["duplicates"], found["test"]["also_in_train"]
        ({'rows': 1, 'first': [1]}, {'rows': 1, 'first': [0]})
        >>> found["test"]["unknown_words"]["most"]
        ['fox']
    """
    report = {}
    train: tuple[Rows, dict[str, Rows]] | None = None
    schemes: dict[str, str | None] = {}
    for name, dataset in splits.items():
        sentences, columns = tokens_and_columns(dataset, tokens, labels)
        lengths = list(map(len, sentences))
        found: dict[str, Any] = {
            "rows": len(sentences),
            "tokens": sum(lengths),
            "lengths": summarize_lengths(lengths),
            "empty_rows": places(rows_where(length == 0 for length in lengths)),
            "overlong_rows": places(rows_where(length > max_length for length in lengths)),
            "blank_tokens": sum(not token.strip() for row in sentences for token in row),
            "blank_token_rows": places(
                rows_where(not all(map(str.strip, row)) for row in sentences)
            ),
            "duplicates": places(duplicate_rows(sentences)),
            "odd_characters": odd_characters(sentences),
        }
        if train is None:
            train = sentences, columns
            schemes = {column: detect_scheme(rows) for column, rows in columns.items()}
        else:
            found["also_in_train"] = places(leaked_rows(train[0], sentences))
            found["unknown_words"] = unseen_tokens(train[0], sentences)
        found["labels"] = {
            column: _inspect_labels(rows, train[1][column], schemes[column])
            for column, rows in columns.items()
        }
        report[name] = found
    return report


def _inspect_labels(rows: Rows, train: Rows, scheme: str | None) -> dict[str, Any]:
    counts = Counter(label for labels in rows for label in labels)
    found: dict[str, Any] = {
        "different": len(counts),
        "counts": dict(counts.most_common()),
        "scheme": scheme,
        "no_span_tags": _no_span_tags(counts),
        "malformed": {"labels": 0, "first": []},
    }
    if scheme is not None and all(map(is_span_tag, counts)):
        wrong = malformed(rows, scheme)
        first = [
            {"row": tag.sentence, "token": tag.position, "tag": tag.tag, "expected": tag.expected}
            for tag in wrong[:_MOST_SHOWN]
        ]
        found["malformed"] = {"labels": len(wrong), "first": first}
    if rows is not train:
        found["unseen"] = unseen_tokens(train, rows)
    return found


def _no_span_tags(counts: Mapping[str, int]) -> dict[str, int]:
    """Labels that are no span tags, where nearly all others are: typing mistakes, most likely."""
    others = {label: count for label, count in counts.items() if not is_span_tag(label)}
    with_type = any(is_span_tag(label) and "-" in label for label in counts)
    return others if with_type and 10 * sum(others.values()) < sum(counts.values()) else {}
