import pytest

from nlpseq.metrics.alignment import check_aligned


def test_labels_that_face_each_other_pass():
    check_aligned([["A", "B"], []], [["A", "C"], []])
    check_aligned([], [])


def test_sentences_of_different_length_are_named():
    with pytest.raises(ValueError, match="Received: 2 and 1 in sentence 1"):
        check_aligned([["A"], ["A", "B"]], [["A"], ["A"]])
    with pytest.raises(ValueError, match=r"as many sentences\. Received: 1 and 2"):
        check_aligned([["A"]], [["A"], ["A"]])
