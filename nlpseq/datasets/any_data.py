"""Data of any kind as a Hugging Face data set."""

from collections.abc import Mapping, Sequence
from typing import Any

import datasets as hf

_DEV_SPLITS = ("validation", "dev", "valid", "val")


def as_dataset(data: Any, split: str | None = None) -> hf.Dataset | hf.IterableDataset:
    """Makes a data set of rows that are in memory already.

    Args:
        data: A data set, which stays as it is; the splits of one (a `DatasetDict` or another
            dictionary of data sets); a list of dictionaries, one a row; a dictionary of columns; or
            a pandas data frame.
        split: Which one, where there are several.

    Returns:
        The data set.

    Raises:
        TypeError: If `data` is of another kind.
        ValueError: If a split must be chosen, or there is none to choose from, or if the rows have
            different keys or values of different kinds.

    Example:
        >>> as_dataset([{"en": "Go.", "de": "Geh."}, {"en": "Stop.", "de": "Halt."}])["de"][:]
        ['Geh.', 'Halt.']
    """
    if is_splits(data):
        return choose_split(data, split, "The data set")
    if split is not None:
        raise ValueError(f"The data set has no splits: leave split={split!r} out")
    if isinstance(data, (hf.Dataset, hf.IterableDataset)):
        return data
    try:
        if type(data).__module__.partition(".")[0] == "pandas":
            return hf.Dataset.from_pandas(data, preserve_index=False)
        if isinstance(data, Mapping):
            return hf.Dataset.from_dict(dict(data))
        if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
            return _from_rows(data)
    except (TypeError, ValueError, AttributeError) as error:  # what pyarrow's errors are
        raise ValueError(f"The rows make no data set: {error}") from error
    raise TypeError(
        "Data must be a Hugging Face data set, a list of dictionaries, a dictionary of columns or "
        f"a pandas data frame; nlpseq.load_dataset reads files. Received: {type(data).__name__}"
    )


def is_splits(data: Any) -> bool:
    """Whether data are several data sets by name.

    Example:
        >>> is_splits({"train": hf.Dataset.from_dict({"en": ["Go."]})})
        True
    """
    return (
        isinstance(data, Mapping)
        and len(data) > 0
        and all(isinstance(part, (hf.Dataset, hf.IterableDataset)) for part in data.values())
    )


def choose_split(splits: Mapping[str, Any], split: str | None, source: str) -> Any:
    """Takes one of several splits.

    Args:
        splits: By name.
        split: Which one; may be left out where there is only one.
        source: What has the splits, for error messages.

    Returns:
        The split.

    Raises:
        ValueError: If there is no such split, or several and none is named.

    Example:
        >>> choose_split({"train": [1], "test": [2]}, "test", "The data set")
        [2]
    """
    if split is None and len(splits) == 1:
        return next(iter(splits.values()))
    if split is None or split not in splits:
        received = "" if split is None else f". Received: split={split!r}"
        first = next(iter(splits))
        raise ValueError(
            f"{source} has the splits {', '.join(splits)}: choose one, for example "
            f'split="{first}" of load_dataset, or data["{first}"]{received}'
        )
    return splits[split]


def dev_split(names: Sequence[str]) -> str | None:
    """The name of the dev split among those of a data set, or `None`.

    Example:
        >>> dev_split(["train", "test", "validation"])
        'validation'
    """
    return next((name for name in _DEV_SPLITS if name in names), None)


def training_data(data: Any, validation_data: Any = None) -> tuple[Any, Any]:
    """Tells what is learnt from and what the best epoch is picked by.

    Args:
        data: As for `as_dataset`. Of splits it is `train`.
        validation_data: As for `as_dataset`, or `None`: then the dev split, where `data` are splits
            that have one.

    Returns:
        Two data sets, the second perhaps `None`.

    Raises:
        TypeError: As from `as_dataset`.
        ValueError: As from `as_dataset`, or if no split is called `train`.

    Example:
        >>> splits = {name: hf.Dataset.from_dict({"en": [name]}) for name in ("train", "dev")}
        >>> train, dev = training_data(splits)
        >>> train["en"][:], dev["en"][:]
        (['train'], ['dev'])
    """
    if is_splits(data) and len(data) > 1:
        name = dev_split(list(data))
        if validation_data is None and name is not None:
            validation_data = data[name]
        data = as_dataset(data, "train")
    return as_dataset(data), None if validation_data is None else as_dataset(validation_data)


def _from_rows(rows: Sequence[Any]) -> hf.Dataset:
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise ValueError(f"rows[{number}] must be a dictionary. Received: {row!r}")
        if row.keys() != rows[0].keys():
            raise ValueError(
                f"rows[{number}] must have the keys of rows[0], {', '.join(rows[0])}. "
                f"Received: {', '.join(row)}"
            )
    if not rows:
        raise ValueError("there is no row")
    return hf.Dataset.from_list([dict(row) for row in rows])
