from nlpseq.datasets.copies import copied_rows


def test_case_and_white_space_do_not_make_a_translation():
    sources = ["OK", "Berlin  ist", "Hand", "", "straße"]
    targets = ["ok", " berlin ist", "Hund", "", "STRASSE"]
    assert copied_rows(sources, targets) == [0, 1, 4]
