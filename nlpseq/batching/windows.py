"""A long series as many short samples, and a batch seen one time step after the other."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike


def windows(
    series: ArrayLike, time_steps: int, stride: int = 1, pad_left: bool = False
) -> np.ndarray:
    """Cuts a series into overlapping windows.

    Args:
        series: Values in the order of time, `(length,)` or `(length, features)`.
        time_steps: Values of a window, at least 1.
        stride: Steps from one window to the next, at least 1.
        pad_left: Puts `time_steps - 1` zeros before the series, so that the first window
            ends at the first value, and with `stride=1` every value has its window.

    Returns:
        `(samples, time_steps)` or `(samples, time_steps, features)`, with the dtype of the
        series.

    Raises:
        ValueError: If `time_steps` or `stride` is below 1, or the series is shorter
            than one window.

    Example:
        >>> windows([14, 5, 6, 1, 77], time_steps=2)
        array([[14,  5],
               [ 5,  6],
               [ 6,  1],
               [ 1, 77]])
        >>> windows([14, 5, 6, 1, 77], time_steps=2, pad_left=True)
        array([[ 0, 14],
               [14,  5],
               [ 5,  6],
               [ 6,  1],
               [ 1, 77]])

        A recurrent layer wants `(samples, time_steps, features)`, here with one feature:

        >>> series = np.array([14, 5, 6, 1, 77])
        >>> windows(series[:, None], time_steps=2).shape
        (4, 2, 1)
    """
    series = np.asarray(series)
    _check_steps(time_steps, stride)
    shortest = 1 if pad_left else time_steps
    if len(series) < shortest:
        raise ValueError(
            "The series must be at least one window long. "
            f"Received: {len(series)} values, time_steps={time_steps}, pad_left={pad_left}"
        )
    if pad_left:
        zeros = np.zeros((time_steps - 1, *series.shape[1:]), dtype=series.dtype)
        series = np.concatenate([zeros, series])
    views = sliding_window_view(series, time_steps, axis=0)[::stride]  # (samples, ..., time)
    return np.moveaxis(views, -1, 1).copy()


def windows_with_targets(
    series: ArrayLike, time_steps: int, stride: int = 1, pad_left: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Cuts a series into windows, each with the value that follows it.

    Args:
        series: Values in the order of time, `(length,)` or `(length, features)`.
        time_steps: Values of a window, at least 1.
        stride: Steps from one window to the next, at least 1.
        pad_left: Puts `time_steps - 1` zeros before the series, as in `windows`.

    Returns:
        inputs: `(samples, time_steps)` or `(samples, time_steps, features)`.
        targets: The next values, `(samples,)` or `(samples, features)`.

    Raises:
        ValueError: If `time_steps` or `stride` is below 1, or the series is shorter
            than one window and its target.

    Example:
        >>> inputs, targets = windows_with_targets([14, 5, 6, 1, 77], time_steps=2)
        >>> inputs
        array([[14,  5],
               [ 5,  6],
               [ 6,  1]])
        >>> targets
        array([ 6,  1, 77])
        >>> inputs, targets = windows_with_targets([14, 5, 6, 1, 77], time_steps=2, pad_left=True)
        >>> inputs.tolist()
        [[0, 14], [14, 5], [5, 6], [6, 1]]
        >>> targets
        array([ 5,  6,  1, 77])
    """
    series = np.asarray(series)
    _check_steps(time_steps, stride)
    first_target = 1 if pad_left else time_steps
    if len(series) <= first_target:
        raise ValueError(
            "The series must be at least one window and its target long. "
            f"Received: {len(series)} values, time_steps={time_steps}, pad_left={pad_left}"
        )
    inputs = windows(series[:-1], time_steps, stride, pad_left)
    return inputs, series[first_target::stride].copy()


def forecast_windows(
    series: ArrayLike, time_steps: int, horizon: int = 1, stride: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Cuts a series into windows, each with the next values: what a forecast learns from.

    Args:
        series: Values in the order of time, `(length, features)` or `(length,)`.
        time_steps: Values of a window, at least 1.
        horizon: How many values behind it are its target, at least 1.
        stride: Steps from one window to the next, at least 1.

    Returns:
        inputs: `(samples, time_steps, features)`, or `(samples, time_steps)`.
        targets: `(samples, horizon, features)`, or `(samples, horizon)`.

    Raises:
        ValueError: If a setting is below 1, or the series is shorter than one window and its
            target.

    Example:
        >>> inputs, targets = forecast_windows([14, 5, 6, 1, 77], time_steps=2, horizon=2)
        >>> inputs.tolist(), targets.tolist()
        ([[14, 5], [5, 6]], [[6, 1], [1, 77]])
    """
    series = np.asarray(series)
    if horizon < 1:
        raise ValueError(f"`horizon` must be at least 1. Received: horizon={horizon}")
    _check_steps(time_steps, stride)
    if len(series) < time_steps + horizon:
        raise ValueError(
            "The series must be at least one window and its target long. "
            f"Received: {len(series)} values, time_steps={time_steps}, horizon={horizon}"
        )
    both = windows(series, time_steps + horizon, stride)
    return both[:, :time_steps], both[:, time_steps:]


def time_major(batch: ArrayLike) -> np.ndarray:
    """Turns a batch of sequences into a sequence of batches.

    Row `t` of the result holds what all sequences have at time `t`: what a recurrent
    network reads in one step.

    Args:
        batch: `(batch, time, ...)`, an array or nested lists of one length.

    Returns:
        `(time, batch, ...)`; for an array a view of it, no copy.

    Raises:
        ValueError: If the sequences differ in length, or `batch` has no time axis.

    Example:
        >>> sentences = [["a", "b", "c"], ["d", "e", "f"]]
        >>> time_major(sentences).tolist()
        [['a', 'd'], ['b', 'e'], ['c', 'f']]
        >>> token_ids = np.zeros((32, 10, 64))
        >>> time_major(token_ids).shape
        (10, 32, 64)
    """
    try:
        array = np.asarray(batch)
    except ValueError as error:
        raise ValueError(
            f"All sequences of a batch must have one length: pad them first. Received: {error}"
        ) from error
    if array.ndim < 2:
        raise ValueError(f"`batch` must have shape (batch, time, ...). Received: {array.shape}")
    return array.swapaxes(0, 1)


def _check_steps(time_steps: int, stride: int) -> None:
    if time_steps < 1 or stride < 1:
        raise ValueError(
            "`time_steps` and `stride` must be at least 1. "
            f"Received: time_steps={time_steps}, stride={stride}"
        )
