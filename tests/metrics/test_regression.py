import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

from nlpseq.metrics.regression import regression_scores


@pytest.mark.parametrize(
    ("predicted", "reference"),
    [
        (np.random.default_rng(0).normal(size=9), np.random.default_rng(1).normal(size=9)),
        ([1, 2, 4], [1, 2, 3]),
        ([2, 2], [2, 2]),  # of one number, all right
        ([2, 3], [2, 2]),  # of one number, not all right
    ],
)
def test_scores_are_those_of_sklearn(predicted, reference):
    scores = regression_scores(predicted, reference)
    assert scores["mse"] == pytest.approx(mean_squared_error(reference, predicted))
    assert scores["mae"] == pytest.approx(mean_absolute_error(reference, predicted))
    assert scores["r2"] == pytest.approx(r2_score(reference, predicted))


@pytest.mark.parametrize(("predicted", "reference"), [([], []), ([1.0], [1.0, 2.0])])
def test_numbers_without_a_partner_are_refused(predicted, reference):
    with pytest.raises(ValueError, match="as many numbers, at least one"):
        regression_scores(predicted, reference)
