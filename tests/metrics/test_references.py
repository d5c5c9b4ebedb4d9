import pytest

from nlpseq.metrics.references import reference_streams


def test_references_of_sentences_become_streams():
    assert reference_streams(["a", "b"], ["A", "B"]) == [["A", "B"]]
    references = [["A1"], ["B1", "B2", "B3"], ("C1", "C2")]
    expected = [["A1", "B1", "C1"], [None, "B2", "C2"], [None, "B3", None]]
    assert reference_streams(["a", "b", "c"], references) == expected


def test_a_missing_reference_is_an_error():
    with pytest.raises(ValueError, match="2 hypotheses and 1 references"):
        reference_streams(["a", "b"], ["a"])
    with pytest.raises(ValueError, match="none for hypothesis 1"):
        reference_streams(["a", "b"], [["a"], []])
    with pytest.raises(ValueError, match="at least one hypothesis"):
        reference_streams([], [])


def test_a_single_string_is_not_a_list_of_sentences():
    with pytest.raises(TypeError, match="must be lists"):
        reference_streams("abc", ["a", "b", "c"])
