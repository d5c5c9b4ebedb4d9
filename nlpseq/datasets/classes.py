"""Reads the text and the label of each row out of any Hugging Face data set."""

from typing import Any

import datasets as hf

from nlpseq.datasets.any_data import as_dataset
from nlpseq.datasets.texts import text_column

_USUAL_NAMES = ("label", "labels")


def text_and_class_columns(
    dataset: hf.Dataset, text: str | None = None, label: str | None = None
) -> tuple[str, str]:
    """Finds the columns that a classifier learns from.

    Args:
        dataset: Rows with a text and a label.
        text: The column of the text, found as by `text_column` among all but the label's.
        label: The column of the label; by default `label` or `labels`, or the only `ClassLabel`.

    Returns:
        The names of the two columns.

    Raises:
        ValueError: If a column that is named is not there or holds something else, or if there is
            not exactly one choice.

    Example:
        >>> rows = {"review": ["Good.", "Bad."], "label": [1, 0]}
        >>> text_and_class_columns(hf.Dataset.from_dict(rows))
        ('review', 'label')
    """
    dataset = as_dataset(dataset)
    label = _class_column(dataset, label)
    if text == label:
        raise ValueError(f"Text and label must be two columns. Received: text=label={label!r}")
    return text_column(dataset.remove_columns([label]), text), label


def classes_of(dataset: hf.Dataset, column: str) -> list[str]:
    """Reads the label of each row.

    Args:
        dataset: Rows with a label.
        column: A column of strings, which are taken as they are, of `ClassLabel` numbers, which
            become their names, or of other whole numbers or truth values, which are written out.

    Returns:
        The labels.

    Raises:
        ValueError: If there is no such column, it holds something else, or a label is missing:
            `None`, an empty string, or a number without a name.

    Example:
        >>> classes_of(hf.Dataset.from_dict({"stars": [5, 1]}), "stars")
        ['5', '1']
    """
    dataset = as_dataset(dataset)
    feature = dataset.features[_class_column(dataset, column)]
    names = dict(enumerate(feature.names)) if isinstance(feature, hf.ClassLabel) else None
    labels = []
    for row, value in enumerate(dataset.with_format(None)[column][:]):
        if value is None or value == "" or (names is not None and value not in names):
            received = "missing" if value in (None, "") else f"{value}, which has no name"
            raise ValueError(
                f"dataset[{row}]: the label in {column!r} is {received}. "
                "Remove such rows first, with dataset.filter"
            )
        labels.append(str(value) if names is None else names[value])
    return labels


def class_names(dataset: hf.Dataset, column: str) -> list[str]:
    """Lists the labels that there can be.

    Args:
        dataset: Rows with a label.
        column: As for `classes_of`.

    Returns:
        All names of a `ClassLabel` in their order, whether they occur or not; of other columns what
        occurs, sorted: whole numbers by their value.

    Raises:
        ValueError: As `classes_of`.

    Example:
        >>> class_names(hf.Dataset.from_dict({"stars": [10, 9, 10]}), "stars")
        ['9', '10']
    """
    dataset = as_dataset(dataset)
    feature = dataset.features[_class_column(dataset, column)]
    if isinstance(feature, hf.ClassLabel):
        return list(feature.names)
    found = {*classes_of(dataset, column)}
    return sorted(found, key=int) if feature.dtype.startswith(("int", "uint")) else sorted(found)


def _class_column(dataset: hf.Dataset, column: str | None) -> str:
    can_be = [name for name, feature in dataset.features.items() if _holds_classes(feature)]
    there = f"Columns that can be: {', '.join(can_be) or 'none'}"
    if column is not None:
        if column not in can_be:
            raise ValueError(f"No labels of rows in a column {column!r}. {there}")
        return column
    found = [name for name in _USUAL_NAMES if name in can_be][:1]
    features = dataset.features
    found = found or [name for name in can_be if isinstance(features[name], hf.ClassLabel)]
    if len(found) != 1:
        raise ValueError(f"Name the column of the label with label=. {there}")
    return found[0]


def _holds_classes(feature: Any) -> bool:
    if isinstance(feature, hf.ClassLabel):
        return True
    return isinstance(feature, hf.Value) and feature.dtype.startswith(
        ("string", "large_string", "int", "uint", "bool")
    )
