import math

import keras
import numpy as np
import pytest

from nlpseq.training.optimizer import WarmupSchedule, make_optimizer, usual_average


def by_the_equations(step, decay):
    """Share of the highest rate in the step after `step` ones, of 200 with 10 to warm up."""
    number = step + 1
    if number < 10:
        return number / 10
    if decay == "cosine":
        return (1 + math.cos(math.pi * min(1, (number - 10) / 190))) / 2
    return math.sqrt(10 / number) if decay == "inverse_sqrt" else 1.0


@pytest.mark.parametrize("decay", ["cosine", "inverse_sqrt", "constant"])
def test_a_schedule_rises_in_a_line_and_falls_as_its_equation_says(decay):
    schedule = WarmupSchedule(0.5, total_steps=200, decay=decay)
    for step in (0, 4, 9, 10, 104, 199, 300):
        expected = 0.5 * by_the_equations(step, decay)
        assert float(schedule(step)) == pytest.approx(expected, abs=1e-7)


def test_the_first_step_moves_and_half_the_way_down_is_half_the_rate():
    schedule = WarmupSchedule(1.0, total_steps=200)
    assert float(schedule(0)) == pytest.approx(0.1)
    assert float(schedule(104)) == pytest.approx(0.5)
    assert float(schedule(199)) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("total_steps", [1, 2, 3])
def test_the_shortest_training_has_a_schedule_too(total_steps):
    rates = [float(WarmupSchedule(0.5, total_steps)(step)) for step in range(4)]
    assert rates[0] == pytest.approx(0.5)
    assert min(rates) >= 0


def test_a_schedule_comes_back_from_its_config():
    schedule = WarmupSchedule(0.5, total_steps=200, decay="inverse_sqrt", warmup_steps=7)
    twin = WarmupSchedule.from_config(schedule.get_config())
    assert [float(twin(step)) for step in range(9)] == [float(schedule(step)) for step in range(9)]


def test_an_unknown_decay_is_refused():
    with pytest.raises(ValueError, match=r"`decay` must be one of cosine, .*decay='linear'"):
        WarmupSchedule(0.5, 10, decay="linear")


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


def step_sizes(model, data, learning_rate, clip_norm, **settings):
    """How far the only step of a training moves each weight."""
    model.compile(make_optimizer(learning_rate, 1, clip_norm, **settings), loss="mse")
    before = model.get_weights()
    model.fit(*data, batch_size=12, verbose=0)
    moved = [(a - b).ravel() for a, b in zip(model.get_weights(), before, strict=True)]
    return np.abs(np.concatenate(moved))


@pytest.mark.backends
@pytest.mark.parametrize("schedule", ["cosine", "plateau"])
def test_a_step_of_adam_has_the_size_of_the_learning_rate(model, data, schedule):
    sizes = step_sizes(model, data, 0.01, clip_norm=1.0, schedule=schedule)
    np.testing.assert_allclose(sizes, 0.01, rtol=1e-2)


@pytest.mark.backends
def test_gradients_are_clipped_by_their_norm_together(model, data):
    # Adam divides by |gradient| + 1e-7: clipped that far, a full step comes out as next to none.
    assert step_sizes(model, data, 0.01, clip_norm=1e-12).max() < 1e-5
    assert model.optimizer.global_clipnorm == 1e-12


@pytest.mark.parametrize("steps", [1, 2, 9, 10, 11, 50, 499, 500, 501, 100_000])
def test_the_usual_average_forgets_where_a_training_began(steps):
    ema = usual_average(steps)
    assert 0 <= ema <= 0.98
    assert ema**steps < math.exp(-10)  # the share of the first weights in the last average
    assert (ema == 0.98) == (steps >= 500)


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


@pytest.mark.backends
def test_accumulated_batches_are_one_step_of_the_joint_batch(model, data):
    start, found = model.get_weights(), []
    for rows, steps in ((12, 1), (4, 3)):
        model.set_weights(start)
        # The rate is constant. Gradients are clipped, which shows where the mean of all is not.
        optimizer = make_optimizer(0.1, 99, 0.1, 0.0, "plateau", gradient_accumulation_steps=steps)
        model.compile(optimizer, loss="mse")
        recorded = Weights()
        settings = {"epochs": 3, "batch_size": rows, "shuffle": False, "verbose": 0}
        model.fit(*data, callbacks=[recorded], **settings)
        found.append(recorded.steps[steps - 1 :: steps])
        for weights, first in zip(recorded.steps[: steps - 1], [start] * 2, strict=False):
            np.testing.assert_array_equal(weights[0], first[0])  # no change before the last batch
    assert [len(steps) for steps in found] == [3, 3]
    for joint, accumulated in zip(*found, strict=True):
        for expected, got in zip(joint, accumulated, strict=True):
            np.testing.assert_allclose(got, expected, atol=1e-5)


@pytest.mark.backends
def test_with_accumulation_the_moving_average_counts_batches(model, data):
    optimizer = make_optimizer(0.1, 9, 1.0, ema=0.6, gradient_accumulation_steps=3)
    model.compile(optimizer, loss="mse")
    recorded = Weights()
    model.fit(*data, epochs=3, batch_size=4, callbacks=[recorded], verbose=0)
    average = recorded.steps[2]  # it begins with the first change of the weights
    for weights in recorded.steps[3:]:
        average = [0.6 * a + 0.4 * w for a, w in zip(average, weights, strict=True)]
    for got, expected in zip(model.get_weights(), average, strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-5)
