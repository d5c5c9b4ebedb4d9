import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.shrinking import FEWEST, shrinking_loop

pytestmark = pytest.mark.backends


def count_up(limits, batches=None):
    """Each row counts up to its limit; `state` and `given` have to stay with their rows."""
    numbers = np.arange(len(limits), dtype="int32")

    def count(time, runs, found, state, given):
        if batches is not None:
            batches.append(runs.shape[0])
        is_same_row = state["number"] == given["number"]
        counts = ops.where(ops.logical_and(runs, is_same_row), found["counts"] + 1, found["counts"])
        last = ops.where(runs[:, None], ops.stack([given["number"], time + 0 * counts], 1), 0)
        found = {"counts": counts, "last": ops.where(runs[:, None], last, found["last"])}
        runs = ops.logical_and(runs, counts < given["limits"])
        return runs, found, {"number": state["number"], "twice": 2 * state["twice"]}

    found = {
        "counts": ops.zeros(len(limits), dtype="int32"),
        "last": ops.zeros((len(limits), 2), dtype="int32"),
    }
    given = {"limits": ops.convert_to_tensor(limits), "number": ops.convert_to_tensor(numbers)}
    state = {"number": given["number"], "twice": ops.ones((len(limits), 3))}
    found = shrinking_loop(count, given["limits"] > 0, found, state, given, halvings=3)
    return {name: ops.convert_to_numpy(x) for name, x in found.items()}


@pytest.mark.parametrize("rows", [1, 2, FEWEST - 1, FEWEST, FEWEST + 1, 100])
def test_every_row_runs_to_its_own_end_wherever_it_is_computed(rng, rows):
    limits = rng.integers(0, 9, size=rows).astype("int32")
    found = count_up(limits)
    assert found["counts"].tolist() == limits.tolist()
    numbers = np.where(limits > 0, np.arange(rows), 0)
    assert found["last"].tolist() == np.stack([numbers, np.maximum(limits - 1, 0)], 1).tolist()


def test_the_batch_is_halved_when_half_of_the_rows_have_finished():
    limits = np.repeat(np.arange(1, 12, dtype="int32"), 3)  # 33 rows, 3 finish at each step
    batches = []
    count_up(limits, batches)
    if keras.backend.backend() == "jax":  # which traces each loop once
        assert list(dict.fromkeys(batches)) == [33, 17, 9, 5]
    else:  # after 6 steps 15 of 33 rows are left, after 8 steps 9, after 10 steps 3
        assert batches == [33] * 6 + [17] * 2 + [9] * 2 + [5]


def test_a_batch_that_finishes_at_once_is_not_computed_again():
    batches = []
    count_up(np.full(20, 2, "int32"), batches)
    assert batches == [20, 20] or keras.backend.backend() == "jax"


def test_small_batches_stay_as_they_are():
    batches = []
    count_up(np.arange(FEWEST - 1, dtype="int32"), batches)
    assert set(batches) == {FEWEST - 1}
