"""Reads the text and the number of each row out of any Hugging Face data set."""

import math
from typing import Any

import datasets as hf

from nlpseq.datasets.any_data import as_dataset
from nlpseq.datasets.texts import text_column

_USUAL_NAMES = ("label", "labels", "score")


def text_and_value_columns(
    dataset: hf.Dataset, text: str | None = None, label: str | None = None
) -> tuple[str, str]:
    """Finds the columns that a regressor learns from.

    Args:
        dataset: Rows with a text and a number.
        text: The column of the text, found as by `text_column` among all but the number's.
        label: The column of the number; by default `label`, `labels` or `score`, or the only column
            of floats.

    Returns:
        The names of the two columns.

    Raises:
        ValueError: If a column that is named is not there or holds something else, or if there is
            not exactly one choice.

    Example:
        >>> rows = {"review": ["Good.", "Bad."], "stars": [4.5, 1.0]}
        >>> text_and_value_columns(hf.Dataset.from_dict(rows))
        ('review', 'stars')
    """
    dataset = as_dataset(dataset)
    label = _value_column(dataset, label)
    if text == label:
        raise ValueError(f"Text and number must be two columns. Received: text=label={label!r}")
    return text_column(dataset.remove_columns([label]), text), label


def values_of(dataset: hf.Dataset, column: str) -> list[float]:
    """Reads the number of each row.

    Args:
        dataset: Rows with a number.
        column: A column of floats or whole numbers, or of strings that are such, as a CSV file has.

    Returns:
        The numbers.

    Raises:
        ValueError: If there is no such column, it holds something else, or a value is missing or no
            finite number.

    Example:
        >>> values_of(hf.Dataset.from_dict({"stars": ["4.5", "1"]}), "stars")
        [4.5, 1.0]
    """
    dataset = as_dataset(dataset)
    rows = dataset.with_format(None)[_value_column(dataset, column)][:]
    return [_number(value, row, column) for row, value in enumerate(rows)]


def _number(value: Any, row: int, column: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(
            f"dataset[{row}]: {column!r} must be a number. Received: {value!r}. "
            "Remove such rows first, with dataset.filter"
        )
    return number


def _value_column(dataset: hf.Dataset, column: str | None) -> str:
    kinds = {
        name: feature.dtype
        for name, feature in dataset.features.items()
        if isinstance(feature, hf.Value)
        and feature.dtype.startswith(("float", "int", "uint", "string", "large_string"))
    }
    there = f"Columns that can be: {', '.join(kinds) or 'none'}"
    if column is not None:
        if column not in kinds:
            raise ValueError(f"No numbers in a column {column!r}. {there}")
        return column
    found = [name for name in _USUAL_NAMES if name in kinds][:1]
    found = found or [name for name, kind in kinds.items() if kind.startswith("float")]
    if len(found) != 1:
        raise ValueError(f"Name the column of the number with label=. {there}")
    return found[0]
