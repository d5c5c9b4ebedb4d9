"""Rows of any number: all of them as a data set on the disk, or a sample in memory."""

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

import datasets as hf
import numpy as np
import pyarrow as pa

from nlpseq.datasets.any_data import as_dataset
from nlpseq.datasets.cache import cache_folder, is_worth_a_file

Rows: TypeAlias = hf.Dataset | hf.IterableDataset

# What vocabularies are made from at most: SentencePiece needs some 40 bytes a character to learn.
SAMPLE_ROWS = 250_000
_BLOCK = 1000  # rows that lie side by side, in a sample and in a copy
_SPARE_BYTES = 1 << 30


def sample_rows(rows: Rows, limit: int = SAMPLE_ROWS, seed: int = 0) -> hf.Dataset:
    """Takes some rows, to make vocabularies from.

    Args:
        rows: A data set or a stream, or rows in memory as `as_dataset` takes them.
        limit: How many at most. Of a larger data set they are drawn, a thousand neighbours at a
            time; of a stream they are the first.
        seed: Decides which are drawn.

    Returns:
        The rows; all of them where they are not more than `limit`.

    Example:
        >>> stream = hf.Dataset.from_dict({"n": range(9)}).to_iterable_dataset()
        >>> sample_rows(stream, limit=3)["n"][:]
        [0, 1, 2]
    """
    rows = as_dataset(rows)
    if isinstance(rows, hf.IterableDataset):
        tables = _tables(rows, min(_BLOCK, limit))
        return _joined(list(islice(tables, limit // min(_BLOCK, limit))), rows.features)
    if len(rows) <= limit:
        return rows
    blocks = np.random.default_rng(seed).choice(len(rows) // _BLOCK, limit // _BLOCK, replace=False)
    plain = rows.with_format("arrow")
    tables = (plain[int(_BLOCK * b) : int(_BLOCK * (b + 1))] for b in sorted(blocks))
    return _joined(list(tables), rows.features)


def stored_rows(rows: Rows) -> hf.Dataset:
    """Gives all rows as a data set, of which any row can be read at any time.

    Args:
        rows: A data set, which is given back as it is; rows in memory as `as_dataset` takes them;
            or a stream, which is read once. Its rows go to a file in the cache, which lives as
            long as what is returned; few stay in memory.

    Returns:
        The data set.

    Raises:
        ValueError: If the stream has no row, or the disk has no room for it.

    Example:
        >>> stream = hf.Dataset.from_dict({"n": range(3)}).to_iterable_dataset()
        >>> stored_rows(stream)[1]
        {'n': 1}
    """
    rows = as_dataset(rows)
    if isinstance(rows, hf.Dataset):
        return rows
    tables = _tables(rows, _BLOCK)
    head: list[pa.Table] = []
    for table in tables:
        head.append(table)
        if is_worth_a_file(sum(table.num_rows for table in head)):
            break
    else:
        return _joined(head, rows.features)
    cache_folder().mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="stream-", dir=cache_folder()))
    try:
        path = folder / "rows.arrow"
        _write(chain(head, tables), _schema(rows.features, head[0]), path)
    except BaseException:
        shutil.rmtree(folder)
        raise
    dataset = hf.Dataset.from_file(str(path))
    weakref.finalize(dataset, shutil.rmtree, folder, ignore_errors=True)
    return dataset


def _write(tables: Iterable[pa.Table], schema: pa.Schema, path: Path) -> None:
    with path.open("wb") as stream, pa.ipc.new_stream(stream, schema) as writer:
        for table in tables:
            if shutil.disk_usage(path.parent).free < _SPARE_BYTES:
                raise ValueError(
                    f"The disk of {path.parent} has no room for this stream. Give fit(..., "
                    "steps_per_epoch=): then its rows are not kept, and an epoch has an end"
                )
            writer.write_table(table.cast(schema))


def _tables(rows: hf.IterableDataset, size: int) -> Iterator[pa.Table]:
    yield from rows.with_format("arrow").iter(size)


def _joined(tables: list[pa.Table], features: hf.Features | None) -> hf.Dataset:
    if not tables:
        raise ValueError("The stream has no row")
    table = pa.concat_tables(tables, promote_options="default")
    return hf.Dataset(hf.table.InMemoryTable(table.cast(_schema(features, table))))


def _schema(features: hf.Features | None, table: pa.Table) -> pa.Schema:
    """That of the features, with which `datasets` knows them again."""
    return table.schema if features is None else features.arrow_schema
