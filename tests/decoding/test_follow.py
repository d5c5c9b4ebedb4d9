import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.follow import follow

pytestmark = pytest.mark.backends

PROBABILITIES = np.array([0.1, 0.2, 0.3, 0.4])


def look_up(token_ids, state):
    log_probs = ops.convert_to_tensor(np.log(PROBABILITIES, dtype="float32"))
    return ops.zeros((ops.shape(token_ids)[0], 1)) + log_probs, state


def test_goes_where_it_is_told_and_adds_up_what_that_costs():
    script = np.array([[2, 3, 1, 2], [3, 1, 2, 2], [2, 2, 2, 2]])

    def choose(log_probs, time, places):
        return ops.take(ops.convert_to_tensor(script), time, axis=1)

    limits, first_ids = np.array([4, 4, 3]), np.zeros(3, "int32")
    found = follow(look_up, (), first_ids, 1, limits, 4, choose)
    found = {name: ops.convert_to_numpy(x) for name, x in found.items()}
    assert found["token_ids"].tolist() == [[2, 3, 1, 0], [3, 1, 0, 0], [2, 2, 2, 0]]
    assert found["lengths"].tolist() == [3, 2, 3]
    expected = [0.3 * 0.4 * 0.2, 0.4 * 0.2, 0.3**3]
    np.testing.assert_allclose(np.exp(found["log_probs"]), expected, rtol=1e-5)
