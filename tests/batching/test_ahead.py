import threading

import pytest

from nlpseq.batching.ahead import ahead
from nlpseq.batching.batches import Batches


class Numbered(Batches):
    """Each batch is the number of its only example; notes which were begun."""

    def __init__(self, count, fails_at=None):
        super().__init__([1] * count, batch_tokens=1)
        self.begun = []
        self.fails_at = fails_at
        self.second_begun = threading.Event()

    def collate(self, rows, widths, row_weights):
        (row,) = rows.tolist()
        self.begun.append(row)
        if len(self.begun) == 2:
            self.second_begun.set()
        if row == self.fails_at:
            raise ValueError(f"row {row}")
        return (row,)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_all_batches_come_in_order(count):
    batches = Numbered(count)
    assert list(ahead(batches)) == [batches[number] for number in range(count)]


def test_the_next_batch_is_made_while_one_is_computed():
    batches = Numbered(5)
    coming = ahead(batches)
    next(coming)
    assert batches.second_begun.wait(timeout=60)
    assert len(batches.begun) == 2  # and no more than that one


def test_an_error_comes_where_its_batch_would():
    coming = ahead(Numbered(4, fails_at=2))
    assert [next(coming), next(coming)] == [(0,), (1,)]
    with pytest.raises(ValueError, match="row 2"):
        next(coming)


def test_who_stops_early_leaves_no_thread_behind():
    before = threading.active_count()
    coming = ahead(Numbered(5))
    next(coming)
    coming.close()
    assert threading.active_count() == before
