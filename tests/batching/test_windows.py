import numpy as np
import pytest

from nlpseq.batching.windows import (
    forecast_windows,
    time_major,
    windows,
    windows_with_targets,
)


def windows_one_by_one(series, time_steps, stride, pad_left):
    first = 1 if pad_left else time_steps
    rows = []
    for end in range(first, len(series) + 1, stride):
        window = list(series[max(0, end - time_steps) : end])
        rows.append([series[0] * 0] * (time_steps - len(window)) + window)
    return np.array(rows)


@pytest.mark.parametrize("pad_left", [True, False])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("shape", [(11,), (11, 2)])
def test_windows_match_slices_taken_one_by_one(shape, stride, pad_left):
    series = np.random.default_rng(0).integers(1, 99, size=shape)
    got = windows(series, time_steps=4, stride=stride, pad_left=pad_left)
    np.testing.assert_array_equal(got, windows_one_by_one(series, 4, stride, pad_left))


@pytest.mark.parametrize("pad_left", [True, False])
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("length", [5, 6, 7, 8])
def test_the_target_is_the_value_after_the_window(length, stride, pad_left):
    series = np.arange(1, length + 1)  # each value is one more than the one before
    inputs, targets = windows_with_targets(series, 3, stride, pad_left)
    np.testing.assert_array_equal(targets, inputs[:, -1] + 1)
    first_target = 2 if pad_left else 4
    assert targets.tolist() == list(range(first_target, length + 1, stride))


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("horizon", [1, 3])
@pytest.mark.parametrize("shape", [(9,), (9, 2)])
def test_the_target_of_a_forecast_is_all_of_its_horizon(shape, horizon, stride):
    series = np.random.default_rng(0).normal(size=shape)
    inputs, targets = forecast_windows(series, 4, horizon, stride)
    starts = range(0, 9 - 4 - horizon + 1, stride)
    np.testing.assert_array_equal(inputs, [series[s : s + 4] for s in starts])
    np.testing.assert_array_equal(targets, [series[s + 4 : s + 4 + horizon] for s in starts])


def test_a_forecast_needs_a_horizon_and_values_in_it():
    with pytest.raises(ValueError, match=r"`horizon` must be at least 1\. Received: horizon=0"):
        forecast_windows([1, 2, 3], 2, horizon=0)
    with pytest.raises(ValueError, match="3 values, time_steps=2, horizon=2"):
        forecast_windows([1, 2, 3], 2, horizon=2)


def test_windows_may_be_changed_without_changing_the_series():
    series = np.array([1, 2, 3])
    windows(series, time_steps=2)[0, 0] = 9
    assert series.tolist() == [1, 2, 3]


@pytest.mark.parametrize("cut", [windows, windows_with_targets])
def test_settings_below_1_are_named(cut):
    with pytest.raises(ValueError, match="time_steps=0, stride=1"):
        cut([1, 2], time_steps=0)
    with pytest.raises(ValueError, match="time_steps=1, stride=-1"):
        cut([1, 2], time_steps=1, stride=-1)


@pytest.mark.parametrize(
    ("cut", "series", "pad_left"),
    [(windows, [1, 2], False), (windows, [], True), (windows_with_targets, [1, 2, 3], False)],
)
def test_too_short_a_series_is_an_error(cut, series, pad_left):
    with pytest.raises(ValueError, match=f"{len(series)} values, time_steps=3"):
        cut(series, time_steps=3, pad_left=pad_left)


def test_time_major_swaps_the_first_two_axes_without_a_copy():
    batch = np.arange(24).reshape(2, 3, 4)
    turned = time_major(batch)
    assert all(turned[t, b].tolist() == batch[b, t].tolist() for b in range(2) for t in range(3))
    assert np.shares_memory(turned, batch)


def test_time_major_of_words_reads_all_sentences_word_by_word():
    assert time_major([["a", "b"], ["c", "d"]]).tolist() == [["a", "c"], ["b", "d"]]


def test_time_major_needs_sequences_of_one_length():
    with pytest.raises(ValueError, match="must have one length: pad them first"):
        time_major([["a", "b"], ["c"]])
    with pytest.raises(ValueError, match=r"\(batch, time, \.\.\.\)\. Received: \(2,\)"):
        time_major(["a", "b"])
