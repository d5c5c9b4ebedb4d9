import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.next_token import NextTokenModel
from nlpseq.models.reading import Reading

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
TEXT = np.array([[3, 5, 6, 4, 7, 7, 5, 3]])


@pytest.fixture(scope="module")
def reading():
    keras.utils.set_random_seed(0)
    return Reading(NextTokenModel(8, embedding_dim=4, units=5, num_layers=2))


def read(reading, tokens, answers, states, width=8):
    """Log-probabilities of the answers, padded to one width, and the states behind them."""
    size = tokens.shape[1]
    padded = [np.pad(x, [(0, 0), (0, width - size)]) for x in (tokens, answers)]
    mask = np.arange(width)[None] < size
    inputs = {"tokens": padded[0], "answers": padded[1], "mask": mask, "states": states}
    found = reading.predict_on_batch(inputs)
    return found["log_probs"][:, :size], found["states"]


def test_log_probabilities_are_those_of_the_softmax(reading):
    tokens, answers = TEXT[:, :-1], TEXT[:, 1:]
    logits = to_numpy(reading.model({"tokens": tokens})).astype("float64")
    shares = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    expected = np.log(np.take_along_axis(shares, answers[..., None], axis=-1))[..., 0]
    found, _ = read(reading, tokens, answers, reading.zero_states(1))
    np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_pieces_of_any_size_are_the_whole(reading, size):
    tokens, answers = TEXT[:, :-1], TEXT[:, 1:]
    expected, behind = read(reading, tokens, answers, reading.zero_states(1))
    states, found = reading.zero_states(1), []
    for start in range(0, 7, size):
        piece = slice(start, start + size)
        log_probs, states = read(reading, tokens[:, piece], answers[:, piece], states)
        found.append(log_probs)
    np.testing.assert_allclose(np.hstack(found), expected, atol=1e-5)
    for one, other in zip(keras.tree.flatten(states), keras.tree.flatten(behind), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
