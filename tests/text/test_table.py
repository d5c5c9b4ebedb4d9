from nlpseq.text.table import table


def test_the_first_column_is_to_the_left_and_the_others_to_the_right():
    assert table(["name", "n"], [["a", "1"], ["longer", "100"]]) == [
        "name      n",
        "a         1",
        "longer  100",
    ]
