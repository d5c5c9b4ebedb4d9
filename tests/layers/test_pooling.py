import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.pooling import Pooling

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
MASK = np.arange(5) < np.array([[5], [2], [1]])


@pytest.mark.parametrize(("kind", "function"), [("mean", np.mean), ("max", np.max)])
def test_it_is_numpys_over_the_real_steps_of_each_row(rng, kind, function):
    inputs = rng.normal(size=(3, 5, 4)).astype("float32") - 9  # all below 0, the filling of others
    inputs[~MASK] = rng.normal(size=inputs[~MASK].shape) + 50  # garbage behind the ends
    found = to_numpy(Pooling(kind)(inputs, mask=MASK))
    for row, length in enumerate(MASK.sum(axis=1)):
        np.testing.assert_allclose(found[row], function(inputs[row, :length], axis=0), rtol=1e-5)
    np.testing.assert_allclose(to_numpy(Pooling(kind)(inputs)), function(inputs, axis=1), rtol=1e-5)


def test_a_mean_of_many_steps_is_exact_in_half_the_bits():
    inputs = ops.ones((1, 3000, 2), "bfloat16")
    mask = np.ones((1, 3000), bool)
    found = Pooling("mean", dtype="bfloat16")(inputs, mask=mask)
    assert keras.backend.standardize_dtype(found.dtype) == "bfloat16"
    np.testing.assert_array_equal(to_numpy(ops.cast(found, "float32")), 1)


def test_an_unknown_kind_is_named():
    with pytest.raises(ValueError, match=r"one of mean, max\. Received: kind='sum'"):
        Pooling("sum")
