import numpy as np
import pytest
from keras import ops

from nlpseq.layers.bridge import StateBridge

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy


@pytest.fixture
def states(rng):
    """Two layers of a bidirectional GRU: two states of 3 numbers a layer, 2 rows."""
    return [[rng.normal(size=(2, 3)).astype("float32") for _ in range(2)] for _ in range(2)]


def test_copy_hands_the_states_over(states):
    copied = StateBridge([[3, 3], [3, 3]], mode="copy")(states)
    np.testing.assert_array_equal([[to_numpy(s) for s in layer] for layer in copied], states)


def test_dense_is_a_tanh_layer_over_all_states(states, rng):
    bridge = StateBridge([[5, 7]], mode="dense")
    bridge(states)
    for weight in bridge.weights:
        weight.assign(rng.normal(scale=0.5, size=weight.shape))
    joined = np.concatenate([*states[0], *states[1]], axis=-1)
    for state, projection in zip(bridge(states)[0], bridge.projections[0], strict=True):
        kernel, bias = (to_numpy(weight) for weight in projection.weights)
        np.testing.assert_allclose(to_numpy(state), np.tanh(joined @ kernel + bias), atol=1e-5)


def test_dense_has_a_matrix_and_a_bias_for_each_decoder_state(states):
    bridge = StateBridge([[5, 7], [11]], mode="dense")
    bridge(states)
    assert bridge.count_params() == (4 * 3 + 1) * (5 + 7 + 11)


def test_zero_forgets_the_encoder(states):
    bridge = StateBridge([[5, 7], [11]], mode="zero")
    [[first, second], [third]] = bridge(states)
    for state, size in ((first, 5), (second, 7), (third, 11)):
        np.testing.assert_array_equal(to_numpy(state), np.zeros((2, size)))
    assert bridge.count_params() == 0


@pytest.mark.parametrize(
    "decoder_sizes",
    [
        [[3, 3]],  # fewer layers
        [[3], [3]],  # fewer states a layer
        [[3, 3], [3, 4]],  # another size
    ],
)
def test_copy_shows_both_structures_when_they_differ(states, decoder_sizes):
    bridge = StateBridge(decoder_sizes, mode="copy")
    with pytest.raises(ValueError, match="same structure") as error:
        bridge(states)
    assert f"encoder [[3, 3], [3, 3]], decoder {decoder_sizes}" in str(error.value)
    assert 'Use mode "dense"' in str(error.value)


def test_an_unknown_mode_is_named():
    with pytest.raises(ValueError, match=r"one of dense, copy, zero.*mode='sum'"):
        StateBridge([[3]], mode="sum")
