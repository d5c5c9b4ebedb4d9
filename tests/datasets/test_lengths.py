import numpy as np

from nlpseq.datasets.lengths import summarize_lengths


def test_numbers_are_those_of_numpy(rng):
    lengths = rng.integers(1, 50, size=1000)
    summary = summarize_lengths(iter(lengths.tolist()))
    assert (summary["total"], summary["longest"]) == (lengths.sum(), lengths.max())
    assert summary["mean"] == round(lengths.mean(), 2)
    for percent, value in summary["percentiles"].items():
        assert np.mean(lengths <= value) >= int(percent) / 100 > np.mean(lengths < value)


def test_bars_hold_every_row_once_up_to_the_longest(rng):
    lengths = [*rng.integers(0, 90, size=500).tolist(), 4000]
    bars = summarize_lengths(lengths)["bars"]
    ends = [end for end, _ in bars]
    assert len(bars) <= 21
    assert ends == sorted(ends)
    assert ends[-1] == 4000
    cumulated = np.cumsum([rows for _, rows in bars])
    assert cumulated.tolist() == [sum(length <= end for length in lengths) for end in ends]


def test_no_row_is_no_error():
    assert summarize_lengths([])["bars"] == []
    assert summarize_lengths([0, 0])["bars"] == [[0, 2]]
