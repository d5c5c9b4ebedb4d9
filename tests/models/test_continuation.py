import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.continuation import ContinuationDecoder

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
TOKENS = np.array([[3, 5, 6, 4, 7], [3, 7, 4, 0, 0]])
MASK = TOKENS > 0


@pytest.fixture(params=["lstm", "gru", "simple_rnn"])
def decoder(request):
    decoder = ContinuationDecoder(8, 3, 4, cell=request.param, num_layers=2, residual=True)
    decoder(TOKENS)
    rng = np.random.default_rng(0)
    for weight in decoder.weights:
        if weight.dtype == "float32":
            weight.assign(rng.normal(scale=0.5, size=weight.shape))
    return decoder


def test_stepping_gives_what_reading_as_a_whole_does(decoder):
    logits, states = decoder(TOKENS[:1])
    state = decoder.start({"states": decoder.zero_states(1)})
    for time, token in enumerate(TOKENS[0]):
        step_logits, state = decoder.step(np.array([token]), state, decoder.prepare({}))
        np.testing.assert_allclose(to_numpy(step_logits), to_numpy(logits)[:, time], atol=1e-5)
    for found, expected in zip(
        keras.tree.flatten(state["recurrent"]), keras.tree.flatten(states), strict=True
    ):
        np.testing.assert_allclose(to_numpy(found), to_numpy(expected), atol=1e-5)


@pytest.mark.parametrize("cut", [1, 2, 4])
def test_a_text_in_two_pieces_is_the_text(decoder, cut):
    whole, whole_states = decoder(TOKENS[:1])
    first, states = decoder(TOKENS[:1, :cut])
    second, states = decoder(TOKENS[:1, cut:], states=states)
    found = np.concatenate([to_numpy(first), to_numpy(second)], axis=1)
    np.testing.assert_allclose(found, to_numpy(whole), atol=1e-5)
    for one, other in zip(
        keras.tree.flatten(states), keras.tree.flatten(whole_states), strict=True
    ):
        np.testing.assert_allclose(to_numpy(one), to_numpy(other), atol=1e-5)


def test_states_are_those_behind_the_last_real_token(decoder):
    _, states = decoder(TOKENS, mask=MASK)
    _, alone = decoder(TOKENS[1:, :3])
    for padded, one in zip(keras.tree.flatten(states), keras.tree.flatten(alone), strict=True):
        np.testing.assert_allclose(to_numpy(padded)[1:], to_numpy(one), atol=1e-5)


def test_what_has_no_token_has_zero_states(decoder):
    found = decoder.read(TOKENS, np.array([[True] * 5, [False] * 5]))["states"]
    _, alone = decoder(TOKENS[:1])
    for state, one in zip(keras.tree.flatten(found), keras.tree.flatten(alone), strict=True):
        assert (to_numpy(state)[1] == 0).all()
        np.testing.assert_allclose(to_numpy(state)[:1], to_numpy(one), atol=1e-5)
