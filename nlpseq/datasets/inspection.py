"""What a careful person wants to know of a data set before a model learns from it."""

from collections.abc import Mapping, Sequence
from typing import Any

import datasets as hf

from nlpseq.datasets.pair_inspection import inspect_pairs
from nlpseq.datasets.roles import label_columns, token_column
from nlpseq.datasets.tagging_inspection import inspect_tagging


def inspect_splits(
    splits: Mapping[str, hf.Dataset],
    *,
    tokens: str | None = None,
    label: Sequence[str] | None = None,
    source: str | None = None,
    target: str | None = None,
    max_length: int = 100,
) -> dict[str, Any]:
    """Inspects the splits of a data set, for tagging or translation.

    Args:
        splits: By name; the first is the one that is learnt from, and the others are compared with
            it.
        tokens: The column of the tokens; by default `tokens` or `words`, and without such a column
            the rows are taken for pairs.
        label: The columns of the labels; by default all that a tagger could learn.
        source: The side to translate from, as for `pair_texts`.
        target: The side to translate to.
        max_length: Rows with more tokens or words are listed as overlong.

    Returns:
        `kind`, `"tagging"` or `"pairs"`, and `splits`: what `inspect_tagging` or `inspect_pairs`
        found.

    Raises:
        ValueError: If the columns can't be found or read.

    Example:
        >>> pairs = hf.Dataset.from_dict({"en": ["Hello."], "de": ["Hallo."]})
        >>> report = inspect_splits({"train": pairs})
        >>> report["kind"], report["splits"]["train"]["sides"]["de"]["words"]
        ('pairs', 1)
    """
    first = next(iter(splits.values()))
    if tokens is None and source is None and target is None:
        tokens = token_column(first)
    if tokens is None:
        return {"kind": "pairs", "splits": inspect_pairs(splits, source, target, max_length)}
    labels = label or label_columns(first, tokens)
    return {"kind": "tagging", "splits": inspect_tagging(splits, tokens, labels, max_length)}
