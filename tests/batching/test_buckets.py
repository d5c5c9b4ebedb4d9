from itertools import combinations

import numpy as np
import pytest

from nlpseq.batching.buckets import assign, bucket_widths, distinct_lengths


def slots(lengths, widths):
    """Slots of all examples when each is as wide as its bucket."""
    return int(np.asarray(widths).sum(axis=1)[assign(lengths, widths)].sum())


def brute_force_slots(lengths, num_buckets):
    """Tries every set of at most `num_buckets` widths that holds the longest example."""
    distinct = sorted(set(lengths))
    choices = [
        [*some, distinct[-1]]
        for size in range(num_buckets)
        for some in combinations(distinct[:-1], size)
    ]
    return min(sum(min(w for w in ws if w >= n) for n in lengths) for ws in choices)


def brute_force_pair_slots(lengths, num_buckets):
    """Tries every cut of the pairs, sorted by the greater of their two ranks."""
    ranks = [[sum(b <= a for b in side) for a in side] for side in zip(*lengths, strict=True)]
    keys = [max(pair) for pair in zip(*ranks, strict=True)]
    levels = sorted(set(keys))
    best = np.inf
    for size in range(num_buckets):
        for cuts in combinations(levels[:-1], size):
            total, below = 0, -1
            for cut in [*cuts, levels[-1]]:
                held = [n for n, key in zip(lengths, keys, strict=True) if key <= cut]
                count = sum(below < key <= cut for key in keys)
                total += count * sum(max(side) for side in zip(*held, strict=True))
                below = cut
            best = min(best, total)
    return best


@pytest.mark.parametrize("num_buckets", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_no_other_widths_need_fewer_slots(num_buckets, seed):
    lengths = np.random.default_rng(seed).geometric(0.15, size=30).tolist()
    widths = bucket_widths(lengths, num_buckets)
    assert len(widths) <= num_buckets
    assert slots(lengths, widths) == brute_force_slots(lengths, num_buckets)


@pytest.mark.parametrize("num_buckets", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_no_other_cut_of_the_sorted_pairs_needs_fewer_slots(num_buckets, seed):
    rng = np.random.default_rng(seed)
    lengths = np.stack([rng.geometric(0.2, size=15), rng.geometric(0.1, size=15)], axis=1)
    widths = bucket_widths(lengths, num_buckets)
    assert (np.diff(widths, axis=0) >= 0).all()
    assert slots(lengths, widths) == brute_force_pair_slots(lengths.tolist(), num_buckets)


def test_as_many_buckets_as_lengths_waste_nothing():
    assert bucket_widths([4, 2, 9, 4], num_buckets=7).tolist() == [[2], [4], [9]]


def test_a_bucket_that_saves_less_than_its_cost_is_left_out():
    lengths = [5] * 10 + [6]  # one bucket: 66 slots, two buckets: 56
    assert bucket_widths(lengths, num_buckets=2, bucket_cost=9).tolist() == [[5], [6]]
    assert bucket_widths(lengths, num_buckets=2, bucket_cost=11).tolist() == [[6]]


def test_assign_takes_the_first_bucket_that_fits_on_every_side():
    widths = [[3, 3], [5, 8], [9, 9]]
    assert assign([[3, 3], [3, 4], [6, 1], [1, 1]], widths).tolist() == [0, 1, 2, 0]


def test_assign_names_the_example_that_fits_nowhere():
    with pytest.raises(ValueError, match=r"example 1 of length 2 and 7, widest bucket 5 and 6"):
        assign([[5, 6], [2, 7]], [[3, 3], [5, 6]])


def test_bad_settings_are_named():
    with pytest.raises(ValueError, match="num_buckets=0"):
        bucket_widths([1], num_buckets=0)
    with pytest.raises(ValueError, match="at least one example"):
        bucket_widths([], num_buckets=2)


@pytest.mark.parametrize("num_sides", [1, 2])
def test_lengths_may_be_counted_first(num_sides, rng):
    lengths = rng.geometric(0.3, size=(300, num_sides))
    rows, row_of, counts = distinct_lengths(lengths)
    expected, times = np.unique(lengths, axis=0, return_counts=True)
    assert rows.tolist() == expected.tolist()
    assert counts.tolist() == times.tolist()
    assert rows[row_of].tolist() == lengths.tolist()
    widths = bucket_widths(rows, 4, bucket_cost=20, counts=counts)
    assert widths.tolist() == bucket_widths(lengths, 4, bucket_cost=20).tolist()
    assert assign(rows, widths)[row_of].tolist() == assign(lengths, widths).tolist()
    if num_sides == 1:  # each length once is another set of examples
        assert slots(lengths[:, 0], bucket_widths(rows, 4, counts=counts)) < slots(
            lengths[:, 0], bucket_widths(rows, 4)
        )
