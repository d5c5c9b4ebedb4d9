"""Rows of strings to rows of ids, once for the same data and settings."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import datasets as hf
import numpy as np
import pyarrow as pa

from nlpseq.datasets.cache import cached_path, is_worth_a_file, new_cached_file
from nlpseq.datasets.fingerprint import fingerprint
from nlpseq.datasets.mapped import mapped_table
from nlpseq.datasets.workers import in_workers
from nlpseq.progress import Progress

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 5_000

# Some rows to as many, in columns of lists of ids.
Encode = Callable[[hf.Dataset], pa.Table]


def encoded(
    dataset: hf.Dataset,
    encode: Encode,
    settings: Mapping[str, Any],
    processes: int | None = None,
) -> pa.Table:
    """Encodes all rows of a data set.

    From 10,000 rows on, several processes do it, and the result is kept in the cache
    (`nlpseq.datasets.cache`) as an Arrow file, which `datasets.Dataset.from_file` reads. It is
    found there when the same rows are encoded with the same settings again, and mapped: memory does
    not grow with the rows.

    Args:
        dataset: The rows.
        encode: Encodes some rows; it is called with a few thousand at a time.
        settings: Everything that `encode` does follows from these JSON values.
        processes: How many; by default as many as this process may use processors.

    Returns:
        The columns that `encode` makes, with a row for each row of `dataset`.

    Raises:
        ValueError: What `encode` raises, with the rows where it did so.

    Example:
        >>> dataset = hf.Dataset.from_dict({"text": ["b", "abc"]})
        >>> def encode(rows):
        ...     return pa.table({"ids": [[ord(c) for c in text] for text in rows["text"]]})
        >>> encoded(dataset, encode, {"kind": "code points"})["ids"].to_pylist()
        [[98], [97, 98, 99]]
    """
    if not is_worth_a_file(len(dataset)):
        return encode(dataset)
    path = cached_path({"data": fingerprint(dataset), **settings}, ".arrow")
    if path.exists():
        logger.info("Token ids of %d rows come from the cache, %s", len(dataset), path)
    else:
        tables = _encoded_blocks(dataset, encode, processes)
        first = next(tables)
        with (
            new_cached_file(path) as stream,
            pa.ipc.new_stream(stream, first.schema) as writer,
            Progress("Encoding", len(dataset), "rows") as progress,
        ):
            table: pa.Table | None = first
            while table is not None:
                writer.write_table(table)
                progress.add(table.num_rows, tokens=_num_ids(table))
                table = next(tables, None)
        logger.info("The token ids are in the cache, %s", path)
    return mapped_table(path)


def id_column(rows: Sequence[np.ndarray], smallest: int, largest: int) -> pa.ListArray:
    """Makes an Arrow column of lists of ids, in the smallest integers that hold them.

    Args:
        rows: The ids of each row.
        smallest: The smallest id that there can be in any row of the data.
        largest: The largest one.

    Returns:
        The column.

    Example:
        >>> id_column([np.array([300, 2]), np.array([])], 0, largest=8000).type
        ListType(list<item: uint16>)
    """
    dtype = np.result_type(np.min_scalar_type(smallest), np.min_scalar_type(largest))
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    values = np.concatenate([np.zeros(0, dtype), *rows]).astype(dtype)
    return pa.ListArray.from_arrays(offsets, values)


def _encoded_blocks(
    dataset: hf.Dataset, encode: Encode, processes: int | None
) -> Iterator[pa.Table]:
    def encode_from(start: int) -> pa.Table:
        stop = min(start + ROWS_AT_ONCE, len(dataset))
        try:
            return encode(dataset.select(range(start, stop)))
        except ValueError as error:
            raise ValueError(f"In the rows {start} to {stop - 1}: {error}") from error

    return in_workers(encode_from, range(0, len(dataset), ROWS_AT_ONCE), processes)


def _num_ids(table: pa.Table) -> int:
    """Ids in all columns of lists."""
    return sum(len(chunk.values) for column in table.columns for chunk in column.chunks)
