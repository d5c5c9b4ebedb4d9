from nlpseq.text.bars import bars


def test_bars_are_as_long_as_their_share_of_the_longest():
    lengths = [line.count("█") for line in bars(["a", "bb", "c"], [40, 20, 0])]
    assert lengths == [40, 20, 0]


def test_shares_are_of_the_total_that_is_given():
    assert [line.split()[2] for line in bars(["a", "b"], [1, 2], total=10)] == ["10.0%", "20.0%"]
    assert bars([], []) == []
    assert bars(["a"], [0]) == ["a          0    0.0%"]
