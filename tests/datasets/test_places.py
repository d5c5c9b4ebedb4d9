import numpy as np

from nlpseq.datasets.places import places, rows_where


def test_all_are_counted_and_the_first_five_shown():
    assert places(range(10, 90)) == {"rows": 80, "first": [10, 11, 12, 13, 14]}
    assert places([]) == {"rows": 0, "first": []}


def test_flags_of_numpy_and_of_python_become_numbers():
    flags = [False, True, True]
    assert rows_where(flags) == rows_where(np.array(flags)) == rows_where(iter(flags)) == [1, 2]
