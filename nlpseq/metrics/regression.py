"""Scores of a number for each row."""

from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike


class RegressionScores(TypedDict):
    """What a regressor reaches."""

    mse: float
    mae: float
    r2: float


def regression_scores(predicted: ArrayLike, reference: ArrayLike) -> RegressionScores:
    """Scores predicted numbers, one a row.

    Args:
        predicted: The numbers that were predicted, `(rows,)`.
        reference: The right ones, as many.

    Returns:
        `mse`: the mean squared error. `mae`: the mean absolute one. `r2`: the share of the variance
        that is explained, 1 at best, 0 for the mean of `reference`, less for worse; where all of
        `reference` is one number, 1 if all is right, else 0.

    Raises:
        ValueError: If there are not as many, or none.

    Example:
        >>> regression_scores([1.0, 2.0, 5.0], [1.0, 3.0, 5.0])
        {'mse': 0.3333333333333333, 'mae': 0.3333333333333333, 'r2': 0.875}
    """
    guesses, right = np.asarray(predicted, np.float64), np.asarray(reference, np.float64)
    if guesses.shape != right.shape or not right.size:
        raise ValueError(
            "`predicted` and `reference` must have as many numbers, at least one. "
            f"Received: shapes {guesses.shape} and {right.shape}"
        )
    squared, variance = float(np.mean((guesses - right) ** 2)), float(np.var(right))
    r2 = 1 - squared / variance if variance else float(squared == 0)
    return RegressionScores(mse=squared, mae=float(np.mean(np.abs(guesses - right))), r2=r2)
