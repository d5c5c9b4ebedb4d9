"""Names for labels that are whole numbers."""

from collections.abc import Mapping, Sequence

import datasets as hf

LabelNames = Sequence[str] | Mapping[str, int]


def name_labels(dataset: hf.Dataset, names: Mapping[str, LabelNames]) -> hf.Dataset:
    """Gives names to labels that are whole numbers, as many published data sets have them.

    Args:
        dataset: Rows with lists of whole numbers.
        names: For each such column the names in the order of their numbers, or a dictionary from
            names to numbers.

    Returns:
        The data set, with `ClassLabel` in these columns.

    Raises:
        ValueError: If there is no such column, if it holds no whole numbers, or if a number has no
            name.

    Example:
        >>> rows = {"tokens": [["Ada", "slept"]], "ner_tags": [[1, 0]]}
        >>> dataset = name_labels(hf.Dataset.from_dict(rows), {"ner_tags": ["O", "B-PER"]})
        >>> dataset.features["ner_tags"].feature.names
        ['O', 'B-PER']
    """
    features = dataset.features.copy()
    for column, given in names.items():
        feature = features.get(column)
        values = getattr(feature, "feature", None)
        if not isinstance(values, hf.Value) or not values.dtype.startswith(("int", "uint")):
            raise ValueError(
                f"label_names={{{column!r}: ...}} needs a column of lists of whole numbers. "
                f"Received: {feature or 'no such column'}. Columns: {', '.join(features)}"
            )
        ordered = _ordered(column, given)
        for rows in dataset.with_format(None).select_columns([column]).iter(1000):
            numbers = {number for row in rows[column] for number in row or ()}
            wrong = numbers - set(range(len(ordered)))
            if wrong:
                raise ValueError(
                    f"Number {min(wrong, key=str)} in {column!r} has no name: label_names has "
                    f"{len(ordered)}, for 0 to {len(ordered) - 1}"
                )
        features[column] = type(feature)(hf.ClassLabel(names=ordered))
    return dataset.cast(features)


def _ordered(column: str, names: LabelNames) -> list[str]:
    if not isinstance(names, Mapping):
        return list(names)
    if sorted(names.values()) != list(range(len(names))):
        raise ValueError(
            f"label_names of {column!r} must number the names 0, 1, 2, ... Received: {names}"
        )
    return sorted(names, key=names.__getitem__)
