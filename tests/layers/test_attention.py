import numpy as np
import pytest
from keras import ops

from nlpseq.layers.attention import SCORES, Attention

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
MASK = np.arange(5) < np.array([[5], [2]])

each_score = pytest.mark.parametrize("score", SCORES)


@pytest.fixture
def arrays(rng):
    """Queries of 2 x 3 steps, source vectors of 2 x 5 tokens; one size, so that `dot` can."""
    return rng.normal(size=(2, 3, 4)).astype("float32"), rng.normal(size=(2, 5, 4)).astype(
        "float32"
    )


def energy(layer, query, vector):
    """The score of one pair, as the papers write it."""
    if layer.score == "dot":
        return query @ vector
    kernel, *rest = layer.get_weights()
    if layer.score == "general":
        return query @ (vector @ kernel)
    if layer.score == "scaled":
        return query @ (vector @ kernel) / np.sqrt(len(query))
    query_kernel, bias, energies = rest
    return (np.tanh(query @ query_kernel + bias + vector @ kernel) @ energies)[0]


@each_score
def test_weights_and_context_are_those_of_the_equations(arrays, score):
    queries, source = arrays
    layer = Attention(score, units=6)
    context, weights = (to_numpy(x) for x in layer(queries, source, MASK))
    for row, length in enumerate([5, 2]):
        for step in range(3):
            real = source[row, :length]
            scores = np.array([energy(layer, queries[row, step], vector) for vector in real])
            expected = np.exp(scores) / np.exp(scores).sum()
            np.testing.assert_allclose(weights[row, step, :length], expected, atol=1e-5)
            np.testing.assert_allclose(context[row, step], expected @ real, atol=1e-5)


@each_score
def test_padding_changes_nothing_and_has_no_weight(arrays, score):
    queries, source = arrays
    layer = Attention(score)
    context, weights = (to_numpy(x) for x in layer(queries, source, MASK))
    other = np.where(MASK[..., None], source, 1e3).astype("float32")
    other_context, other_weights = (to_numpy(x) for x in layer(queries, other, MASK))
    np.testing.assert_allclose(other_context, context, atol=1e-6)
    np.testing.assert_allclose(other_weights, weights, atol=1e-6)
    assert not weights[1, :, 2:].any()


@each_score
def test_keys_made_before_are_the_same_keys(arrays, score):
    queries, source = arrays
    layer = Attention(score)
    context, _ = layer(queries, source, MASK)
    again, _ = layer(queries, source, MASK, keys=layer.keys(ops.convert_to_tensor(source)))
    np.testing.assert_allclose(to_numpy(again), to_numpy(context), atol=1e-6)


def test_sizes_may_differ_but_for_dot(arrays):
    queries, source = arrays
    wide = np.concatenate([source, source], axis=-1)
    for score in SCORES[:1] + SCORES[2:]:
        assert Attention(score)(queries, wide)[0].shape == (2, 3, 8)
    with pytest.raises(ValueError, match=r"queries and source vectors of one size.*4 and 8"):
        Attention("dot")(queries, wide)


def test_an_unknown_score_is_named():
    with pytest.raises(ValueError, match=r"scaled, dot, general, additive\. Received: score='cos'"):
        Attention("cos")
