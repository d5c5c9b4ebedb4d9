import numpy as np
import pytest

from nlpseq.batching.batches import Batches
from nlpseq.batching.rest import RestOfEpoch


class Rows(Batches):
    """Batches that are the indices of their examples."""

    def collate(self, rows, widths, row_weights):
        return (rows,)


@pytest.fixture
def batches():
    batches = Rows([1, 2, 2, 5, 5, 9, 9], batch_tokens=10, shuffle=True, seed=3)
    batches.epoch = 3
    return batches


@pytest.mark.parametrize("start", [0, 1, 2])
def test_the_rest_has_the_batches_that_are_left_in_their_order(batches, start):
    rest = RestOfEpoch(batches, start)
    rest.on_epoch_end()  # as `fit` does before its first epoch
    assert batches.epoch == 4
    found, whole = [batch.tolist() for (batch,) in rest], [batch.tolist() for (batch,) in batches]
    assert found == whole[start:]
    rest.on_epoch_end()
    assert batches.epoch == 4


def test_before_it_begins_the_batches_are_those_from_which_shapes_are_taken(batches):
    rest = RestOfEpoch(batches, 2)
    for index in (0, 1):  # the widest and the narrowest
        np.testing.assert_array_equal(rest[index][0], batches[index][0])
    assert len(rest) == len(batches) - 2


@pytest.mark.parametrize("left", [1, 0])
def test_two_batches_must_be_left(batches, left):
    with pytest.raises(ValueError, match=rf"At least two of {len(batches)} batches must be left"):
        RestOfEpoch(batches, len(batches) - left)
