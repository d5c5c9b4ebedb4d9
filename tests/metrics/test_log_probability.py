import numpy as np
import pytest
from keras import ops

from nlpseq.metrics.log_probability import LogProbability

pytestmark = pytest.mark.backends


def test_it_is_the_mean_over_real_tokens_of_all_batches(rng):
    metric = LogProbability()
    found = []
    for shape in ((2, 3), (1, 5)):
        logits = rng.normal(size=(*shape, 4)).astype("float32")
        right = rng.integers(0, 4, shape)
        weights = rng.integers(0, 2, shape).astype("float32")
        metric.update_state(right, logits, weights)
        shares = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
        chosen = np.take_along_axis(shares, right[..., None], axis=-1)[..., 0]
        found += np.log(chosen)[weights > 0].tolist()
    assert float(ops.convert_to_numpy(metric.result())) == pytest.approx(np.mean(found), rel=1e-5)


def test_without_weights_all_tokens_count():
    metric = LogProbability()
    metric.update_state(np.zeros((2, 3), int), np.zeros((2, 3, 8)))
    assert float(ops.convert_to_numpy(metric.result())) == pytest.approx(-np.log(8))
