import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.batching.windows import forecast_windows
from nlpseq.models.series import SeriesModel

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
DEEP = {"num_layers": 2, "residual": True, "layer_norm": True, "dropout": 0.2}

# Name -> keywords, and the shape of the outputs for 5 windows of 7 steps.
MODELS = {
    "next": ({}, (5, 1, 3)),
    "horizon": ({"horizon": 4, "cell": "gru", **DEEP}, (5, 4, 3)),
    "others": ({"outputs": 2, "horizon": 4, "bidirectional": True}, (5, 4, 2)),
    "each_step": ({"return_sequences": True, "cell": "simple_rnn"}, (5, 7, 3)),
    "each_step_others": ({"return_sequences": True, "outputs": 2, **DEEP}, (5, 7, 2)),
}
each_model = pytest.mark.parametrize(("settings", "shape"), MODELS.values(), ids=MODELS)


@pytest.fixture
def windows(rng):
    return rng.normal(size=(5, 7, 3)).astype("float32")


@each_model
def test_shapes_config_and_file_go_round(settings, shape, windows, tmp_path):
    model = SeriesModel(3, units=4, **settings)
    expected = to_numpy(model(windows))
    assert expected.shape == model.predict_on_batch(windows[:, :5]).shape[:1] + shape[1:]
    twin = SeriesModel.from_config(model.get_config())
    assert twin.get_config() == model.get_config()
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert type(loaded) is SeriesModel
    np.testing.assert_allclose(to_numpy(loaded(windows)), expected, rtol=1e-6)


def numpy_states(model, windows):
    """The states of a simple recurrence at all steps."""
    (layer,) = model.get_layer("recurrent").forward_layers
    kernel, recurrent, bias = layer.get_weights()
    state, states = np.zeros((len(windows), bias.size)), []
    for step in range(windows.shape[1]):
        state = np.tanh(windows[:, step] @ kernel + state @ recurrent + bias)
        states.append(state)
    return np.stack(states, axis=1)


def test_many_to_one_is_what_the_equations_say_at_the_last_step(windows):
    model = SeriesModel(3, outputs=2, horizon=4, units=5, cell="simple_rnn")
    kernel, bias = model.get_layer("outputs").get_weights()
    expected = numpy_states(model, windows)[:, -1] @ kernel + bias
    np.testing.assert_allclose(to_numpy(model(windows)), expected.reshape(5, 4, 2), atol=1e-5)


def test_many_to_many_is_what_they_say_at_each(windows):
    model = SeriesModel(3, outputs=2, units=5, cell="simple_rnn", return_sequences=True)
    kernel, bias = model.get_layer("outputs").get_weights()
    expected = numpy_states(model, windows) @ kernel + bias
    np.testing.assert_allclose(to_numpy(model(windows)), expected, atol=1e-5)


@pytest.mark.usefixtures("eager_training")
@pytest.mark.parametrize("return_sequences", [False, True])
def test_it_learns_to_go_on_with_a_wave(return_sequences):
    wave = np.sin(np.arange(60) / 2)[:, None].astype("float32")
    inputs, targets = forecast_windows(wave, time_steps=4)
    if return_sequences:
        targets = np.concatenate([inputs[:, 1:], targets], axis=1)
    model = SeriesModel(1, units=12, cell="simple_rnn", return_sequences=return_sequences)
    model.compile(keras.optimizers.Adam(0.03), loss="mse")
    losses = model.fit(inputs, targets, batch_size=64, epochs=20, verbose=0).history["loss"]
    assert losses[-1] < 0.2 * np.var(targets)


def test_dropout_acts_in_training_only(windows):
    model = SeriesModel(3, units=4, dropout=0.5)
    np.testing.assert_array_equal(to_numpy(model(windows)), to_numpy(model(windows)))
    assert np.abs(to_numpy(model(windows, training=True) - model(windows))).max() > 1e-3


def test_half_the_bits_stay_near(windows):
    model = SeriesModel(3, units=4)
    mixed = SeriesModel(3, units=4, dtype="mixed_bfloat16")
    mixed.set_weights(model.get_weights())
    found = mixed(windows)
    assert keras.backend.standardize_dtype(found.dtype) == "bfloat16"
    exact = to_numpy(model(windows))
    np.testing.assert_allclose(to_numpy(ops.cast(found, "float32")), exact, atol=0.05)


def test_targets_of_another_shape_are_refused_and_not_stretched(windows):
    model = SeriesModel(3, units=4)
    model.compile("sgd", loss="mse")
    message = r"\(samples, 1, 3\), as `forecast_windows` makes them\. Received: \(5, 3\)"
    with pytest.raises(ValueError, match=message):
        model.compute_loss(windows, windows[:, 0], model(windows))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"features": 0}, "must be at least 1. Received: features=0"),
        ({"features": 3, "horizon": 0}, "horizon=0"),
        ({"features": 3, "horizon": 2, "return_sequences": True}, "`horizon` must be 1. Rec.*=2"),
    ],
)
def test_a_setting_out_of_range_is_named(settings, message):
    with pytest.raises(ValueError, match=message):
        SeriesModel(**settings)
