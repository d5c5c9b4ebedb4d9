"""Parts of a data set: a dev set cut from the training set, and what two parts share."""

from collections.abc import Sequence
from typing import NamedTuple

import datasets as hf

from nlpseq.datasets.leakage import leaked_rows
from nlpseq.datasets.roles import label_strings, token_column
from nlpseq.datasets.sides import pair_texts
from nlpseq.datasets.text_hash import text_hash
from nlpseq.datasets.texts import texts_of

_SHARE = 1 / 20
_MOST_ROWS = 2000
FEWEST_ROWS = 200


class HeldOut(NamedTuple):
    """A data set in two parts."""

    train: hf.Dataset
    dev: hf.Dataset


class Leaks(NamedTuple):
    """How much of a held-out set is in the training set too.

    Attributes:
        rows: Rows of the held-out set.
        same: Rows whose sentence, or both of whose sides, the training set has.
        source: Of pairs, rows whose source it has; else as `same`.
        target: Of pairs, rows whose target it has; else as `same`.
    """

    rows: int
    same: int
    source: int
    target: int


def hold_out(
    dataset: hf.Dataset,
    *,
    tokens: str | None = None,
    source: str | None = None,
    target: str | None = None,
    text: str | None = None,
    share: float | None = None,
) -> HeldOut:
    """Cuts a dev set from a training set, by a fixed hash of each row's text.

    A row stays in its part when rows are added, removed or shuffled, and rows with the same tokens
    or the same source are in one part. The default share is 1/20, and half of that, or a quarter,
    and so on, where the dev set would have more than 2,000 rows. So with a growing data set no row
    that was learnt from comes into the dev set.

    Args:
        dataset: Sentences with labels, pairs, or texts.
        tokens: The column of the tokens, as for `inspect_splits`.
        source: The side to translate from, as for `pair_texts`.
        target: The side to translate to.
        text: The column of the texts.
        share: How much is held out, between 0 and 1.

    Returns:
        `train` and `dev`, their rows in the order of the data set.

    Raises:
        ValueError: If `share` is not between 0 and 1, or the columns can't be found.

    Example:
        >>> numbers = [str(number) for number in range(1000)]
        >>> train, dev = hold_out(hf.Dataset.from_dict({"en": numbers, "de": numbers}))
        >>> len(train), len(dev)
        (947, 53)
        >>> _, first = hold_out(hf.Dataset.from_dict({"en": numbers[:200], "de": numbers[:200]}))
        >>> first["en"][:] == [text for text in dev["en"] if int(text) < 200]
        True
    """
    if share is None:
        share = _SHARE
        while share * len(dataset) > _MOST_ROWS:
            share /= 2
    if not 0 < share < 1:
        raise ValueError(f"`share` must be between 0 and 1. Received: share={share}")
    texts, _ = _texts(dataset, tokens, source, target, text)
    held = [text_hash(text) < share * 2**64 for text in texts]
    return HeldOut(
        train=dataset.select([row for row, is_held in enumerate(held) if not is_held]),
        dev=dataset.select([row for row, is_held in enumerate(held) if is_held]),
    )


def count_leaks(
    train: hf.Dataset,
    held_out: hf.Dataset,
    *,
    tokens: str | None = None,
    source: str | None = None,
    target: str | None = None,
    text: str | None = None,
) -> Leaks:
    """Counts the rows of a dev or test set that are, letter for letter, in the training set.

    Args:
        train: Sentences with labels, pairs, or texts.
        held_out: The same.
        tokens: As for `hold_out`.
        source: As for `hold_out`.
        target: As for `hold_out`.
        text: As for `hold_out`.

    Returns:
        The counts. `leaked_rows` tells which rows they are.

    Raises:
        ValueError: If the columns can't be found.

    Example:
        >>> train = hf.Dataset.from_dict({"en": ["Go.", "Run."], "de": ["Geh.", "Lauf."]})
        >>> test = hf.Dataset.from_dict({"en": ["Go.", "Stop."], "de": ["Los.", "Halt."]})
        >>> count_leaks(train, test)
        Leaks(rows=2, same=0, source=1, target=0)
    """
    sources, targets = _texts(train, tokens, source, target, text)
    held_sources, held_targets = _texts(held_out, tokens, source, target, text)
    of_source = len(leaked_rows(sources, held_sources))
    if targets is None or held_targets is None:
        return Leaks(len(held_out), of_source, of_source, of_source)
    pairs = zip(sources, targets, strict=True)
    held_pairs = zip(held_sources, held_targets, strict=True)
    return Leaks(
        rows=len(held_out),
        same=len(leaked_rows(pairs, held_pairs)),
        source=of_source,
        target=len(leaked_rows(targets, held_targets)),
    )


def _texts(
    dataset: hf.Dataset,
    tokens: str | None,
    source: str | None,
    target: str | None,
    text: str | None,
) -> tuple[Sequence, list[str] | None]:
    """The tokens or the text of each row; or of pairs the sources, and the targets."""
    if text is not None:
        return texts_of(dataset, text), None
    if tokens is None and source is None and target is None:
        tokens = token_column(dataset)
    if tokens is not None:
        return label_strings(dataset, tokens), None
    _, _, sources, targets = pair_texts(dataset, source, target)
    return sources, targets
