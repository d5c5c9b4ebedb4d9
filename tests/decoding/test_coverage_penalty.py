import math

import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.coverage_penalty import CoveragePenalty

pytestmark = pytest.mark.backends


def test_is_the_equation_of_the_paper():
    coverage = np.array([[[0.2, 1.7, 0.5, 9.0], [1.0, 2.0, 1.0, 0.0]]], "float32")
    mask = np.array([[[True, True, True, False]]])
    found = ops.convert_to_numpy(CoveragePenalty(beta=0.3)(coverage, mask))
    np.testing.assert_allclose(found, [[0.3 * (math.log(0.2) + math.log(0.5)), 0.0]], rtol=1e-5)


def test_a_token_never_looked_at_costs_much_but_not_everything():
    found = float(CoveragePenalty()(np.zeros((1, 1), "float32"), np.array([[True]]))[0])
    assert -10 < found < -2


def test_a_negative_strength_is_named():
    with pytest.raises(ValueError, match=r"`beta` must be 0 or more\. Received: beta=-1"):
        CoveragePenalty(beta=-1)
