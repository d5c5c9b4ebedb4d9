import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.next_token import NextTokenModel

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy


def test_it_is_the_equations_of_a_simple_rnn(rng):
    model = NextTokenModel(7, embedding_dim=3, units=4, cell="simple_rnn", dropout=0.0)
    for weight in model.weights:
        weight.assign(rng.normal(scale=0.5, size=weight.shape))
    decoder = model.decoder_layer
    matrix, bias = to_numpy(decoder.embedding.matrix), to_numpy(decoder.embedding.bias)
    kernel, recurrent, recurrent_bias = map(to_numpy, decoder.recurrent.weights)
    projection, projection_bias = map(to_numpy, decoder.output_projection.weights)
    tokens, hidden, expected = [3, 5, 4, 6], np.zeros(4), []
    for token in tokens:
        vector = matrix[token] * 0.5 * np.sqrt(3)
        hidden = np.tanh(vector @ kernel + hidden @ recurrent + recurrent_bias)
        expected.append((hidden @ projection + projection_bias) @ matrix.T + bias)
    found = to_numpy(model({"tokens": np.array([tokens])}))[0]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_nothing_depends_on_what_comes_later(rng):
    model = NextTokenModel(9, embedding_dim=3, units=4, num_layers=2)
    tokens = rng.integers(1, 9, (2, 6))
    other = tokens.copy()
    other[:, 3:] = (other[:, 3:] % 8) + 1
    one, two = (to_numpy(model({"tokens": x})) for x in (tokens, other))
    np.testing.assert_allclose(one[:, :3], two[:, :3], atol=1e-6)
    assert not np.allclose(one[:, 3:], two[:, 3:])


def test_dropout_is_of_training_alone(rng):
    keras.utils.set_random_seed(0)
    model = NextTokenModel(9, embedding_dim=3, units=4, dropout=0.5)
    inputs = {"tokens": rng.integers(1, 9, (2, 6))}
    first, second = (to_numpy(model(inputs, training=True)) for _ in range(2))
    assert not np.allclose(first, second)
    np.testing.assert_array_equal(to_numpy(model(inputs)), to_numpy(model(inputs)))


def test_matrices_may_be_multiplied_in_bfloat16(rng):
    model = NextTokenModel(9, embedding_dim=4, units=4, dtype="mixed_bfloat16")
    exact = NextTokenModel(9, embedding_dim=4, units=4)
    exact.set_weights(model.get_weights())
    inputs = {"tokens": rng.integers(1, 9, (2, 6))}
    found = to_numpy(ops.cast(model(inputs), "float32"))
    np.testing.assert_allclose(found, to_numpy(exact(inputs)), atol=0.02)
    assert model.get_config()["dtype"] == "mixed_bfloat16"
