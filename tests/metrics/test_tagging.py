import pytest

from nlpseq.metrics.tagging import column_scores, main_score

REFERENCE = [["B-PER", "I-PER", "O"], ["B-LOC"], ["O", "O"]]
PREDICTED = [["B-PER", "O", "O"], ["B-LOC"], ["O", "B-LOC"]]
KNOWN = [[True, False, False], [False], [True, True]]


def test_scores_counted_by_hand():
    assert column_scores(PREDICTED, REFERENCE, KNOWN, scheme=None) == {
        "accuracy": 4 / 6,
        "unknown_accuracy": 2 / 3,  # of I-PER, O and B-LOC the last two
        "sentence_accuracy": 1 / 3,
    }


def test_without_an_unknown_token_there_is_no_accuracy_of_them():
    scores = column_scores([["N"]], [["N"]], [[True]], scheme=None)
    assert scores["unknown_accuracy"] is None
    assert "unknown_accuracy" not in column_scores([["N"]], [["N"]], None, scheme=None)


def test_labels_of_spans_have_their_scores_too():
    scores = column_scores(PREDICTED, REFERENCE, KNOWN, scheme="IOB2")
    assert scores["accuracy"] == 4 / 6
    assert (scores["precision"], scores["recall"], scores["f1"]) == (1 / 3, 1 / 2, 2 / 5)
    assert scores["types"]["LOC"]["precision"] == 1 / 2


def test_labels_of_features_have_an_accuracy_for_each():
    right = [["Case=Nom|Number=Sing", "_"], ["Number=Plur"]]
    found = [["Case=Nom", "_"], ["Case=Acc|Number=Plur|Tense=Past"]]
    scores = column_scores(found, right, None, scheme=None)
    assert scores["accuracy"] == 1 / 3
    assert scores["features"] == {"Case": 2 / 3, "Number": 2 / 3}


def test_the_main_score_is_the_f1_of_spans_or_else_the_accuracy():
    assert main_score(column_scores(PREDICTED, REFERENCE, None, "IOB2")) == 2 / 5
    assert main_score(column_scores(PREDICTED, REFERENCE, None, None)) == 4 / 6


def test_an_f1_of_0_is_the_main_score_too():
    assert main_score({"accuracy": 0.9, "f1": 0.0}) == 0.0


def test_sentences_of_different_length_are_named():
    with pytest.raises(ValueError, match="Received: 1 and 2 in sentence 0"):
        column_scores([["N"]], [["N", "V"]], None, scheme=None)
