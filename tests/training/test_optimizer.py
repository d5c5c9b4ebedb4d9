import math

import keras
import numpy as np
import pytest

from nlpseq.training.optimizer import learning_rate_schedule, make_optimizer


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (0, 0.0),
        (5, 0.5),  # a twentieth of 200 steps is 10: half of the way up
        (10, 1.0),  # the top
        (105, 0.5),  # halfway down 190 steps
        (10 + 19, (1 + math.cos(math.pi / 10)) / 2),
        (200, 0.0),
        (300, 0.0),  # it stays there
    ],
)
def test_schedule_rises_in_a_line_and_falls_in_half_a_cosine(step, expected):
    schedule = learning_rate_schedule(1.0, total_steps=200)
    assert float(schedule(step)) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("total_steps", [1, 2, 3])
def test_the_shortest_training_has_a_schedule_too(total_steps):
    rates = [float(learning_rate_schedule(0.5, total_steps)(step)) for step in range(4)]
    assert max(rates) == pytest.approx(0.5)
    assert min(rates) >= 0


@pytest.fixture
def model():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])


@pytest.fixture
def data(rng):
    return rng.normal(size=(12, 3)), rng.normal(size=(12, 2))


class Weights(keras.callbacks.Callback):
    """Records the weights after each step."""

    def __init__(self):
        super().__init__()
        self.steps = []

    def on_train_batch_end(self, batch, logs=None):
        self.steps.append(self.model.get_weights())


def step_sizes(model, data, learning_rate, clip_norm):
    """How far the first step at the highest rate moves each weight."""
    model.compile(make_optimizer(learning_rate, 1, clip_norm), loss="mse")
    recorded = Weights()
    model.fit(*data, epochs=2, batch_size=12, callbacks=[recorded], verbose=0)
    first, second = recorded.steps
    return np.abs(np.concatenate([(a - b).ravel() for a, b in zip(first, second, strict=True)]))


@pytest.mark.backends
def test_a_step_of_adam_has_the_size_of_the_learning_rate(model, data):
    np.testing.assert_allclose(step_sizes(model, data, 0.01, clip_norm=1.0), 0.01, rtol=1e-2)


@pytest.mark.backends
def test_gradients_are_clipped_by_their_norm_together(model, data):
    # Adam divides by |gradient| + 1e-7: clipped that far, a full step comes out as next to none.
    assert step_sizes(model, data, 0.01, clip_norm=1e-12).max() < 1e-5
    assert model.optimizer.global_clipnorm == 1e-12


@pytest.mark.backends
def test_a_training_ends_with_the_moving_average_of_its_weights(model, data):
    model.compile(make_optimizer(0.1, 9, clip_norm=1.0, ema=0.6), loss="mse")
    recorded = Weights()
    model.fit(*data, epochs=3, batch_size=4, callbacks=[recorded], verbose=0)
    assert len(recorded.steps) == 9
    average = recorded.steps[0]
    for weights in recorded.steps[1:]:
        average = [0.6 * a + 0.4 * w for a, w in zip(average, weights, strict=True)]
    for got, expected in zip(model.get_weights(), average, strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-5)
    assert np.abs(model.get_weights()[0] - recorded.steps[-1][0]).max() > 1e-3


@pytest.mark.backends
def test_without_an_average_a_training_ends_with_its_last_weights(model, data):
    model.compile(make_optimizer(0.1, 3, clip_norm=1.0), loss="mse")
    recorded = Weights()
    model.fit(*data, batch_size=4, callbacks=[recorded], verbose=0)
    for got, expected in zip(model.get_weights(), recorded.steps[-1], strict=True):
        np.testing.assert_array_equal(got, expected)
