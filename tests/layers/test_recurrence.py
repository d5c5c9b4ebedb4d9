import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.recurrence import GRU, LSTM

pytestmark = pytest.mark.backends

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
