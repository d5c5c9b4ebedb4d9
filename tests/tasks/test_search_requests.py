import pytest

from nlpseq.tasks.search_requests import Request, phrase_ids, prefix_ids, read_requests
from nlpseq.text.tokenizer import train_tokenizer


@pytest.fixture
def tokenizer():
    return train_tokenizer("words", ["a b c d"], vocab_size=9)  # ids 4 to 7


def test_each_sentence_comes_with_what_is_asked_of_it():
    found = list(read_requests(["x", "y"], iter(["p", ""]), iter([[], ["q", "r"]])))
    assert found == [Request(0, "x", "p", ()), Request(1, "y", "", ("q", "r"))]
    assert list(read_requests(iter(["x"]))) == [Request(0, "x")]


def test_sentences_are_read_as_they_are_needed():
    endless = read_requests(iter(lambda: "x", None), must_include=iter(lambda: ["q"], None))
    assert [next(endless).number for _ in range(3)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"sentences": "x y"}, TypeError, "must be a list. Received: a string"),
        ({"prefixes": "ab"}, TypeError, "must be a list. Received: a string"),
        ({"must_include": ["a", "b"]}, TypeError, "list of phrases .* a string for sentence 0"),
        ({"must_include": [["a"]]}, ValueError, "`must_include` .* 1 must_include, and more of"),
        ({"prefixes": ["a"] * 3}, ValueError, "`prefixes` .* Received: 2 sentences, and more of"),
    ],
)
def test_what_does_not_fit_the_sentences_is_named(asked, error, message):
    with pytest.raises(error, match=message):
        list(read_requests(**{"sentences": ["x", "y"], **asked}))


def test_ids_are_padded_and_phrases_are_there_once(tokenizer):
    requests = [
        Request(0, "", "a b", ("c", "a b", " ", "c")),
        Request(1, ""),
        Request(2, "", phrases=("d",)),
    ]
    assert prefix_ids(requests, tokenizer)[:, :3].tolist() == [[4, 5, 0], [0, 0, 0], [0, 0, 0]]
    found = phrase_ids(requests, tokenizer)
    assert found.shape == (3, 2, 4)
    assert found[:, :, :2].tolist() == [[[6, 0], [4, 5]], [[0, 0], [0, 0]], [[7, 0], [0, 0]]]


def test_where_nobody_asks_there_is_nothing(tokenizer):
    requests = [Request(0, "x"), Request(1, "y", "", (" ",))]
    assert prefix_ids(requests, tokenizer) is None
    assert phrase_ids(requests, tokenizer) is None


@pytest.mark.parametrize(
    ("ids_of", "asked", "message"),
    [
        (prefix_ids, Request(3, "", "a z"), "prefix of sentence 3 .* doesn't know: 'a z'"),
        (phrase_ids, Request(3, "", "", ("a", "z")), "sentence 3 must include .* know: 'z'"),
    ],
)
def test_tokens_that_can_not_be_said_are_named(tokenizer, ids_of, asked, message):
    with pytest.raises(ValueError, match=message):
        ids_of([asked], tokenizer)
