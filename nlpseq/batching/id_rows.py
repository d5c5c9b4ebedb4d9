"""Rows of ids or words in an Arrow column, read where they lie."""

import copy
from bisect import bisect_right
from collections.abc import Sequence
from typing import overload

import numpy as np
import pyarrow as pa


class IdRows(Sequence[np.ndarray]):
    """A column of lists of ids as a sequence of arrays.

    Where the column is of a mapped file, memory holds eight bytes a row: which it is, and how long.

    Args:
        column: Lists of integers, none missing.

    Attributes:
        lengths: Ids of each row, int32, `(rows,)`.

    Example:
        >>> rows = IdRows(pa.chunked_array([[[5, 6]], [[], [7]]])).select([0, 2])
        >>> rows[1], rows.lengths
        (array([7]), array([2, 1], dtype=int32))
    """

    def __init__(self, column: pa.ChunkedArray) -> None:
        chunks = [chunk for chunk in column.chunks if len(chunk)]
        self._offsets = [chunk.offsets.to_numpy() for chunk in chunks]
        self._values = [chunk.values.to_numpy() for chunk in chunks]
        sizes = [len(chunk) for chunk in chunks]
        self._starts: list[int] = np.cumsum([0, *sizes]).tolist()
        every = [np.diff(offsets).astype(np.int32) for offsets in self._offsets]
        self.lengths: np.ndarray = np.concatenate([np.zeros(0, np.int32), *every])
        self._rows: np.ndarray | None = None

    def select(self, rows: Sequence[int] | np.ndarray) -> "IdRows":
        """Shows some of the rows, where the same data lie.

        Args:
            rows: Which of them, in their order.

        Returns:
            These rows.
        """
        selected = copy.copy(self)
        numbers = np.asarray(rows, dtype=np.int32)
        selected._rows = numbers if self._rows is None else self._rows[numbers]
        selected.lengths = self.lengths[numbers]
        return selected

    def __len__(self) -> int:
        return len(self.lengths)

    @overload
    def __getitem__(self, row: int) -> np.ndarray: ...
    @overload
    def __getitem__(self, row: slice) -> list[np.ndarray]: ...
    def __getitem__(self, row: int | slice) -> np.ndarray | list[np.ndarray]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        row = range(len(self))[row]
        number = row if self._rows is None else int(self._rows[row])
        chunk = bisect_right(self._starts, number) - 1
        place = number - self._starts[chunk]
        start, stop = self._offsets[chunk][place : place + 2]
        ids: np.ndarray = self._values[chunk][start:stop]
        return ids


class WordRows(Sequence[list[str]]):
    """A column of lists of strings as a sequence of lists.

    Args:
        column: Lists of strings, none missing.
        rows: Which rows to show, in their order; `None` for all.

    Example:
        >>> WordRows(pa.chunked_array([[["a", "b"], ["c"]]]), rows=[1])[0]
        ['c']
    """

    def __init__(
        self, column: pa.ChunkedArray, rows: Sequence[int] | np.ndarray | None = None
    ) -> None:
        self._column = column
        self._rows = np.arange(len(column)) if rows is None else np.asarray(rows, dtype=np.int32)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, row: int) -> list[str]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[str]]: ...
    def __getitem__(self, row: int | slice) -> list[str] | list[list[str]]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        words: list[str] = self._column[int(self._rows[row])].as_py()
        return words


def lengths_of(rows: Sequence) -> np.ndarray:
    """Counts the elements of each sequence.

    Args:
        rows: Sequences of ids: `IdRows`, or lists or arrays.

    Returns:
        Integers, `(rows,)`.

    Example:
        >>> lengths_of([[5, 6], []])
        array([2, 0])
    """
    if isinstance(rows, IdRows):
        return rows.lengths
    return np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
