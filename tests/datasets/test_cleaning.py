import pytest

from nlpseq.datasets.cleaning import clean_pairs

PAIRS = [
    ("The fox runs.", "Der Fuchs rennt."),  # 0: kept
    ("", "Nichts."),
    ("word " * 21, "Wort " * 21),  # 2: too long
    ("Short.", "Ein Satz, der viel zu viel sagt, viel mehr als er sollte, und kein Ende hat."),
    ("Berlin", "berlin"),  # 4: identical
    ("The fox runs.", "Der Fuchs rennt."),  # 5: a duplicate
    ("The fox runs.", "Der Fuchs läuft."),  # 6: another translation, kept
    ("Hello.", "Hallo."),
]
SOURCES, TARGETS = map(list, zip(*PAIRS, strict=True))


def test_each_filter_says_how_many_rows_it_removed():
    rows, removed = clean_pairs(SOURCES, TARGETS, max_length=20)
    assert rows == [0, 6, 7]
    assert removed == {
        "empty": 1,
        "too long": 1,
        "unbalanced": 1,
        "identical sides": 1,
        "duplicates": 1,
    }
    assert len(rows) + sum(removed.values()) == len(PAIRS)


def test_a_row_counts_for_the_first_filter_that_removes_it():
    removed = clean_pairs(["OK", "OK", "a b"], ["OK", "OK", "a b"], max_length=1).removed
    assert (removed["too long"], removed["identical sides"], removed["duplicates"]) == (1, 2, 0)


def test_filters_can_be_left_out():
    kept = clean_pairs(SOURCES, TARGETS, keep_copies=True, keep_duplicates=True, max_ratio=100).rows
    assert kept == [0, 2, 3, 4, 5, 6, 7]


def test_what_is_kept_is_all_kept_again():
    rows, _ = clean_pairs(SOURCES, TARGETS)
    again = clean_pairs([SOURCES[r] for r in rows], [TARGETS[r] for r in rows])
    assert again.rows == list(range(len(rows)))
    assert clean_pairs([], []).rows == []


@pytest.mark.parametrize(
    ("pairs", "options", "message"),
    [
        ((["a"], ["b"]), {"max_length": 0}, r"`max_length` must be at least 1\. Received: .*=0"),
        ((["a"], ["b"]), {"max_ratio": 0.5}, r"`max_ratio` must be above 1"),
        ((["a"], []), {}, r"Received: 1 sources and 0 targets"),
    ],
)
def test_what_can_not_be_is_explained(pairs, options, message):
    with pytest.raises(ValueError, match=message):
        clean_pairs(*pairs, **options)
