"""A series that goes on with what is predicted."""

import numpy as np


def forecast(model, series, steps, time_steps=None):
    """Predicts the next steps of a series; each prediction is read to make the next.

    Args:
        model: A `SeriesModel` that predicts as many numbers as it reads. One with
            `return_sequences` is asked what it says at the last step.
        series: What is known, in the order of time, `(length, features)`.
        steps: How many steps to predict, at least 1.
        time_steps: How many of the last steps each prediction is made from, as many as in training;
            `None` means the length of `series`.

    Returns:
        Float32, `(steps, features)`.

    Raises:
        ValueError: If the shape of the series does not fit the model, it is shorter than
            `time_steps`, a number is below 1, or the model predicts other numbers than it reads.

    Example:
        >>> from nlpseq.models.series import SeriesModel
        >>> model = SeriesModel(features=2, horizon=3, units=4)
        >>> forecast(model, np.zeros((9, 2)), steps=7, time_steps=5).shape
        (7, 2)
    """
    series = np.asarray(series, "float32")
    if series.ndim != 2 or series.shape[1] != model.features:
        raise ValueError(
            f"`series` must have shape (length, {model.features}). Received: {series.shape}"
        )
    if model.num_outputs != model.features:
        raise ValueError(
            "A forecast needs a model that predicts what it reads. "
            f"Received: features={model.features}, outputs={model.num_outputs}"
        )
    time_steps = len(series) if time_steps is None else time_steps
    if min(steps, time_steps) < 1 or len(series) < time_steps:
        raise ValueError(
            "`steps` must be at least 1, and `time_steps` from 1 to the length of the series. "
            f"Received: steps={steps}, time_steps={time_steps}, {len(series)} values"
        )
    known = len(series)
    while len(series) < known + steps:
        (predicted,) = model.predict_on_batch(series[None, -time_steps:])
        series = np.concatenate([series, predicted[-model.horizon :]])
    return series[known : known + steps]
