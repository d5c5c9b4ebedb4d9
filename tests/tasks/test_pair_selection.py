import numpy as np
import pytest

from nlpseq.tasks.pair_selection import select_pairs


def sides(*lengths):
    return [[np.full(n, 5) for n in side] for side in zip(*lengths, strict=True)]


def test_empty_and_long_sides_are_left_out_and_counted(caplog):
    pairs = sides((2, 3), (0, 1), (1, 0), (4, 1), (1, 4), (3, 1))
    assert select_pairs(*pairs, max_length=3).tolist() == [0, 5]
    assert "4 of 6 pairs are left out" in caplog.text


def test_nothing_is_said_where_nothing_is_left_out(caplog):
    assert select_pairs(*sides((1, 3)), max_length=3).tolist() == [0]
    assert caplog.text == ""


def test_it_is_an_error_if_nothing_is_left():
    with pytest.raises(ValueError, match=r"None of 1 pairs .* more than 3 tokens\. Raise"):
        select_pairs(*sides((4, 1)), max_length=3)
