import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.merging import MERGE_MODES
from nlpseq.layers.recurrent import RecurrentStack

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
KERAS_LAYERS = {
    "lstm": keras.layers.LSTM,
    "gru": keras.layers.GRU,
    "simple_rnn": keras.layers.SimpleRNN,
}
CELLS = list(KERAS_LAYERS)
LENGTHS = [7, 1, 4]
MASK = np.arange(7)[None] < np.array(LENGTHS)[:, None]


@pytest.fixture
def inputs(rng):
    """Three rows of 7 steps: behind each row's real length there is garbage, not zeros."""
    return rng.normal(size=(3, 7, 5)).astype("float32")


@pytest.fixture
def make_stack(rng):
    """A built stack whose weights, biases included, are all random."""

    def make(units=2, **options):
        stack = RecurrentStack(units, **options)
        stack.build((None, None, 5))
        for weight in stack.weights:
            weight.assign(rng.normal(scale=0.7, size=weight.shape))
        return stack

    return make


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm_step(weights, x, states):
    (kernel, recurrent_kernel, bias), (h, c) = weights, states
    i, f, g, o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return [sigmoid(o) * np.tanh(c), c]


def gru_step(weights, x, states):
    (kernel, recurrent_kernel, (bias, recurrent_bias)), [h] = weights, states
    z_x, r_x, n_x = np.split(x @ kernel + bias, 3)
    z_h, r_h, n_h = np.split(h @ recurrent_kernel + recurrent_bias, 3)
    z = sigmoid(z_x + z_h)
    return [z * h + (1 - z) * np.tanh(n_x + sigmoid(r_x + r_h) * n_h)]


def simple_rnn_step(weights, x, states):
    (kernel, recurrent_kernel, bias), [h] = weights, states
    return [np.tanh(x @ kernel + h @ recurrent_kernel + bias)]


def numpy_stack(stack, row, states):
    """One row without padding, one step after the other; `states[layer][i]` is `(units,)`."""
    step = {"lstm": lstm_step, "gru": gru_step, "simple_rnn": simple_rnn_step}[stack.cell]
    final_states = []
    for index, first in enumerate(states):
        layers = [stack.forward_layers[index], *stack.backward_layers[index : index + 1]]
        halves = np.split(np.array(first), len(layers))
        outputs, last = [], []
        for layer, state, order in zip(layers, halves, (1, -1), strict=False):
            weights = [to_numpy(weight) for weight in layer.weights]
            hidden = []
            for x in row[::order]:
                state = step(weights, x, state)
                hidden.append(state[0])
            outputs.append(hidden[::order])
            last += state
        row = np.concatenate(outputs, axis=-1)
        final_states.append(last)
    return row, final_states


def assert_same_states(states, expected):
    np.testing.assert_allclose(
        [[to_numpy(state) for state in layer] for layer in states],
        [[to_numpy(state) for state in layer] for layer in expected],
        atol=1e-5,
    )


@pytest.mark.parametrize("given_state", [False, True], ids=["zeros", "initial_state"])
@pytest.mark.parametrize("num_layers", [1, 2])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_matches_the_gate_equations(
    make_stack, inputs, rng, cell, bidirectional, num_layers, given_state
):
    stack = make_stack(
        cell=cell, bidirectional=bidirectional, num_layers=num_layers, return_state=True
    )
    states = [
        [given_state * rng.normal(size=(3, n)).astype("float32") for n in layer]
        for layer in stack.state_sizes
    ]
    outputs, final_states = stack(inputs, mask=MASK, initial_state=states if given_state else None)
    for b, length in enumerate(LENGTHS):
        first = [[state[b] for state in layer] for layer in states]
        expected, expected_states = numpy_stack(stack, inputs[b, :length], first)
        np.testing.assert_allclose(to_numpy(outputs)[b, :length], expected, atol=1e-5)
        last = [[to_numpy(state)[b] for state in layer] for layer in final_states]
        np.testing.assert_allclose(last, expected_states, atol=1e-5)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("lstm", 168),  # 4 * (3 * (3 + 10) + 3): four gates, each with a matrix and a bias
        ("gru", 3 * (3 * (3 + 10) + 2 * 3)),  # three gates, each with two biases
        ("simple_rnn", 3 * (3 + 10) + 3),
    ],
)
def test_number_of_parameters(cell, expected):
    stack = RecurrentStack(3, cell=cell, return_sequences=False)
    model = keras.Sequential([keras.Input((2, 10)), stack])
    assert model.count_params() == expected
    assert model.output_shape == (None, 3)


@pytest.mark.parametrize("merge_mode", MERGE_MODES)
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("return_state", [False, True])
@pytest.mark.parametrize("return_sequences", [False, True])
def test_output_shapes(inputs, return_sequences, return_state, bidirectional, merge_mode):
    stack = RecurrentStack(
        2,
        cell="gru",
        bidirectional=bidirectional,
        merge_mode=merge_mode,
        return_sequences=return_sequences,
        return_state=return_state,
    )
    expected = (3, 7) if return_sequences else (3,)
    expected += (4,) if bidirectional and merge_mode == "concat" else (2,)
    if return_state:
        expected = (expected, [[(3, 2)] * (2 if bidirectional else 1)])
    results = stack(inputs, mask=MASK)
    assert keras.tree.map_structure(lambda x: tuple(x.shape), results) == expected
    assert stack.compute_output_shape((3, 7, 5)) == expected


@pytest.mark.parametrize("return_sequences", [False, True])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_padding_changes_nothing(make_stack, inputs, cell, bidirectional, return_sequences):
    options = {"return_sequences": return_sequences, "return_state": True}
    options |= {"residual": True, "layer_norm": True}
    stack = make_stack(cell=cell, bidirectional=bidirectional, num_layers=2, **options)
    in_batch, states = stack(inputs, mask=MASK)
    for b, length in enumerate(LENGTHS):
        alone, states_alone = stack(inputs[b : b + 1, :length])
        row = to_numpy(in_batch)[b, :length] if return_sequences else to_numpy(in_batch)[b]
        np.testing.assert_allclose(row, to_numpy(alone)[0], atol=1e-5)
        assert_same_states([[s[b : b + 1] for s in layer] for layer in states], states_alone)


@pytest.mark.parametrize("bidirectional", [False, True])
def test_outputs_at_padding_are_zero(make_stack, inputs, bidirectional):
    stack = make_stack(bidirectional=bidirectional, num_layers=2, residual=True)
    outputs = to_numpy(stack(inputs, mask=MASK))
    assert not outputs[~MASK].any()
    assert outputs[MASK].all()


@pytest.mark.parametrize("return_sequences", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_two_directions_equal_keras_bidirectional(make_stack, inputs, cell, return_sequences):
    stack = make_stack(cell=cell, bidirectional=True, return_sequences=return_sequences)
    [forward], [backward] = stack.forward_layers, stack.backward_layers
    oracle = keras.layers.Bidirectional(
        KERAS_LAYERS[cell](2, return_sequences=return_sequences), merge_mode="concat"
    )
    oracle.build((None, None, 5))
    oracle.forward_layer.set_weights(forward.get_weights())
    oracle.backward_layer.set_weights(backward.get_weights())
    np.testing.assert_allclose(to_numpy(stack(inputs)), to_numpy(oracle(inputs)), atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_last_output_joins_the_forward_end_and_the_backward_beginning(make_stack, inputs, cell):
    stack = make_stack(cell=cell, bidirectional=True)
    ends = RecurrentStack(2, cell=cell, bidirectional=True, return_sequences=False)
    ends.build((None, None, 5))
    ends.set_weights(stack.get_weights())
    sequences = to_numpy(stack(inputs, mask=MASK))
    expected = [
        [*row[length - 1, :2], *row[0, 2:]] for row, length in zip(sequences, LENGTHS, strict=True)
    ]
    np.testing.assert_allclose(to_numpy(ends(inputs, mask=MASK)), expected, atol=1e-6)


@pytest.mark.parametrize("return_sequences", [False, True])
@pytest.mark.parametrize(
    ("merge_mode", "merge"),
    [
        ("sum", np.add),
        ("mul", np.multiply),
        ("ave", lambda forward, backward: (forward + backward) / 2),
    ],
)
def test_merge_modes(make_stack, inputs, merge_mode, merge, return_sequences):
    joined = make_stack(bidirectional=True, return_sequences=return_sequences)
    merged = make_stack(
        bidirectional=True, return_sequences=return_sequences, merge_mode=merge_mode
    )
    merged.set_weights(joined.get_weights())
    forward, backward = np.split(to_numpy(joined(inputs, mask=MASK)), 2, axis=-1)
    np.testing.assert_allclose(
        to_numpy(merged(inputs, mask=MASK)), merge(forward, backward), atol=1e-6
    )


@pytest.mark.parametrize("bidirectional", [False, True])
def test_residual_adds_each_layer_input_from_the_second_layer_on(make_stack, inputs, bidirectional):
    options = {"bidirectional": bidirectional, "return_sequences": False}
    stack = make_stack(num_layers=3, residual=True, **options)
    expected = inputs
    for index in range(3):
        single = RecurrentStack(2, **{**options, "return_sequences": index < 2})
        single.build(expected.shape)
        layers = [stack.forward_layers[index], *stack.backward_layers[index : index + 1]]
        single.set_weights([weight for layer in layers for weight in layer.get_weights()])
        below = expected if index < 2 else expected[range(3), np.array(LENGTHS) - 1]
        expected = to_numpy(single(expected, mask=MASK)) + (below if index else 0)
    np.testing.assert_allclose(to_numpy(stack(inputs, mask=MASK)), expected, atol=1e-5)


def test_a_residual_carries_past_dropout(make_stack, inputs):
    stack = make_stack(units=5, num_layers=3, dropout=0.5, residual=True)
    for layer in stack.forward_layers[1:]:  # without weights, an LSTM says 0
        layer.set_weights([np.zeros_like(weight) for weight in layer.get_weights()])
    first = RecurrentStack(5)
    first.build(inputs.shape)
    first.set_weights(stack.forward_layers[0].get_weights())
    outputs = to_numpy(stack(inputs, training=True))
    np.testing.assert_allclose(outputs, to_numpy(first(inputs)), atol=1e-6)


def single_layer(stack, index, dim):
    """One layer of a stack, as a stack of its own."""
    single = RecurrentStack(2, bidirectional=stack.bidirectional)
    single.build((None, None, dim))
    layers = [stack.forward_layers[index], *stack.backward_layers[index : index + 1]]
    single.set_weights([weight for layer in layers for weight in layer.get_weights()])
    return single


def test_layer_norm_normalises_the_input_from_the_second_layer_on(make_stack, inputs):
    stack = make_stack(num_layers=2, bidirectional=True, residual=True, layer_norm=True)
    [norm] = stack.norms
    gamma, beta = norm.get_weights()
    said = to_numpy(single_layer(stack, 0, dim=5)(inputs))
    centred = said - said.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + norm.epsilon)
    read = gamma * centred / deviation + beta
    expected = said + to_numpy(single_layer(stack, 1, dim=4)(read))
    np.testing.assert_allclose(to_numpy(stack(inputs)), expected, atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_final_states_continue_the_sequence(make_stack, inputs, cell):
    stack = make_stack(cell=cell, num_layers=2, return_state=True)
    whole, final = stack(inputs)
    first, states = stack(inputs[:, :3])
    second, continued = stack(inputs[:, 3:], initial_state=states)
    parts = np.concatenate([to_numpy(first), to_numpy(second)], axis=1)
    np.testing.assert_allclose(parts, to_numpy(whole), atol=1e-5)
    assert_same_states(continued, final)


@pytest.mark.parametrize("options", [{}, {"residual": True, "layer_norm": True}], ids=str)
@pytest.mark.parametrize("num_layers", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_stepping_equals_the_whole_sequence(make_stack, inputs, cell, num_layers, options):
    stack = make_stack(cell=cell, num_layers=num_layers, return_state=True, **options)
    outputs, final_states = stack(inputs)
    states = [[np.zeros((3, n), "float32") for n in layer] for layer in stack.state_sizes]
    states = keras.tree.map_structure(ops.convert_to_tensor, states)
    for t in range(7):
        stepped, states = stack.step(ops.convert_to_tensor(inputs[:, t]), states)
        np.testing.assert_allclose(to_numpy(stepped), to_numpy(outputs)[:, t], atol=1e-5)
    assert_same_states(states, final_states)


def test_dropout_acts_in_training_only(make_stack, inputs):
    stack = make_stack(num_layers=2, dropout=0.5)
    plain = make_stack(num_layers=2)
    plain.set_weights(stack.get_weights())
    expected = to_numpy(plain(inputs))
    np.testing.assert_array_equal(to_numpy(stack(inputs)), expected)
    assert np.abs(to_numpy(stack(inputs, training=True)) - expected).max() > 1e-3


def test_dropout_leaves_the_own_input_of_the_stack_alone(make_stack, inputs):
    stack = make_stack(num_layers=2, dropout=0.5, return_state=True)
    _, [first, second] = stack(inputs)
    _, [first_in_training, second_in_training] = stack(inputs, training=True)
    assert_same_states([first_in_training], [first])
    assert np.abs(to_numpy(second_in_training[0]) - to_numpy(second[0])).max() > 1e-3


def test_locked_dropout_is_the_same_at_all_steps(make_stack, inputs):
    stack = make_stack(num_layers=3, dropout=0.5, locked_dropout=True)
    seeds = {layer: to_numpy(layer.variables[0]) for layer in stack.dropouts}
    short = to_numpy(stack(inputs[:, :3], training=True))
    for layer, seed in seeds.items():
        layer.variables[0].assign(seed)
    np.testing.assert_allclose(to_numpy(stack(inputs, training=True))[:, :3], short, atol=1e-6)


def test_a_bidirectional_stack_can_not_be_stepped():
    with pytest.raises(ValueError, match=r"bidirectional stack can't be stepped"):
        RecurrentStack(2, bidirectional=True).step(np.ones((3, 5)), [[np.ones((3, 2))] * 4])


def test_initial_states_of_another_structure_are_shown(inputs):
    stack = RecurrentStack(2, cell="gru", num_layers=2)
    with pytest.raises(ValueError, match=r"sizes \[\[2\], \[2\]\]\. Received sizes: \[\[4, 3\]\]"):
        stack(inputs, initial_state=[[np.ones((3, 4)), np.ones((3, 3))]])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"units": 0}, r"`units` and `num_layers` must be at least 1.*units=0, num_layers=1"),
        ({"num_layers": 0}, r"at least 1.*units=2, num_layers=0"),
        ({"cell": "rnn"}, r"`cell` must be one of lstm, gru, simple_rnn.*cell='rnn'"),
        ({"merge_mode": "max"}, r"one of concat, sum, mul, ave.*merge_mode='max'"),
        ({"dropout": 1.0}, r"`dropout` must be in \[0, 1\).*dropout=1\.0"),
    ],
)
def test_a_bad_setting_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        RecurrentStack(**{"units": 2, **options})


def test_weights_are_dropped_in_every_layer_and_direction():
    stack = RecurrentStack(3, num_layers=2, bidirectional=True, weight_dropout=0.5)
    for layer in [*stack.forward_layers, *stack.backward_layers]:
        assert layer.weight_dropout == 0.5
    with pytest.raises(ValueError, match=r'needs cell="lstm" or "gru"'):
        RecurrentStack(3, cell="simple_rnn", weight_dropout=0.5)
