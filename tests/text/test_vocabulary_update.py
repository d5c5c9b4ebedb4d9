import pytest

from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.vocabulary_update import extend_vocabulary


@pytest.fixture
def vocabulary():
    return Vocabulary.from_tokens([["b", "a", "b"]])


def test_old_ids_stay_and_new_tokens_come_behind_by_their_frequency(vocabulary):
    extended = extend_vocabulary(vocabulary, [["x", "b"], ["z", "y", "z"]])
    assert extended.tokens == (*vocabulary.tokens, "z", "x", "y")
    assert extended.counts == {"b": 3, "a": 1, "z": 2, "x": 1, "y": 1}
    assert vocabulary.counts == {"b": 2, "a": 1}


def test_rare_new_tokens_stay_unknown_and_old_ones_may_be_rare(vocabulary):
    extended = extend_vocabulary(vocabulary, [["z", "z", "x", "a"]], min_count=2)
    assert extended.tokens == (*vocabulary.tokens, "z")
    assert extended.counts["a"] == 2


def test_nothing_new_is_nothing_changed(vocabulary):
    assert extend_vocabulary(vocabulary, []) == vocabulary
    assert extend_vocabulary(vocabulary, [["<pad>"]]) == vocabulary


def test_labels_have_no_special_tokens():
    labels = Vocabulary(["X"], specials=())
    assert extend_vocabulary(labels, [["Y", "X"]]).tokens == ("X", "Y")


def test_counts_that_are_not_known_stay_so():
    extended = extend_vocabulary(Vocabulary(["a", "b"], counts={"b": 1}), [["a", "c"]])
    assert extended.counts == {"b": 1, "c": 1}
