import os
import time

import pytest

from nlpseq.datasets.workers import in_workers


def test_results_come_in_the_order_of_the_items_whatever_takes_longer():
    def work(number):
        time.sleep(0.05 * (number == 0))
        return number, os.getpid()

    results = list(in_workers(work, range(9), processes=3))
    assert [number for number, _ in results] == list(range(9))
    assert os.getpid() not in {process for _, process in results}


def test_items_are_taken_no_further_ahead_than_they_are_worked_on():
    taken = []
    items = (taken.append(number) or number for number in range(1000))
    results = in_workers(lambda number: number, items, processes=2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert len(taken) < 10
    results.close()


def test_an_error_of_a_worker_is_raised_here():
    def work(number):
        raise ValueError(f"row {number}")

    with pytest.raises(ValueError, match="row 3"):
        list(in_workers(work, [3], processes=1))


def test_a_worker_that_dies_is_an_error_and_no_hang():
    with pytest.raises(Exception, match="terminated abruptly"):
        list(in_workers(lambda _: os._exit(1), range(9), processes=2))
