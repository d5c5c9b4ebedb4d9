import datasets as hf
import numpy as np
import pytest

from nlpseq.batching.id_rows import IdRows
from nlpseq.tasks.text_encoding import encode_texts, joined, text_tokenizer

TEXTS = ["the fox runs", "", "a kite, a kite!", "the kite"] * 5


@pytest.fixture
def rows():
    return hf.Dataset.from_dict({"text": TEXTS})


@pytest.mark.parametrize("kind", ["words", "characters", "sentencepiece"])
def test_ids_are_those_of_the_tokenizer_from_the_cache_or_not(rows, small_cache, kind):
    tokenizer = text_tokenizer(rows, "text", kind, vocab_size=25)
    expected = [tokenizer.encode(text).tolist() for text in TEXTS]
    for cached in (False, True, True):
        assert encode_texts(rows, "text", tokenizer, cached).to_pylist() == expected
    again = text_tokenizer(rows, "text", kind, vocab_size=25)
    assert [again.encode(text).tolist() for text in TEXTS] == expected
    assert len([*small_cache.glob("*.arrow")]) == 1


def test_another_column_or_size_is_another_tokenizer(small_cache):
    rows = hf.Dataset.from_dict({"text": TEXTS, "other": [text.upper() for text in TEXTS]})
    first = text_tokenizer(rows, "text", "characters", vocab_size=20)
    assert text_tokenizer(rows, "other", "characters", vocab_size=20).tokenize("A") == ["A"]
    assert text_tokenizer(rows, "other", "characters", 20).encode("T") != first.encode("T")
    assert text_tokenizer(rows, "text", "characters", vocab_size=9).vocab_size == 9


def test_joined_backward_is_joined_turned_around(rng):
    texts = [rng.integers(4, 99, size) for size in (3, 0, 2)]
    forward = joined(texts).tolist()
    assert forward == [*texts[0], 3, 3, *texts[2], 3]
    # Turned around, the end of the first text comes last and that of the last one first: moved.
    assert joined(texts, backward=True).tolist() == [*forward[::-1][1:], 3]


def test_of_nothing_comes_nothing():
    assert joined([]).tolist() == []
    assert joined(IdRows(encode_texts_of([""]))).tolist() == [3]


def encode_texts_of(texts):
    rows = hf.Dataset.from_dict({"text": [*texts, "a b"]})
    tokenizer = text_tokenizer(rows, "text", "words", vocab_size=9)
    return encode_texts(rows.select(range(len(texts))), "text", tokenizer)


def test_a_missing_text_is_refused():
    rows = hf.Dataset.from_dict({"text": ["a", None]})
    with pytest.raises(ValueError, match=r"dataset\[1\]: the text of 'text' is missing"):
        text_tokenizer(rows, "text", "words", vocab_size=9)
    assert np.array_equal(joined([np.array([4])]), [4, 3])


def test_lists_of_tokens_are_texts_too():
    tokens = hf.Dataset.from_dict({"tokens": [["a", "dog"], ["runs"]]})
    tokenizer = text_tokenizer(tokens, "tokens", "words", vocab_size=30)
    found = encode_texts(tokens, "tokens", tokenizer)
    assert [tokenizer.decode(ids) for ids in found.to_pylist()] == ["a dog", "runs"]
