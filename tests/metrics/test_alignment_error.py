import pytest

from nlpseq.metrics.alignment_error import alignment_scores


def test_scores_of_two_pairs_computed_by_hand():
    # A: 3 + 1 links; S: 2 + 1; P adds one of the first pair.
    found = [[(0, 0), (1, 1), (2, 3)], [(0, 1)]]
    sure = [[(0, 0), (2, 2)], [(0, 0)]]
    possible = [[(1, 1), (0, 0)], []]
    # A & S: (0, 0); A & P: (0, 0) and (1, 1).
    assert alignment_scores(found, sure, possible) == {
        "error_rate": pytest.approx(1 - (1 + 2) / (4 + 3)),
        "precision": pytest.approx(2 / 4),
        "recall": pytest.approx(1 / 3),
    }


@pytest.mark.parametrize(
    ("found", "sure", "possible", "error_rate"),
    [
        ({(0, 0)}, {(0, 0)}, None, 0),
        ({(0, 0)}, {(0, 0)}, set(), 0),  # a sure link is a possible one
        ({(0, 0), (1, 1)}, {(0, 0)}, {(1, 1), (2, 2)}, 0),  # a possible link need not be found
        ({(0, 0), (1, 1)}, {(0, 0)}, None, 1 / 3),  # 1 - (1 + 1) / (2 + 1)
        ({(0, 1)}, {(1, 0)}, None, 1),  # source and target are not interchangeable
        ([(0, 0), (0, 0)], {(0, 0)}, None, 0),  # a link counts once
        (set(), {(0, 0)}, None, 1),
        (set(), set(), None, 0),  # nothing to find, and nothing found
    ],
)
def test_the_error_rate(found, sure, possible, error_rate):
    scores = alignment_scores([found], [sure], possible if possible is None else [possible])
    assert scores["error_rate"] == pytest.approx(error_rate)


def test_without_sure_links_the_error_rate_is_what_precision_lacks():
    scores = alignment_scores([[(0, 0), (1, 1), (2, 0)]], [[]], [[(0, 0)]])
    assert scores["error_rate"] == pytest.approx(1 - scores["precision"]) == pytest.approx(2 / 3)


def test_different_numbers_of_pairs_are_named():
    with pytest.raises(ValueError, match=r"as many sentence pairs\. Received: 1, 2 and 2"):
        alignment_scores([[]], [[], []])
