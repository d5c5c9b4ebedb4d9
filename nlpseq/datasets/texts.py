"""Reads running text out of any Hugging Face data set: a text a row."""

import datasets as hf

from nlpseq.datasets.any_data import as_dataset
from nlpseq.datasets.roles import token_column

_USUAL_NAMES = ("text", "sentence")


def text_column(dataset: hf.Dataset, column: str | None = None) -> str:
    """Finds the column whose strings, or lists of tokens, are the text.

    Args:
        dataset: Rows with a text.
        column: Its name; by default `text` or `sentence`, or the only column of strings, or
            the tokens of `token_column`.

    Returns:
        The name of the column.

    Raises:
        ValueError: If the column that is named is not there or holds no text, or if there is not
            exactly one choice.

    Example:
        >>> dataset = hf.Dataset.from_dict({"stars": [5], "review": ["Good."]})
        >>> text_column(dataset)
        'review'
    """
    dataset = as_dataset(dataset)
    strings = [name for name, feature in dataset.features.items() if _is_string(feature)]
    tokens = [name for name, feature in dataset.features.items() if _is_strings(feature)]
    there = f"Columns that can be: {', '.join([*strings, *tokens]) or 'none'}"
    if column is not None:
        if column not in [*strings, *tokens]:
            raise ValueError(f"No text in a column {column!r}. {there}")
        return column
    found = [name for name in _USUAL_NAMES if name in strings][:1]
    found = found or [name for name in tokens if name == token_column(dataset)] or strings
    if len(found) != 1:
        example = f', such as text="{found[0]}"' if found else ""
        raise ValueError(f"Name the column of the text with text={example}. {there}")
    return found[0]


def texts_of(dataset: hf.Dataset, column: str) -> list[str]:
    """Reads the text of each row.

    Args:
        dataset: Rows with a text.
        column: A column of strings, or of lists of tokens, which are joined by spaces.

    Returns:
        The texts.

    Raises:
        ValueError: If a text is missing (`None`).

    Example:
        >>> texts_of(hf.Dataset.from_dict({"tokens": [["A", "dog"]]}), "tokens")
        ['A dog']
    """
    dataset = as_dataset(dataset)
    rows = dataset.with_format(None)[column][:]
    for number, row in enumerate(rows):
        if row is None or (isinstance(row, list) and None in row):
            raise ValueError(
                f"dataset[{number}]: the text of {column!r} is missing (None). "
                "Remove such rows first, with dataset.filter"
            )
    return [row if isinstance(row, str) else " ".join(row) for row in rows]


def _is_string(feature: object) -> bool:
    return isinstance(feature, hf.Value) and feature.dtype in ("string", "large_string")


def _is_strings(feature: object) -> bool:
    return isinstance(feature, (hf.List, hf.LargeList)) and _is_string(feature.feature)
