import numpy as np
import pytest

from nlpseq.datasets.length_ratio import num_characters, summarize_ratios, unbalanced_rows


def test_white_space_is_no_character():
    assert num_characters(["a\u00a0bc \t d", "你好 世界", " "]).tolist() == [4, 4, 0]


def test_ratios_are_of_the_rows_with_two_sides():
    summary = summarize_ratios(np.array([10, 10, 0]), np.array([10, 30, 5]))
    assert summary["overall"] == 2.25
    assert summary["percentiles"]["50"] == 2.0
    assert summarize_ratios(np.array([0]), np.array([3]))["percentiles"] == {}


def test_the_usual_ratio_of_the_data_is_what_is_expected():
    chinese, english = np.full(20, 30), np.full(20, 100)
    english[7], english[8] = 30, 400
    assert np.flatnonzero(unbalanced_rows(chinese, english, 2.0)).tolist() == [7, 8]
    assert np.flatnonzero(unbalanced_rows(english, chinese, 2.0)).tolist() == [7, 8]


def test_short_rows_may_be_of_any_ratio_and_empty_ones_are_not_meant():
    assert not unbalanced_rows([2, 5, 5, 0], [8, 5, 5, 90], max_ratio=3).any()


def test_a_ratio_of_one_is_refused():
    with pytest.raises(ValueError, match=r"must be above 1\. Received: max_ratio=1"):
        unbalanced_rows([1], [1], max_ratio=1)
