from nlpseq.datasets.leakage import leaked_rows


def test_every_row_that_train_has_is_found_also_twice():
    train = [["a", "dog"], ["a", "fox"], []]
    held_out = [["a", "fox"], ["a fox"], [], ["a", "fox"], ["fox"]]
    assert leaked_rows(train, held_out) == [0, 3]


def test_nothing_leaks_into_or_from_nothing():
    assert leaked_rows([], ["a"]) == leaked_rows(["a"], []) == []
