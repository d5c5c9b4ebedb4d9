from nlpseq.datasets.swapped_sides import swapped_rows

ENGLISH = [f"the {noun} is in the house" for noun in ("dog", "cat", "fox", "bird")] * 10
GERMAN = [f"das {noun} ist in dem Haus" for noun in ("Hund", "Katze", "Fuchs", "Vogel")] * 10


def test_exchanged_pairs_are_found_and_no_others():
    sources, targets = list(ENGLISH), list(GERMAN)
    for row in (0, 7, 30):
        sources[row], targets[row] = targets[row], sources[row]
    assert swapped_rows(sources, targets) == [0, 7, 30]
    assert swapped_rows(ENGLISH, GERMAN) == []


def test_a_pair_does_not_speak_for_itself():
    sources = [*ENGLISH, "Wiesen blühen bunt im Mai"]
    targets = [*GERMAN, "meadows bloom bright in May"]
    assert swapped_rows(sources, targets) == []  # no other pair has these words, but for one


def test_copies_numbers_and_empty_sides_are_not_exchanged():
    sources = [*ENGLISH, "das Haus ist das Haus", "", "1 2 3 4 5"]
    targets = [*GERMAN, "das Haus ist das Haus", "the house is the house", "1 2 3 4 5"]
    assert swapped_rows(sources, targets) == []
