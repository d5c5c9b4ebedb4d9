import numpy as np
import pyarrow as pa
import pytest

from nlpseq.batching.id_rows import IdRows, lengths_of
from nlpseq.batching.pairs import PairBatches

IDS = [[5, 6, 7], [], [8], [9, 10], [], [11]]


def column(*sizes):
    """`IDS` in chunks of these sizes, each a slice of a larger array."""
    stops = np.cumsum(sizes)
    whole = pa.array([[1, 1], *IDS, [2]], pa.list_(pa.uint16()))[1:-1]
    return pa.chunked_array(
        [whole[stop - n : stop] for n, stop in zip(sizes, stops, strict=True)], whole.type
    )


@pytest.mark.parametrize("sizes", [(6,), (1, 2, 3), (0, 4, 0, 2), (1,) * 6])
@pytest.mark.parametrize("rows", [None, [4, 0, 0, 5], np.array([2])])
def test_rows_are_those_of_the_column_however_it_is_cut(sizes, rows):
    expected = IDS if rows is None else [IDS[row] for row in rows]
    found = IdRows(column(*sizes))
    if rows is not None:
        found = found.select(rows)
    assert [ids.tolist() for ids in found] == expected
    assert [ids.tolist() for ids in found[1:]] == expected[1:]
    assert found.lengths.tolist() == lengths_of(expected).tolist() == list(map(len, expected))
    assert found[-1].tolist() == expected[-1]
    with pytest.raises(IndexError):
        found[len(expected)]


def test_rows_of_selected_rows():
    some = IdRows(column(2, 4)).select([5, 4, 3, 0])
    assert [ids.tolist() for ids in some.select([3, 1, 2])] == [[5, 6, 7], [], [9, 10]]
    assert some.select([3, 1, 2]).lengths.tolist() == [3, 0, 2]
    assert some.lengths.tolist() == [1, 0, 2, 3]


def test_a_column_without_rows_has_none():
    assert len(IdRows(pa.chunked_array([], pa.list_(pa.uint16())))) == 0


def test_batches_are_those_of_lists(rng):
    ids = [rng.integers(4, 60_000, size=n).tolist() for n in rng.integers(1, 30, size=200)]
    arrow = IdRows(pa.chunked_array([pa.array(ids, pa.list_(pa.uint16()))]))
    settings = {"batch_tokens": 100, "shuffle": True}
    for one, other in zip(
        PairBatches(ids, ids[::-1], **settings),
        PairBatches(arrow, arrow[::-1], **settings),
        strict=True,
    ):
        for name in one[0]:
            np.testing.assert_array_equal(one[0][name], other[0][name])
            assert one[0][name].dtype == other[0][name].dtype
        np.testing.assert_array_equal(one[1], other[1])
