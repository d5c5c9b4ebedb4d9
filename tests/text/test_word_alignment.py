import numpy as np
import pytest

from nlpseq.text.word_alignment import (
    Alignment,
    Words,
    format_links,
    parse_links,
    word_weights,
    words_between_spaces,
)


@pytest.mark.parametrize(
    ("tokens", "words", "word_of"),
    [
        ([" a", " b"], ["a", "b"], [0, 1]),
        (["a", "b c", "d"], ["ab", "cd"], [0, 0, 1]),  # a token of two words: its first one
        ([" ", "a", " ", " ", "b", " "], ["a", "b"], [0, 0, 1, 1, 1, 1]),  # characters
        (["a ", "b ", "c"], ["a", "b", "c"], [0, 1, 2]),  # spaces behind the words
        ([" ", "\u3000"], [], []),
        ([], [], []),
    ],
)
def test_tokens_are_put_together_to_words(tokens, words, word_of):
    assert words_between_spaces(tokens) == (words, word_of)


def test_weights_of_words_are_sums_over_the_source_and_means_over_the_target(rng):
    weights = rng.random((4, 5))
    source, target = Words(["a", "b"], [0, 1, 1, 1]), Words(["c", "d"], [0, 1, 1])
    w = weights.tolist()  # the last row and column are those of the end tokens
    expected = [
        [w[0][0], w[0][1] + w[0][2] + w[0][3]],
        [(w[1][0] + w[2][0]) / 2, (sum(w[1][1:4]) + sum(w[2][1:4])) / 2],
    ]
    np.testing.assert_allclose(word_weights(weights, source, target), expected, rtol=1e-5)


def test_a_side_without_words_has_no_weights():
    weights, none = np.ones((2, 3)), Words([], [])
    assert word_weights(weights, none, Words(["a"], [0])).shape == (1, 0)
    assert word_weights(weights, Words(["a", "b"], [0, 1]), none).shape == (0, 2)


def alignment(weights):
    weights = np.array(weights, dtype="float32")
    return Alignment([], [], weights, [], [], weights)


def test_each_target_word_is_linked_to_its_best_source_word():
    assert alignment([[0.1, 0.3], [0.8, 0.1], [0.2, 0.3]]).links == [(0, 1), (1, 0), (1, 2)]
    assert alignment([[0.0, 0.0], [0.0, 0.1]]).links == [(1, 1)]  # a word without a token
    assert alignment(np.zeros((2, 0))).links == []


def test_links_are_pharaoh_lines():
    links = [(0, 0), (10, 2)]
    assert format_links(links) == "0-0 10-2"
    assert parse_links("0-0 10-2\n") == links
    assert parse_links("") == []
    with pytest.raises(ValueError, match=r"such as 1-2\. Received: '1:2'"):
        parse_links("0-0 1:2")
