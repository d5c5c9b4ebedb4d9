"""Predictions as new columns of a data set."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

import datasets as hf
import pyarrow as pa

_ROWS_AT_ONCE = 4096

Rows: TypeAlias = hf.Dataset | hf.IterableDataset
Batch = Mapping[str, list]


def add_predictions(
    rows: Rows,
    read: Callable[[Batch], Sequence[Any]],
    predict: Callable[[Iterable[Any]], Iterator[Sequence[Any]]],
    features: Mapping[str, Any],
) -> Rows:
    """Adds columns of predictions to the rows of a data set.

    Args:
        rows: A data set, or a stream: then the predictions are made as its rows are read.
        read: Gives the inputs in some rows, one a row.
        predict: Gives for each input, in order, a value for each new column; labels as strings.
        features: The new columns and their features. A column of that name is replaced.

    Returns:
        The data set with the new columns; the given one stays as it is.

    Raises:
        ValueError: If a prediction is not among the names of its `ClassLabel`.

    Example:
        >>> rows = hf.Dataset.from_dict({"en": ["Go", "Stop"]})
        >>> shout = lambda texts: ((text.upper(),) for text in texts)
        >>> features = {"loud": hf.Value("string")}
        >>> add_predictions(rows, lambda batch: batch["en"], shout, features)["loud"][:]
        ['GO', 'STOP']
    """

    def columns(inputs: Iterable[Any]) -> Iterator[dict[str, list]]:
        found = predict(inputs)
        while chunk := list(islice(found, _ROWS_AT_ONCE)):
            yield {
                name: [_encoded(value, feature) for value in values]
                for (name, feature), values in zip(
                    features.items(), zip(*chunk, strict=True), strict=True
                )
            }

    if isinstance(rows, hf.IterableDataset):
        known = rows.features and hf.Features({**rows.features, **features})
        return rows.with_format(None).map(
            lambda batch: next(columns(read(batch))),
            batched=True,
            batch_size=_ROWS_AT_ONCE,
            features=known,
        )
    plain = rows.with_format(None)
    inputs = (value for batch in plain.iter(_ROWS_AT_ONCE) for value in read(batch))
    arrays: dict[str, list[pa.Array]] = {name: [] for name in features}
    schema = hf.Features(dict(features)).arrow_schema
    for chunk in columns(inputs):
        for name, values in chunk.items():
            arrays[name].append(pa.array(values, schema.field(name).type))
    rows = rows.remove_columns([name for name in features if name in rows.column_names])
    for name, feature in features.items():
        column = pa.chunked_array(arrays[name], schema.field(name).type)
        rows = rows.add_column(name, column, feature=feature)
    return rows


def _encoded(value: Any, feature: Any) -> Any:
    """Labels as the numbers of their `ClassLabel`."""
    if isinstance(feature, hf.ClassLabel):
        return feature.str2int(value)
    if isinstance(feature, hf.List) and isinstance(feature.feature, hf.ClassLabel):
        return feature.feature.str2int(list(value)) if value else []
    return value
