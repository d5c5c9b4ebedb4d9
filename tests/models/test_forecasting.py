import numpy as np
import pytest

from nlpseq.models.forecasting import forecast
from nlpseq.models.series import SeriesModel

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]


class Sum:
    """Predicts, for each step of the horizon, the sum of what it reads; of each feature."""

    features = num_outputs = 2

    def __init__(self, horizon):
        self.horizon = horizon
        self.read = []

    def predict_on_batch(self, inputs):
        self.read.append(inputs.shape)
        return np.repeat(inputs.sum(axis=1, keepdims=True), self.horizon, axis=1)


def test_each_prediction_is_read_to_make_the_next():
    # Sums of the last two: Fibonacci's numbers, and five times as many.
    found = forecast(Sum(1), [[9, 9], [1, 5], [1, 5]], steps=5, time_steps=2)
    np.testing.assert_array_equal(found, [[n, 5 * n] for n in (2, 3, 5, 8, 13)])


def test_the_whole_series_is_the_window_where_none_is_named():
    model = Sum(1)
    found = forecast(model, [[1, 0], [2, 0], [3, 1]], steps=2)
    np.testing.assert_array_equal(found, [[6, 1], [11, 2]])  # 2 + 3 + 6
    assert model.read == [(1, 3, 2), (1, 3, 2)]


def test_a_horizon_is_used_whole_and_cut_at_the_end():
    model = Sum(3)
    found = forecast(model, [[1, 0], [2, 0]], steps=4)
    np.testing.assert_array_equal(found[:, 0], [3, 3, 3, 6])
    assert len(model.read) == 2


@pytest.mark.parametrize("return_sequences", [False, True])
def test_it_is_what_the_model_says_at_the_last_step(rng, return_sequences):
    model = SeriesModel(2, units=3, return_sequences=return_sequences)
    series = rng.normal(size=(6, 2)).astype("float32")
    first, second = forecast(model, series, steps=2, time_steps=4)
    expected = model.predict_on_batch(series[None, 2:])[0, -1]
    np.testing.assert_allclose(first, expected, atol=1e-6)
    longer = np.concatenate([series, first[None]])
    np.testing.assert_allclose(second, model.predict_on_batch(longer[None, 3:])[0, -1], atol=1e-6)


@pytest.mark.parametrize(
    ("series", "settings", "message"),
    [
        (np.ones(4), {"steps": 1}, r"shape \(length, 2\)\. Received: \(4,\)"),
        (np.ones((4, 3)), {"steps": 1}, r"shape \(length, 2\)\. Received: \(4, 3\)"),
        (np.ones((4, 2)), {"steps": 0}, "Received: steps=0, time_steps=4, 4 values"),
        (np.ones((4, 2)), {"steps": 1, "time_steps": 5}, "steps=1, time_steps=5, 4 values"),
    ],
)
def test_what_does_not_fit_is_named(series, settings, message):
    with pytest.raises(ValueError, match=message):
        forecast(Sum(1), series, **settings)


def test_a_model_of_other_numbers_can_not_go_on():
    with pytest.raises(ValueError, match=r"Received: features=2, outputs=1"):
        forecast(SeriesModel(2, outputs=1, units=3), np.ones((4, 2)), steps=1)
