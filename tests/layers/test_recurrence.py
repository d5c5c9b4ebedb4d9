import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.recurrence import GRU, LSTM

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
TWINS = {"lstm": (LSTM, keras.layers.LSTM), "gru": (GRU, keras.layers.GRU)}
MASK = np.arange(5) < np.array([[5], [1], [3]])


def model_of(layer, masked):
    """A model in which gradients go through a layer's inputs, first states, outputs and states."""
    inputs = {"x": keras.Input((None, 3), name="x"), "state": keras.Input((2,), name="state")}
    if masked:
        inputs["mask"] = keras.Input((None,), dtype="bool", name="mask")
    x = keras.layers.Dense(4)(inputs["x"])
    count = 2 if isinstance(layer, keras.layers.LSTM) else 1
    states = [keras.layers.Dense(layer.units)(inputs["state"]) for _ in range(count)]
    sequence, *last = layer(x, initial_state=states, mask=inputs.get("mask"))
    if masked:  # what Keras' layers put out at padding is not what ours do
        sequence = sequence * ops.cast(inputs["mask"][..., None], "float32")
    return keras.Model(inputs, [sequence, *last])


@pytest.fixture
def data(rng):
    inputs = {"x": rng.normal(size=(3, 5, 3)), "state": rng.normal(size=(3, 2))}
    return {name: value.astype("float32") for name, value in inputs.items()}


@pytest.fixture
def twins(rng):
    """Two models with the same random weights, one of our layer and one of Keras' own."""

    def make(kind, masked):
        models = [
            model_of(cls(6, return_sequences=True, return_state=True), masked)
            for cls in TWINS[kind]
        ]
        weights = [rng.normal(scale=0.5, size=w.shape) for w in models[0].get_weights()]
        for model in models:
            model.set_weights(weights)
        return models

    return make


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("kind", TWINS)
def test_a_training_step_is_that_of_the_layer_of_keras(kind, masked, twins, data, rng):
    models = twins(kind, masked)
    inputs = {**data, "mask": MASK} if masked else data
    targets = [rng.normal(size=y.shape) for y in models[0].predict_on_batch(inputs)]
    outputs, moved = [], []
    for model in models:
        outputs.append(model.predict_on_batch(inputs))
        before = model.get_weights()
        model.compile(keras.optimizers.SGD(1.0), loss=["mse"] * len(targets))
        model.train_on_batch(inputs, targets)
        moved.append([a - b for a, b in zip(model.get_weights(), before, strict=True)])
    for mine, theirs in zip(*outputs, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5)
    for mine, theirs in zip(*moved, strict=True):
        assert np.abs(theirs).max() > 1e-3
        np.testing.assert_allclose(mine, theirs, atol=1e-5)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"go_backwards": True},
        {"activation": "relu"},
        {"recurrent_activation": "hard_sigmoid"},
        {"use_bias": False},
    ],
)
@pytest.mark.parametrize("kind", TWINS)
def test_called_alone_and_with_other_settings_it_does_what_keras_does(kind, settings, rng):
    inputs = rng.normal(size=(2, 4, 3)).astype("float32")
    mine, theirs = (cls(6, return_sequences=True, **settings) for cls in TWINS[kind])
    mine(inputs), theirs(inputs)
    theirs.set_weights(mine.get_weights())
    np.testing.assert_allclose(
        *(ops.convert_to_numpy(layer(inputs)) for layer in (mine, theirs)), atol=1e-5
    )


@pytest.mark.parametrize("kind", TWINS)
def test_one_step_is_enough(kind, twins, data):
    mine, theirs = (
        model.predict_on_batch({**data, "x": data["x"][:, :1]}) for model in twins(kind, False)
    )
    for a, b in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)


@pytest.mark.parametrize("policy", ["mixed_bfloat16"])
@pytest.mark.parametrize("kind", TWINS)
def test_trains_in_mixed_precision(kind, policy, twins, data, set_dtype_policy):
    set_dtype_policy(policy)
    model, _ = twins(kind, False)
    model.compile(keras.optimizers.SGD(0.1), loss="mse")
    targets = [np.zeros(y.shape, "float32") for y in model.predict_on_batch(data)]
    losses = [float(np.ravel(model.train_on_batch(data, targets))[0]) for _ in range(5)]
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("kind", TWINS)
def test_in_training_a_share_of_the_recurrent_matrix_is_dropped(kind, rng):
    ours, twin = (cls(8, return_sequences=True) for cls in TWINS[kind])
    dropping = TWINS[kind][0](8, return_sequences=True, weight_dropout=0.5)
    x = rng.normal(size=(2, 6, 3)).astype("float32")
    for layer in (ours, twin, dropping):
        layer(x)
        layer.set_weights(ours.get_weights())
    np.testing.assert_allclose(to_numpy(dropping(x)), to_numpy(ours(x)), atol=1e-6)
    # In the first step there is no state: nothing is dropped. Both rows lose the same entries.
    dropped = to_numpy(dropping(np.repeat(x[:1], 2, axis=0), training=True))
    np.testing.assert_allclose(dropped[0], dropped[1], atol=1e-6)
    np.testing.assert_allclose(dropped[0, 0], to_numpy(ours(x))[0, 0], atol=1e-6)
    # It is the layer of Keras with a matrix half of whose entries are 0, and the others doubled.
    dropping.drop_weights.seed_generator.state.assign([5, 0])
    found = to_numpy(dropping(x, training=True))
    dropping.drop_weights.seed_generator.state.assign([5, 0])
    kernel = dropping.cell.recurrent_kernel
    mask = to_numpy(dropping.drop_weights(np.ones(kernel.shape, "float32"), training=True))
    assert set(np.unique(mask)) == {0.0, 2.0}
    twin.cell.recurrent_kernel.assign(to_numpy(kernel) * mask)
    np.testing.assert_allclose(found, to_numpy(twin(x)), atol=1e-5)


def test_weight_dropout_is_saved_and_needs_the_equations_of_keras(rng):
    layer = LSTM.from_config(LSTM(3, weight_dropout=0.25).get_config())
    assert layer.weight_dropout == 0.25
    x = rng.normal(size=(1, 2, 3)).astype("float32")
    with pytest.raises(ValueError, match="`weight_dropout` needs the activations"):
        LSTM(3, activation="relu", weight_dropout=0.25)(x)
    with pytest.raises(ValueError, match="must be in"):
        LSTM(3, weight_dropout=1.5)
