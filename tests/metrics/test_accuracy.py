import pytest

from nlpseq.metrics.accuracy import sentence_accuracy, token_accuracy

REFERENCE = [["A", "B", "C"], ["A"], ["B", "B"]]
PREDICTED = [["A", "B", "A"], ["A"], ["C", "C"]]


def test_every_token_counts_the_same_whatever_its_sentence():
    assert token_accuracy(PREDICTED, REFERENCE) == 3 / 6


def test_a_sentence_counts_when_all_its_labels_are_right():
    assert sentence_accuracy(PREDICTED, REFERENCE) == 1 / 3


@pytest.mark.parametrize("accuracy", [token_accuracy, sentence_accuracy])
def test_ids_are_labels_too(accuracy):
    assert accuracy([[0, 1]], [[0, 1]]) == 1.0
    assert accuracy([[0]], [[1]]) == 0.0


@pytest.mark.parametrize("accuracy", [token_accuracy, sentence_accuracy])
def test_sentences_of_different_length_are_named(accuracy):
    with pytest.raises(ValueError, match="Received: 2 and 1 in sentence 1"):
        accuracy([["A"], ["A", "B"]], [["A"], ["A"]])
    with pytest.raises(ValueError, match=r"as many sentences\. Received: 1 and 2"):
        accuracy([["A"]], [["A"], ["A"]])


def test_the_accuracy_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one label"):
        token_accuracy([[]], [[]])
    with pytest.raises(ValueError, match="at least one sentence"):
        sentence_accuracy([], [])
