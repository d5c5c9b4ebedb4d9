"""Length buckets: the few padded widths that waste the fewest slots."""

import numpy as np
from numpy.typing import ArrayLike


def bucket_widths(
    lengths: ArrayLike, num_buckets: int, bucket_cost: int = 0, counts: ArrayLike | None = None
) -> np.ndarray:
    """Finds the padded widths for which a set of examples has the fewest slots.

    The examples are sorted, cut into at most `num_buckets` groups, and each group is
    as wide as its longest member. Dynamic programming over the distinct lengths tries
    every cut, so for one length an example no choice of widths is better.

    With several lengths an example (a source and a target), the examples are sorted
    by the greater of their percentile ranks, source among sources and target among
    targets, and the cut is the best one of that order. On every side a bucket is at
    least as wide as the one before.

    Args:
        lengths: Tokens of each example, integers, `(examples,)`, or
            `(examples, sides)` for examples of several sequences.
        num_buckets: The greatest number of buckets, at least 1.
        bucket_cost: Slots that a further bucket must save to be worth its shape.
        counts: How many examples have each of the `lengths`, where those are what
            `distinct_lengths` found, `(examples,)`. `None`: one each.

    Returns:
        Widths, integers, `(buckets, sides)`, narrowest bucket first. No more buckets
        than needed: two equal ones never occur.

    Raises:
        ValueError: If there are no lengths, or `num_buckets` is below 1.

    Example:
        >>> bucket_widths([2, 3, 3, 9, 10], num_buckets=2)
        array([[ 3],
               [10]])
        >>> bucket_widths([[2, 3], [3, 2], [8, 9]], num_buckets=2)
        array([[3, 3],
               [8, 9]])
    """
    table = _as_table(lengths)
    if num_buckets < 1:
        raise ValueError(f"`num_buckets` must be at least 1. Received: num_buckets={num_buckets}")
    if not len(table):
        raise ValueError("`lengths` must have at least one example. Received: none")
    if counts is None:
        table, _, counts = distinct_lengths(table)
    widths, counts = _levels(table, np.asarray(counts))
    return widths[_cheapest_ends(widths.sum(axis=1), counts, num_buckets, bucket_cost)]


def assign(lengths: ArrayLike, widths: ArrayLike) -> np.ndarray:
    """Gives each example the first bucket that is wide enough on every side.

    Args:
        lengths: Tokens of each example, `(examples,)` or `(examples, sides)`.
        widths: Padded widths, `(buckets, sides)`, narrowest bucket first, as
            `bucket_widths` returns them.

    Returns:
        Index of the bucket of each example, `(examples,)`.

    Raises:
        ValueError: If an example is longer than the widest bucket.

    Example:
        >>> assign([2, 9, 3], widths=[[3], [10]])
        array([0, 1, 0])
    """
    table, widths = _as_table(lengths), _as_table(widths)
    if not len(table):
        return np.zeros(0, dtype=np.int64)
    rows, row_of, _ = distinct_lengths(table)
    fits: np.ndarray = np.all(rows[:, None] <= widths, axis=2)  # (distinct rows, buckets)
    homeless = np.flatnonzero(~fits.any(axis=1))
    if homeless.size:
        row = np.flatnonzero(np.isin(row_of, homeless))[0]
        raise ValueError(
            "Every example must fit into the widest bucket. "
            f"Received: example {row} of length {_as_text(table[row])}, "
            f"widest bucket {_as_text(widths[-1])}"
        )
    buckets: np.ndarray = fits.argmax(axis=1)[row_of]
    return buckets


def distinct_lengths(lengths: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Finds the different lengths: they are few, however many examples there are.

    Args:
        lengths: Tokens of each example, `(examples,)` or `(examples, sides)`; of one at least.

    Returns:
        rows: The different ones, `(distinct rows, sides)`.
        row_of: Which of them each example has, `(examples,)`.
        counts: How many examples have each, `(distinct rows,)`.

    Example:
        >>> rows, row_of, counts = distinct_lengths([[2, 3], [8, 9], [2, 3]])
        >>> rows.tolist(), row_of.tolist(), counts.tolist()
        ([[2, 3], [8, 9]], [0, 1, 0], [2, 1])
    """
    table = _as_table(lengths)
    row_of = np.zeros(len(table), dtype=np.int64)
    for side in table.T:
        values, index = _unique(side)
        row_of = row_of * len(values) + index
    codes, row_of = _unique(row_of)
    counts = np.bincount(row_of)
    rows = np.empty((len(codes), table.shape[1]), dtype=np.int64)
    rows[row_of] = table
    return rows, row_of, counts


def _as_table(lengths: ArrayLike) -> np.ndarray:
    """`(examples,)` or `(examples, sides)` to `(examples, sides)`."""
    table = np.asarray(lengths)
    if not np.issubdtype(table.dtype, np.integer):
        table = table.astype(np.int64)
    return table[:, None] if table.ndim == 1 else table


def _as_text(sides: np.ndarray) -> str:
    return " and ".join(map(str, sides))


def _unique(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`np.unique` with the inverse, of small numbers: it counts, and does not sort."""
    if values.max() > 4 * len(values) + 1000:
        found, index = np.unique(values, return_inverse=True)
        return found, index
    present = np.bincount(values) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[values]


def _levels(rows: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places where the sorted examples can be cut.

    Args:
        rows: The different lengths of the examples, `(distinct rows, sides)`.
        counts: How many examples have each.

    Returns:
        widths: Width on each side that holds all examples up to a level, `(levels, sides)`.
        counts: Examples of each level, `(levels,)`.
    """
    ranks = []  # of each side: how many examples are not longer
    for side in rows.T:
        _, index = _unique(side)
        ranks.append(np.bincount(index, weights=counts).cumsum().astype(np.int64)[index])
    keys, levels = np.unique(np.max(ranks, axis=0), return_inverse=True)
    widths = np.zeros((len(keys), rows.shape[1]), dtype=np.int64)
    np.maximum.at(widths, levels, rows)
    examples = np.bincount(levels, weights=counts).astype(np.int64)
    return np.maximum.accumulate(widths, axis=0), examples


def _cheapest_ends(
    widths: np.ndarray, counts: np.ndarray, num_buckets: int, bucket_cost: int
) -> list[int]:
    """The last level of each bucket, for the cheapest cut of the levels into buckets.

    `slots[k, j]` is the least number of slots of the first `j` levels in `k` buckets:
    the last bucket begins at some level `i`, and `slots[k - 1, i]` is known.
    """
    examples = np.concatenate([[0], np.cumsum(counts)])
    slots = np.full((num_buckets + 1, len(examples)), np.inf)
    slots[0, 0] = 0
    begins = np.zeros(slots.shape, dtype=np.int64)
    for j in range(1, len(examples)):
        last_bucket = (examples[j] - examples[:j]) * widths[j - 1]  # (i,)
        candidates = slots[:-1, :j] + last_bucket  # (k - 1, i)
        begins[1:, j] = candidates.argmin(axis=1)
        slots[1:, j] = candidates.min(axis=1)
    # The first of equal minima, and so the fewest buckets.
    buckets = int(np.argmin(slots[:, -1] + bucket_cost * np.arange(num_buckets + 1)))
    ends, j = [], len(counts)
    for k in range(buckets, 0, -1):
        ends.append(j - 1)
        j = begins[k, j]
    return ends[::-1]
