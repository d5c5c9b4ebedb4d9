from nlpseq.datasets.duplicates import duplicate_rows


def test_all_but_the_first_of_those_that_are_alike_are_found():
    rows = [("a", "b"), ("ab", ""), ("a", "b"), ("b", "a"), ("a", "b")]
    assert duplicate_rows(rows) == [2, 4]
    assert duplicate_rows(iter(["x", "X", "x "])) == []


def test_empty_rows_are_no_duplicates():
    assert duplicate_rows(["", "", "a"]) == duplicate_rows([[], [], [""]]) == []
