"""Finds the two sides of any Hugging Face data set of translations."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import datasets as hf

from nlpseq.datasets.any_data import as_dataset

_USUAL_NAMES = (("source", "target"), ("text", "text_target"), ("src", "tgt"))
_LANGUAGE = re.compile(r"[a-z]{2}([-_]\w+)?")


def pair_texts(
    dataset: hf.Dataset, source: str | None = None, target: str | None = None
) -> tuple[str, str, list[str], list[str]]:
    """Reads the two sides of a translation data set.

    Args:
        dataset: Pairs in a column `translation` (`{"en": ..., "de": ...}`, perhaps of more
            languages) or in two columns of strings (`en` and `de`).
        source: The side to translate from: a language or column. May be left out where there
            are just two, or two with names like those of languages, which are then taken in their
            order, and where two columns are called `source` and `target`, `text` and
            `text_target`, or `src` and `tgt`.
        target: The side to translate to, as for `source`.

    Returns:
        source: The name of the source side.
        target: The name of the target side.
        sources: The source text of each row.
        targets: The target text of each row.

    Raises:
        ValueError: If a named side does not exist, if there is more than one choice, or if a text
            is missing (`None`).

    Example:
        >>> import datasets
        >>> dataset = datasets.Dataset.from_dict({"en": ["Hello"], "de": ["Hallo"]})
        >>> pair_texts(dataset, source="de")
        ('de', 'en', ['Hallo'], ['Hello'])
    """
    dataset = as_dataset(dataset)
    languages = _languages(dataset.features)
    columns = [name for name, feature in dataset.features.items() if _holds_text(feature)]
    source, target = _choose_sides(languages or columns, [*languages, *columns], source, target)
    plain = dataset.with_format(None)
    nested = plain["translation"][:] if {source, target} & {*languages} else []
    sources, targets = (
        [row and row[side] for row in nested] if side in languages else plain[side][:]
        for side in (source, target)
    )
    for side, texts in ((source, sources), (target, targets)):
        if None in texts:
            raise ValueError(
                f"dataset[{texts.index(None)}]: the text of {side!r} is missing (None). "
                "Remove such rows first, with dataset.filter"
            )
    return source, target, sources, targets


def side_reader(
    dataset: hf.Dataset | hf.IterableDataset, side: str
) -> Callable[[Mapping[str, list]], list[str]]:
    """Makes a function that reads one side of some rows.

    Args:
        dataset: The rows, perhaps a stream.
        side: A language of `translation` or a column; where there is neither, the column `text`.

    Returns:
        A function from a batch, a dictionary of columns, to the texts in it.

    Raises:
        ValueError: If the side can't be found.

    Example:
        >>> dataset = hf.Dataset.from_dict({"translation": [{"en": "Go.", "de": "Geh."}]})
        >>> side_reader(dataset, "de")(dataset[:])
        ['Geh.']
    """
    features = dataset.features or {}
    if side in _languages(features):
        return lambda batch: [pair[side] for pair in batch["translation"]]
    column = side if side in features or not features else "text"
    if features and not _holds_text(features.get(column)):
        sides = [*_languages(features), *filter(lambda n: _holds_text(features[n]), features)]
        raise ValueError(
            f"There is no text {side!r}, nor a column 'text'. The data set has "
            f"{', '.join(sides) or 'no column of strings'}"
        )
    return lambda batch: batch[column]


def _choose_sides(
    likely: list[str], sides: list[str], source: str | None, target: str | None
) -> tuple[str, str]:
    """Source and target, named or guessed: of those that are likely, if there are just two."""
    there = f"The data set has {', '.join(sides) or 'no column of strings'}"
    for role, side in (("source", source), ("target", target)):
        if side is not None and side not in sides:
            raise ValueError(f"No text {side!r} for {role}=. {there}")
    if source is None and target is None:
        for usual in _USUAL_NAMES:
            if set(usual) <= set(likely):
                return usual
    if len(likely) != 2:
        likely = [side for side in likely if _LANGUAGE.fullmatch(side) and side != "id"]
    if len(likely) == 2:  # so that what is not named is clear
        if source is None and target in (None, *likely):
            source = next(side for side in likely if side != target)
        if target is None and source in likely:
            target = next(side for side in likely if side != source)
    if source is None or target is None:
        example = f', such as source="{sides[0]}", target="{sides[1]}"' if len(sides) > 1 else ""
        raise ValueError(f"Name the two sides with source= and target={example}. {there}")
    if source == target:
        raise ValueError(f"Source and target must differ. Received: {source!r} for both. {there}")
    return source, target


def _languages(features: Mapping[str, Any]) -> list[str]:
    """Those of the column `translation`, where there is one."""
    feature = features.get("translation")
    if isinstance(feature, hf.Translation):
        return list(feature.languages)
    return list(feature) if isinstance(feature, dict) else []


def _holds_text(feature: Any) -> bool:
    return isinstance(feature, hf.Value) and feature.dtype in ("string", "large_string")
