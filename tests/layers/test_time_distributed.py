import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.time_distributed import TimeDistributed

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy


@pytest.fixture
def inputs(rng):
    return rng.normal(size=(2, 7, 3)).astype("float32")


@pytest.fixture
def dense(inputs):
    """A built layer: all wrappers around it share its weights."""
    layer = keras.layers.Dense(5, bias_initializer="random_normal", activation="tanh")
    layer.build(inputs.shape)
    return layer


def test_equals_the_layer_at_each_time_step(dense, inputs):
    outputs = to_numpy(TimeDistributed(dense)(inputs))
    for t in range(7):
        np.testing.assert_allclose(outputs[:, t], to_numpy(dense(inputs[:, t])), atol=1e-6)


def test_equals_keras_time_distributed(dense, inputs):
    expected = keras.layers.TimeDistributed(dense)(inputs)
    np.testing.assert_allclose(
        to_numpy(TimeDistributed(dense)(inputs)), to_numpy(expected), atol=1e-6
    )


@pytest.mark.parametrize("time", [None, 7])
def test_compiled_with_and_without_a_known_number_of_steps(dense, inputs, time):
    symbol = keras.Input((time, 3))
    model = keras.Model(symbol, TimeDistributed(dense)(symbol))
    assert model.output_shape == (None, time, 5)
    np.testing.assert_allclose(model.predict_on_batch(inputs), to_numpy(dense(inputs)), atol=1e-6)


def test_has_the_parameters_of_one_layer(inputs):
    layer = TimeDistributed(keras.layers.Dense(5))
    layer(inputs)
    assert layer.count_params() == 5 * (3 + 1)


def test_passes_the_training_flag_on(inputs):
    layer = TimeDistributed(keras.layers.Dropout(0.5))
    np.testing.assert_array_equal(to_numpy(layer(inputs, training=False)), inputs)
    dropped = to_numpy(layer(inputs, training=True)) == 0
    # Its own mask at each step: time is part of the batch.
    assert not np.array_equal(dropped[:, 0], dropped[:, 1])
