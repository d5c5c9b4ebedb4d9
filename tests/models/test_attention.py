import numpy as np
import pytest
from keras import ops

from nlpseq.models.attention import AttentionDecoder
from nlpseq.models.state_handoff import StateHandoffDecoder

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
TARGET = np.array([[2, 3, 1, 4], [2, 5, 6, 1]])


@pytest.fixture
def memory(rng):
    """What a bidirectional GRU encoder of one layer hands over."""
    return {
        "outputs": rng.normal(size=(2, 3, 6)).astype("float32"),
        "mask": np.array([[True, True, True], [True, False, False]]),
        "states": [[rng.normal(size=(2, 5)).astype("float32") for _ in range(2)]],
    }


def random_decoder(memory, rng, **settings):
    decoder = AttentionDecoder(7, embedding_dim=3, units=5, **settings)
    decoder(memory, TARGET)
    for weight in decoder.weights:
        weight.assign(rng.normal(scale=0.7, size=weight.shape))
    return decoder


@pytest.mark.parametrize("score", ["scaled", "additive"])
def test_equals_its_equations_over_the_same_recurrence(memory, rng, score):
    decoder = random_decoder(memory, rng, score=score)
    states = decoder.state_bridge(memory["states"])
    vectors = decoder.embedding(TARGET)
    hidden = to_numpy(decoder.recurrent(vectors, initial_state=states)[0])
    weights = to_numpy(decoder.attention_weights(memory, TARGET))
    context = np.einsum("bts,bsd->btd", weights, memory["outputs"])
    kernel, bias = decoder.output_projection.get_weights()
    output = np.tanh(np.concatenate([context, hidden], axis=-1) @ kernel + bias)
    matrix, output_bias = decoder.embedding.get_weights()
    expected = output @ matrix.T + output_bias
    np.testing.assert_allclose(to_numpy(decoder(memory, TARGET)), expected, atol=1e-4)


def test_weights_are_a_share_of_the_real_tokens(memory, rng):
    weights = to_numpy(random_decoder(memory, rng).attention_weights(memory, TARGET))
    np.testing.assert_allclose(weights.sum(axis=-1), np.ones((2, 4)), atol=1e-5)
    np.testing.assert_allclose(weights[1, :, 0], np.ones(4), atol=1e-6)  # its only real token


def test_the_source_is_seen_without_a_bridge(memory, rng):
    decoder = random_decoder(memory, rng, bridge="zero")
    other = {**memory, "outputs": memory["outputs"] + 1}
    difference = to_numpy(decoder(memory, TARGET)) - to_numpy(decoder(other, TARGET))
    assert np.abs(difference).max() > 1e-3


def test_has_the_weights_of_state_handoff_and_those_of_attention(memory):
    decoder = AttentionDecoder(7, embedding_dim=3, units=5)
    plain = StateHandoffDecoder(7, embedding_dim=3, units=5)
    decoder(memory, TARGET)
    plain(memory, TARGET)
    keys, context = 6 * 5, 6 * 3
    assert decoder.count_params() == plain.count_params() + keys + context
