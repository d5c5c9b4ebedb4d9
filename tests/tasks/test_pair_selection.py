import numpy as np
import pytest

from nlpseq.tasks.pair_selection import select_pairs


def pairs(*lengths):
    return [tuple(np.full(n, 5) for n in pair) for pair in lengths]


def lengths(selected):
    return [tuple(map(len, pair)) for pair in selected]


def test_empty_and_long_sides_are_left_out_and_counted(caplog):
    kept = select_pairs(pairs((2, 3), (0, 1), (1, 0), (4, 1), (1, 4), (3, 1)), max_length=3)
    assert lengths(kept) == [(2, 3), (3, 1)]
    assert "4 of 6 pairs are left out" in caplog.text


def test_nothing_is_said_where_nothing_is_left_out(caplog):
    assert lengths(select_pairs(pairs((1, 3)), max_length=3)) == [(1, 3)]
    assert caplog.text == ""


def test_it_is_an_error_if_nothing_is_left():
    with pytest.raises(ValueError, match=r"None of 1 pairs .* more than 3 tokens\. Raise"):
        select_pairs(pairs((4, 1)), max_length=3)
