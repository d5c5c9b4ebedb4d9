import numpy as np
import pytest

from nlpseq.tasks.token_score import token_score


def test_the_sum_is_exact_and_all_are_plain_numbers():
    log_probs = np.full(10_000, -0.1, np.float32)
    score = token_score(["a"] * 10_000, log_probs)
    assert score.log_prob == pytest.approx(10_000 * float(np.float32(-0.1)), abs=1e-9)
    assert {type(value) for value in score.token_log_probs} == {float}
