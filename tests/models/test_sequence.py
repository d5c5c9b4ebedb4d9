import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.sequence import SequenceModel

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
SIZES = {"embedding_dim": 3, "units": 2, "dropout": 0.0, "word_dropout": 0.0}
MASK = np.arange(7) < np.array([[7], [3], [1]])


def small_model(**settings):
    return SequenceModel(11, 5, **{**SIZES, **settings})


@pytest.fixture
def inputs(rng):
    """Three sequences; behind their ends there is garbage."""
    return {"tokens": rng.integers(1, 11, size=MASK.shape), "mask": MASK}


@pytest.mark.parametrize(
    ("settings", "width"),
    [({}, 4), ({"merge_mode": "sum"}, 2), ({"pooling": "last"}, 4), ({"bidirectional": False}, 2)],
)
def test_number_of_parameters(settings, width):
    lstm = 4 * (2 * (2 + 3) + 2)
    directions = 2 if settings.get("bidirectional", True) else 1
    model = small_model(**settings)
    assert model.count_params() == 11 * 3 + directions * lstm + 5 * (width + 1)
    assert model.output_dim == width


def one_row_at_a_time(model, inputs, summarize):
    """The outputs by the layers of the model, and numpy for what is between them."""
    kernel, bias = model.get_layer("outputs").get_weights()
    rows = []
    for tokens, mask in zip(inputs["tokens"], inputs["mask"], strict=True):
        vectors = model.get_layer("embedding")(tokens[None, mask])
        stack = model.get_layer("recurrent")
        rows.append(summarize(stack, to_numpy(vectors)) @ kernel + bias)
    return np.array(rows)


@pytest.mark.parametrize(("pooling", "function"), [("mean", np.mean), ("max", np.max)])
def test_the_outputs_are_of_the_mean_or_greatest_of_all_steps(inputs, pooling, function):
    model = small_model(pooling=pooling, num_layers=2)

    def summarize(stack, vectors):
        return function(to_numpy(stack(vectors))[0], axis=0)

    expected = one_row_at_a_time(model, inputs, summarize)
    np.testing.assert_allclose(to_numpy(model(inputs)), expected, atol=1e-5)


def test_the_outputs_are_of_the_step_where_each_direction_ends(inputs):
    model = small_model(pooling="last", cell="simple_rnn")

    def summarize(stack, vectors):
        states = []
        for layer, steps in zip(stack.forward_layers + stack.backward_layers, (1, -1), strict=True):
            kernel, recurrent, bias = layer.get_weights()
            state = np.zeros(2)
            for vector in vectors[0, ::steps]:
                state = np.tanh(vector @ kernel + state @ recurrent + bias)
            states.append(state)
        return np.concatenate(states)

    expected = one_row_at_a_time(model, inputs, summarize)
    np.testing.assert_allclose(to_numpy(model(inputs)), expected, atol=1e-5)


@pytest.mark.parametrize("pooling", ["last", "mean", "max"])
@pytest.mark.parametrize("setting", ["dropout", "word_dropout"])
def test_dropout_acts_in_training_only(inputs, pooling, setting):
    model, plain = small_model(**{setting: 0.5}, pooling=pooling), small_model(pooling=pooling)
    plain.set_weights(model.get_weights())
    expected = to_numpy(plain(inputs))
    np.testing.assert_array_equal(to_numpy(model(inputs)), expected)
    assert np.abs(to_numpy(model(inputs, training=True)) - expected).max() > 1e-3


@pytest.mark.usefixtures("eager_training")
def test_it_learns_a_value_with_plain_keras(rng):
    """The share of a token: a regression is another loss, and nothing else."""
    tokens = rng.integers(4, 6, size=(32, 6))
    shares = (tokens == 5).mean(axis=1, keepdims=True)
    sizes = {"units": 8, "embedding_dim": 8, "dropout": 0.0, "word_dropout": 0.0}
    model = SequenceModel(6, 1, pooling="mean", **sizes)
    model.compile(keras.optimizers.Adam(0.03), loss="mse")
    model.fit({"tokens": tokens, "mask": tokens > 0}, shares, epochs=15, verbose=0)
    found = to_numpy(model({"tokens": tokens, "mask": tokens > 0}))
    assert np.mean((found - shares) ** 2) < 0.2 * np.var(shares)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"pooling": "sum"}, r"one of last, mean, max\. Received: pooling='sum'"),
        ({"units": 0}, "`units` and `num_layers` must be at least 1"),
        ({"dropout": 1.0}, r"must be in \[0, 1\)"),
    ],
)
def test_a_setting_out_of_range_is_named(settings, message):
    with pytest.raises(ValueError, match=message):
        small_model(**settings)
    with pytest.raises(ValueError, match="`num_outputs` must be at least 1"):
        SequenceModel(11, 0)
