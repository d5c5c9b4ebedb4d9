import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.length_penalty import AVERAGE, GNMT, NO_PENALTY, LengthPenalty

pytestmark = pytest.mark.backends


@pytest.mark.parametrize(
    ("penalty", "length", "expected"),
    [
        (GNMT, 1, 1.0),  # a single token is never corrected
        (LengthPenalty(alpha=1.0), 7, 2.0),  # (5 + 7) / 6
        (LengthPenalty(alpha=2.0), 13, 9.0),  # ((5 + 13) / 6) ** 2
        (AVERAGE, 7, 7.0),
        (NO_PENALTY, 7, 1.0),
    ],
)
def test_divisors_written_by_hand(penalty, length, expected):
    assert penalty(length) == pytest.approx(expected)
    tensor = penalty(ops.convert_to_tensor([[float(length)]]))
    np.testing.assert_allclose(ops.convert_to_numpy(tensor), [[expected]], rtol=1e-6)


@pytest.mark.parametrize("penalty", [GNMT, AVERAGE, NO_PENALTY, LengthPenalty(0.2, 0.5)])
def test_divisor_does_not_fall_with_the_length(penalty):
    assert (np.diff(penalty(np.arange(1.0, 300.0))) >= 0).all()


@pytest.mark.parametrize("settings", [{"alpha": -1}, {"offset": -0.5}, {"alpha": float("nan")}])
def test_rejects_what_would_favour_short_outputs(settings):
    ((name, value),) = settings.items()
    with pytest.raises(ValueError, match=rf"`{name}` must be 0 or more.*{name}={value}"):
        LengthPenalty(**settings)
