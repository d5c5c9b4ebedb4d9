import numpy as np
import pytest

from nlpseq.batching.ladder import rung, sorted_batches


def test_the_ladder_has_four_rungs_between_powers_of_two():
    rungs = sorted({rung(length) for length in range(1, 65)})
    assert rungs == [*range(1, 9), 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64]


@pytest.mark.parametrize("length", [1, 2, 15, 16, 17, 100, 5000])
def test_a_rung_holds_its_length_and_is_not_a_quarter_too_wide(length):
    assert length <= rung(length) <= max(1.25 * length, length)


def test_longest_first_and_as_many_rows_as_fit():
    lengths = np.random.default_rng(1).integers(1, 40, size=300)
    batches = sorted_batches(lengths, batch_tokens=120)
    rows = np.concatenate([rows for _, rows in batches])
    rows = rows[rows >= 0]
    assert sorted(rows) == list(range(300))
    assert (np.diff(lengths[rows]) <= 0).all()
    for width, found in batches[:-1]:
        assert width == rung(lengths[found].max())
        assert len(found) == 120 // width
    assert len(batches[-1][1]) <= 120 // batches[-1][0]


@pytest.mark.parametrize(("count", "height"), [(1, 1), (3, 4), (5, 8), (9, 10)])
def test_what_is_left_fills_up_to_a_power_of_two_but_not_beyond_a_full_batch(count, height):
    ((width, rows),) = sorted_batches([4] * count, batch_tokens=40)
    assert (width, len(rows)) == (4, height)
    assert (rows >= 0).sum() == count


def test_an_example_longer_than_a_batch_is_one_of_its_own():
    assert [(w, r.tolist()) for w, r in sorted_batches([3, 50], 10)] == [(56, [1]), (3, [0])]
