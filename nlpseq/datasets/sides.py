"""Finds the two sides of any Hugging Face data set of translations."""

import datasets as hf


def pair_texts(
    dataset: hf.Dataset, source: str | None = None, target: str | None = None
) -> tuple[str, str, list[str], list[str]]:
    """Reads the two sides of a translation data set.

    Args:
        dataset: Pairs in a column `translation` (`{"en": ..., "de": ...}`) or in two columns of
            strings (`en` and `de`).
        source: The side to translate from: a language or column. May be left out where there
            are just two, which are then taken in their order, or where two columns are called
            `source` and `target`.
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
    source, target = _choose_sides(_text_sides(dataset), source, target)
    if _is_translation(dataset):
        rows = dataset.with_format(None)["translation"][:]
        sources, targets = ([row and row[side] for row in rows] for side in (source, target))
    else:
        sources, targets = (dataset.with_format(None)[side][:] for side in (source, target))
    for side, texts in ((source, sources), (target, targets)):
        if None in texts:
            raise ValueError(
                f"dataset[{texts.index(None)}]: the text of {side!r} is missing (None). "
                "Remove such rows first, with dataset.filter"
            )
    return source, target, sources, targets


def _choose_sides(sides: list[str], source: str | None, target: str | None) -> tuple[str, str]:
    there = f"The data set has {', '.join(sides) or 'no column of strings'}"
    for role, side in (("source", source), ("target", target)):
        if side is not None and side not in sides:
            raise ValueError(f"No text {side!r} for {role}=. {there}")
    if source is None and target is None and {"source", "target"} <= set(sides):
        return "source", "target"
    if len(sides) == 2:  # so that what is not named is clear
        source = source or next(side for side in sides if side != target)
        target = target or next(side for side in sides if side != source)
    if source is None or target is None:
        raise ValueError(f"Name the two sides with source= and target=. {there}")
    if source == target:
        raise ValueError(f"Source and target must differ. Received: {source!r} for both. {there}")
    return source, target


def _text_sides(dataset: hf.Dataset) -> list[str]:
    if _is_translation(dataset):
        feature = dataset.features["translation"]
        return list(feature.languages if isinstance(feature, hf.Translation) else feature)
    return [
        name
        for name, feature in dataset.features.items()
        if isinstance(feature, hf.Value) and feature.dtype in ("string", "large_string")
    ]


def _is_translation(dataset: hf.Dataset) -> bool:
    return isinstance(dataset.features.get("translation"), (hf.Translation, dict))
