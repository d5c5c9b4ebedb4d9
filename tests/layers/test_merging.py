import numpy as np
import pytest
from keras import ops

from nlpseq.layers.merging import MERGE_MODES, merge

pytestmark = pytest.mark.backends


@pytest.mark.parametrize("mode", MERGE_MODES)
def test_one_direction_stays_as_it_is(rng, mode):
    forward = rng.normal(size=(2, 3))
    np.testing.assert_array_equal(ops.convert_to_numpy(merge([forward], mode)), forward)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("concat", [3, 4, 5, -1]), ("sum", [8, 3]), ("mul", [15, -4]), ("ave", [4, 1.5])],
)
def test_two_directions_become_one_vector(mode, expected):
    found = merge([np.array([[3.0, 4.0]]), np.array([[5.0, -1.0]])], mode)
    assert ops.convert_to_numpy(found).tolist() == [expected]
