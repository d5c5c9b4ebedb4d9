import numpy as np
import pytest
from keras import ops

from nlpseq.layers.embedding import TokenEmbedding

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy


@pytest.fixture
def embed(rng):
    layer = TokenEmbedding(vocab_size=7, dim=5, tied_output=True)
    layer.build((None, None))
    for weight in layer.weights:
        weight.assign(rng.normal(size=weight.shape))
    return layer


@pytest.mark.parametrize("shape", [(2,), (2, 3), (2, 3, 4)])
def test_each_id_becomes_its_scaled_row_of_the_matrix(embed, rng, shape):
    token_ids = rng.integers(0, 7, size=shape)
    matrix = to_numpy(embed.matrix) * 0.5 * np.sqrt(5)
    vectors = to_numpy(embed(token_ids))
    assert vectors.shape == (*shape, 5)
    for place in np.ndindex(*shape):
        np.testing.assert_allclose(vectors[place], matrix[token_ids[place]], rtol=1e-6)


def test_logits_are_products_with_the_same_matrix(embed, rng):
    hidden = rng.normal(size=(2, 3, 5)).astype("float32")
    matrix, bias = to_numpy(embed.matrix), to_numpy(embed.bias)
    expected = [[[h @ row for row in matrix] + bias for h in time] for time in hidden]
    logits = to_numpy(embed.logits(ops.convert_to_tensor(hidden)))
    np.testing.assert_allclose(logits, expected, atol=1e-5)


def test_padding_has_a_vector_like_any_other_token(embed):
    assert to_numpy(embed(np.array([[0]]))).all()


@pytest.mark.parametrize(("tied_output", "expected"), [(False, 7 * 5), (True, 7 * 5 + 7)])
def test_number_of_parameters(tied_output, expected):
    layer = TokenEmbedding(vocab_size=7, dim=5, tied_output=tied_output)
    layer.build((None, None))
    assert layer.count_params() == expected


@pytest.mark.parametrize("scale", [0.5, 0.1])
def test_first_vectors_have_the_asked_for_scale(scale):
    layer = TokenEmbedding(vocab_size=200, dim=50, initial_scale=scale)
    vectors = to_numpy(layer(np.arange(200)))
    assert vectors.std() == pytest.approx(scale, rel=0.05)


@pytest.mark.parametrize("scale", [0.5, 0.1])
def test_given_vectors_are_what_a_call_returns(rng, scale):
    layer = TokenEmbedding(vocab_size=7, dim=5, initial_scale=scale)
    layer.build((None, None))
    vectors = rng.normal(size=(7, 5)).astype("float32")
    layer.set_vectors(vectors)
    np.testing.assert_allclose(to_numpy(layer(np.arange(7))), vectors, rtol=1e-5)


def test_logits_need_a_tied_output():
    layer = TokenEmbedding(vocab_size=7, dim=5)
    layer.build((None, None))
    with pytest.raises(ValueError, match=r"needs TokenEmbedding\(\.\.\., tied_output=True\)"):
        layer.logits(np.ones((2, 5)))


@pytest.mark.parametrize(("vocab_size", "dim"), [(0, 5), (7, 0)])
def test_a_size_below_1_is_named(vocab_size, dim):
    with pytest.raises(ValueError, match=rf"at least 1.*vocab_size={vocab_size}, dim={dim}"):
        TokenEmbedding(vocab_size, dim)
