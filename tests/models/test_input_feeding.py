import numpy as np
import pytest
from keras import ops

from nlpseq.models.attention import AttentionDecoder
from nlpseq.models.input_feeding import InputFeedingDecoder

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
TARGET = np.array([[2, 3, 1, 4], [2, 5, 6, 1]])


@pytest.fixture
def memory(rng):
    return {
        "outputs": rng.normal(size=(2, 3, 6)).astype("float32"),
        "mask": np.array([[True, True, True], [True, False, False]]),
        "states": [[rng.normal(size=(2, 5)).astype("float32") for _ in range(2)]],
    }


@pytest.fixture
def pair(memory, rng):
    """An attention decoder, and one with input feeding that has its weights and more."""
    decoders = [
        kind(7, embedding_dim=3, units=5) for kind in (AttentionDecoder, InputFeedingDecoder)
    ]
    for decoder in decoders:
        decoder(memory, TARGET)
    plain, feeding = decoders
    for weight, own in zip(plain.weights, feeding.weights, strict=True):
        value = rng.normal(scale=0.7, size=weight.shape).astype("float32")
        weight.assign(value)
        own.assign(
            np.pad(value, [(0, new - old) for new, old in zip(own.shape, value.shape, strict=True)])
        )
    return plain, feeding


def test_equals_plain_attention_where_what_is_fed_in_has_no_weight(pair, memory):
    plain, feeding = pair
    np.testing.assert_allclose(
        to_numpy(feeding(memory, TARGET)), to_numpy(plain(memory, TARGET)), atol=1e-5
    )
    np.testing.assert_allclose(
        to_numpy(feeding.attention_weights(memory, TARGET)),
        to_numpy(plain.attention_weights(memory, TARGET)),
        atol=1e-5,
    )


def test_reads_the_output_of_the_step_before(pair, memory, rng):
    _, feeding = pair
    kernel = next(w for w in feeding.recurrent.weights if w.shape[0] == 2 * 3)
    before = to_numpy(feeding(memory, TARGET))
    kernel.assign(rng.normal(size=kernel.shape))
    first = to_numpy(kernel).copy()
    first[3:] = 0
    kernel.assign(first)
    unfed = to_numpy(feeding(memory, TARGET))
    first[3:] = 1
    kernel.assign(first)
    fed = to_numpy(feeding(memory, TARGET))
    assert before.shape == fed.shape == (2, 4, 7)
    np.testing.assert_allclose(fed[:, 0], unfed[:, 0], atol=1e-5)  # nothing was said before
    assert (np.abs(fed[:, 1:] - unfed[:, 1:]).max(axis=-1) > 1e-4).all()
