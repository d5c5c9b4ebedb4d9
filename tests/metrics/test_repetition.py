import pytest

from nlpseq.metrics.repetition import repeated_ngrams


@pytest.mark.parametrize(
    ("texts", "n", "expected"),
    [
        (["a b c", "a b c"], 2, 0),  # a text does not repeat another
        (["a a a a"], 2, 2 / 3),
        (["a b a b a b"], 2, 3 / 5),
        (["a b a b a b"], 4, 1 / 3),
        (["a b", "a a a"], 1, 2 / 5),  # over all n-grams: not a mean over texts
        (["a", ""], 2, 0),  # too short for any
        ([], 2, 0),
    ],
)
def test_the_share_of_repeated_ngrams(texts, n, expected):
    assert repeated_ngrams(texts, n) == pytest.approx(expected)


def test_an_ngram_has_a_word():
    with pytest.raises(ValueError, match=r"`n` must be at least 1\. Received: n=0"):
        repeated_ngrams([], n=0)
