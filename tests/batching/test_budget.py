import numpy as np
import pytest

from nlpseq.batching.batches import Batches
from nlpseq.batching.budget import suitable_batch_tokens


class Rows(Batches):
    """Batches of nothing but row numbers."""

    def collate(self, rows, widths, row_weights):
        return (rows,)


@pytest.mark.parametrize(
    ("rows", "length", "expected"),
    [
        (1, 5, 256),  # at least that
        (7680, 10, 256),  # 76,800 / 300
        (7681, 10, 320),  # the next multiple of 64
        (30720, 10, 1024),
        (200_000, 10, 1024),  # at most that
    ],
)
def test_a_budget_that_is_not_given_makes_300_batches_an_epoch(rows, length, expected):
    lengths = np.stack([np.full(rows, length), np.full(rows, 2)], axis=1)
    assert suitable_batch_tokens(lengths) == expected
    assert Rows(lengths, batch_tokens=None).batch_tokens == expected
    assert Rows(lengths[:9], batch_tokens=77).batch_tokens == 77
