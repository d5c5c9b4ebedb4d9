"""Finds the token and label columns of any Hugging Face data set."""

from collections.abc import Sequence
from typing import Any

import datasets as hf

from nlpseq.datasets.any_data import as_dataset

_TOKEN_COLUMNS = ("tokens", "words")
# Lists beside the tokens that are seldom what a tagger learns; they can still be asked for by name.
_UD_EXTRAS = {"lemmas", "lemma", "heads", "head", "deprels", "deprel", "deps", "misc"}
_NOT_LABELS = {*_TOKEN_COLUMNS, *_UD_EXTRAS, "comments", "extras"}


def token_and_label_columns(
    dataset: hf.Dataset, tokens: str | None = None, label: str | None = None
) -> tuple[str, str]:
    """Finds the columns that a tagger learns from.

    Args:
        dataset: Sentences as lists of tokens, with one label a token.
        tokens: The column of the tokens; by default `tokens` or `words`.
        label: The column of the labels; may be left out where only one column can be it. CoNLL-U's
            lemmas, heads, relations and comments are left aside unless named here.

    Returns:
        The names of the two columns.

    Raises:
        ValueError: If a named column is missing or holds no list of labels, or if there is not
            exactly one choice for a column that is not named.

    Example:
        >>> import datasets
        >>> rows = {"id": [7], "tokens": [["Ada", "slept"]], "ner_tags": [["B-PER", "O"]]}
        >>> token_and_label_columns(datasets.Dataset.from_dict(rows))
        ('tokens', 'ner_tags')
    """
    dataset = as_dataset(dataset)
    if tokens is None:
        tokens = token_column(dataset)
        if tokens is None:
            raise ValueError(
                f"No column `tokens` or `words`. Columns: {_described(dataset)}. "
                "Name the column of the tokens with tokens="
            )
    if label is None:
        candidates = label_columns(dataset, tokens)
        if not candidates:
            raise ValueError(
                f"No column holds one label a token. Columns: {_described(dataset)}. "
                "Name the column of the labels with label="
            )
        if len(candidates) > 1:
            raise ValueError(
                f"Several columns could be the labels: {', '.join(candidates)}. "
                f'Choose one, for example label="{candidates[0]}"'
            )
        label = candidates[0]
    for name in (tokens, label):
        _check_holds_labels(dataset, name)
    return tokens, label


def token_column(dataset: hf.Dataset) -> str | None:
    """Finds the column of the tokens: `tokens` or else `words`, or `None`.

    Example:
        >>> import datasets
        >>> token_column(datasets.Dataset.from_dict({"words": [["Ada"]], "ner": [["B-PER"]]}))
        'words'
    """
    return next((name for name in _TOKEN_COLUMNS if name in dataset.column_names), None)


def label_columns(dataset: hf.Dataset, tokens: str) -> list[str]:
    """Lists the columns that could be what a tagger learns, as `token_and_label_columns` sees it.

    Args:
        dataset: Sentences as lists of tokens.
        tokens: The column of the tokens.

    Returns:
        The names of the columns, in their order.

    Example:
        >>> import datasets
        >>> rows = {"tokens": [["Ada"]], "lemmas": [["Ada"]], "upos": [["PROPN"]], "id": [7]}
        >>> label_columns(datasets.Dataset.from_dict(rows), "tokens")
        ['upos']
    """
    return [
        name
        for name in dataset.column_names
        if name not in _NOT_LABELS | {tokens} and _holds_labels(dataset.features[name])
    ]


def label_strings(dataset: hf.Dataset, column: str) -> list[list[str]]:
    """Reads a column of lists as lists of strings.

    Args:
        dataset: The data set.
        column: A column of lists of strings, which are taken as they are, of `ClassLabel` numbers,
            which become their names, or of other whole numbers, which become their digits.

    Returns:
        A list of strings for each row.

    Raises:
        ValueError: If there is no such column, if it holds something else, or if a value is
            missing (`None`, or a number without a name).

    Example:
        >>> import datasets
        >>> names = datasets.ClassLabel(names=["NOUN", "VERB"])
        >>> features = datasets.Features({"upos": datasets.List(names)})
        >>> label_strings(datasets.Dataset.from_dict({"upos": [[1, 0]]}, features), "upos")
        [['VERB', 'NOUN']]
    """
    dataset = as_dataset(dataset)
    _check_holds_labels(dataset, column)
    rows: list[list] = dataset.with_format(None)[column][:]
    for row, values in enumerate(rows):
        if values is None or None in values:
            raise ValueError(f"dataset[{row}]: a value is missing in {column!r}: {values}")
    feature = dataset.features[column].feature
    if isinstance(feature, hf.ClassLabel):
        return _class_names(rows, feature, column)
    if feature.dtype.startswith(("int", "uint")):
        return [[str(value) for value in values] for values in rows]
    return rows


def tokens_and_labels(
    dataset: hf.Dataset, tokens: str | None = None, label: str | None = None
) -> tuple[list[list[str]], list[list[str]]]:
    """Reads the sentences of a tagging data set with their labels.

    Args:
        dataset: Sentences as lists of tokens, with one label a token.
        tokens: The column of the tokens, found as in `token_and_label_columns` when left out.
        label: The column of the labels, found in the same way.

    Returns:
        The tokens of each row, and its labels: as many.

    Raises:
        ValueError: If the columns cannot be found or read, or if a row has different numbers of
            tokens and labels.

    Example:
        >>> import datasets
        >>> rows = {"tokens": [["Ada", "slept"]], "tags": [["B-PER", "O"]]}
        >>> tokens_and_labels(datasets.Dataset.from_dict(rows))
        ([['Ada', 'slept']], [['B-PER', 'O']])
    """
    tokens, label = token_and_label_columns(dataset, tokens, label)
    sentences, labels = label_strings(dataset, tokens), label_strings(dataset, label)
    for row, (words, tags) in enumerate(zip(sentences, labels, strict=True)):
        if len(words) != len(tags):
            raise ValueError(
                f"dataset[{row}]: each token needs one label. Received: {len(words)} values in "
                f"{tokens!r}, {len(tags)} in {label!r}"
            )
    return sentences, labels


def tokens_and_columns(
    dataset: hf.Dataset, tokens: str, columns: Sequence[str]
) -> tuple[list[list[str]], dict[str, list[list[str]]]]:
    """Reads the sentences of a tagging data set with several columns of labels.

    Args:
        dataset: Sentences as lists of tokens, with a label a token in each column.
        tokens: The column of the tokens.
        columns: The columns of the labels.

    Returns:
        The tokens of each row, and by column its labels.

    Raises:
        ValueError: As from `tokens_and_labels`.

    Example:
        >>> import datasets
        >>> rows = {"tokens": [["Ada", "slept"]], "upos": [["PROPN", "VERB"]]}
        >>> tokens_and_columns(datasets.Dataset.from_dict(rows), "tokens", ["upos"])
        ([['Ada', 'slept']], {'upos': [['PROPN', 'VERB']]})
    """
    sentences: list[list[str]] = []
    labels = {}
    for column in columns:
        sentences, labels[column] = tokens_and_labels(dataset, tokens, column)
    return sentences, labels


def _class_names(rows: list[list[int]], feature: hf.ClassLabel, column: str) -> list[list[str]]:
    names = dict(enumerate(feature.names))  # a list would take -1, "no label", for the last name
    try:
        return [[names[value] for value in values] for values in rows]
    except KeyError as error:
        row = next(row for row, values in enumerate(rows) if error.args[0] in values)
        raise ValueError(
            f"dataset[{row}]: label {error.args[0]} in {column!r} has no name among the "
            f"{len(names)} of its ClassLabel"
        ) from error


def _check_holds_labels(dataset: hf.Dataset, column: str) -> None:
    if column not in dataset.column_names:
        raise ValueError(f"There is no column {column!r}. Columns: {_described(dataset)}")
    if not _holds_labels(dataset.features[column]):
        raise ValueError(
            f"The column {column!r} must hold lists of strings, whole numbers or ClassLabel. "
            f"Received: {dataset.features[column]}"
        )


def _holds_labels(feature: Any) -> bool:
    if not isinstance(feature, (hf.List, hf.LargeList)):
        return False
    values = feature.feature
    if isinstance(values, hf.ClassLabel):
        return True
    return isinstance(values, hf.Value) and values.dtype.startswith(
        ("string", "large_string", "int", "uint")
    )


def _described(dataset: hf.Dataset) -> str:
    return ", ".join(dataset.column_names) or "none"
