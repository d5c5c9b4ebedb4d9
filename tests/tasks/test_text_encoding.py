import datasets as hf
import pytest

from nlpseq.tasks.text_encoding import encode_texts, text_tokenizer

TEXTS = ["a dog runs", "", "the dog sleeps all day", "a cat runs"] * 5


@pytest.fixture
def rows():
    return hf.Dataset.from_dict({"text": TEXTS})


@pytest.mark.parametrize("kind", ["sentencepiece", "words", "characters"])
def test_ids_and_tokenizer_are_the_same_from_the_cache(small_cache, rows, kind, monkeypatch):
    def make():
        tokenizer = text_tokenizer(rows, "text", kind, vocab_size=30)
        return tokenizer, encode_texts(rows, "text", tokenizer).to_pylist()

    _, first = make()
    assert len(list(small_cache.iterdir())) == 2
    with monkeypatch.context() as nothing_is_computed:
        nothing_is_computed.setattr("nlpseq.tasks.text_encoding.train_tokenizer", None)
        nothing_is_computed.setattr("nlpseq.datasets.encoding.in_workers", None)
        assert make()[1] == first
    monkeypatch.setattr("nlpseq.datasets.cache.CACHED_ROWS", 1000)
    tokenizer, table = make()  # in memory
    assert table == first
    assert table == [tokenizer.encode(text).tolist() for text in TEXTS]


def test_another_vocabulary_is_another_file(small_cache, rows):
    for vocab_size, files in ((6, 1), (7, 2), (7, 2)):
        tokenizer = text_tokenizer(rows, "text", "words", vocab_size)
        encode_texts(rows, "text", tokenizer)
        assert len(list(small_cache.glob("*.arrow"))) == files


def test_lists_of_tokens_are_texts_too(rows):
    tokens = hf.Dataset.from_dict({"tokens": [["a", "dog"], ["runs"]]})
    tokenizer = text_tokenizer(tokens, "tokens", "words", vocab_size=30)
    found = encode_texts(tokens, "tokens", tokenizer)
    assert [tokenizer.decode(ids) for ids in found.to_pylist()] == ["a dog", "runs"]


def test_what_a_tokenizer_refuses_is_said_here(rows):
    with pytest.raises(ValueError, match="`vocab_size` must be more than the 4 special tokens"):
        text_tokenizer(rows, "text", "words", vocab_size=4)
    with pytest.raises(ValueError, match=r"`tokenizer` must be one of .*Received: 'bpe'"):
        text_tokenizer(rows, "text", "bpe", vocab_size=40)
