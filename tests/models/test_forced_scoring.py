import numpy as np
import pytest
from keras import ops

from nlpseq.models.forced_scoring import ForcedScoring

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

MASK = np.arange(5) < np.array([5, 1, 3, 4])[:, None]


def test_gives_the_log_softmax_of_the_logits_at_the_answers(make_model, source, rng):
    model = make_model("attention", dropout=0.5)
    inputs = {"source": source, "source_mask": MASK, "target": rng.integers(1, 7, size=(4, 6))}
    answers = rng.integers(1, 7, size=(4, 6))
    logits = ops.convert_to_numpy(model(inputs)).astype("float64")
    log_probs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    expected = np.take_along_axis(log_probs, answers[:, :, None], axis=-1)[:, :, 0]
    found = ForcedScoring(model).predict_on_batch({**inputs, "answers": answers})
    np.testing.assert_allclose(found, expected, rtol=1e-4)
