import datasets as hf
import pytest

from nlpseq.tasks.pair_encoding import encode_pairs, pair_tokenizers

COLUMNS = ("en", "de")
ENGLISH = ["a dog runs", "", "the dog sleeps", "a cat runs"] * 5


@pytest.fixture
def rows():
    return hf.Dataset.from_dict({"en": ENGLISH, "de": [text[::-1] for text in ENGLISH]})


@pytest.mark.parametrize("kind", ["sentencepiece", "words", "characters"])
def test_ids_and_tokenizers_are_the_same_from_the_cache(small_cache, rows, kind, monkeypatch):
    def make():
        tokenizers = pair_tokenizers(rows, COLUMNS, kind, vocab_size=30)
        return tokenizers, encode_pairs(rows, COLUMNS, tokenizers).to_pydict()

    first = make()
    assert len(list(small_cache.iterdir())) == 2
    monkeypatch.setattr("nlpseq.tasks.pair_encoding.in_workers", None)
    monkeypatch.setattr("nlpseq.datasets.encoding.in_workers", None)
    assert make()[1] == first[1]
    monkeypatch.setattr("nlpseq.datasets.cache.CACHED_ROWS", 1000)
    tokenizers, table = make()  # in memory
    assert table == first[1]
    for side, tokenizer in zip(("source", "target"), tokenizers, strict=True):
        assert table[side] == [tokenizer.encode(text).tolist() for text in rows[side_of(side)]]


def side_of(side):
    return {"source": "en", "target": "de"}[side]


def test_another_vocabulary_is_another_file(small_cache, rows):
    for vocab_size, files in ((6, 1), (7, 2), (7, 2)):
        tokenizers = pair_tokenizers(rows, COLUMNS, "words", vocab_size)
        encode_pairs(rows, COLUMNS, tokenizers)
        assert len(list(small_cache.glob("*.arrow"))) == files


@pytest.mark.usefixtures("small_cache")
def test_what_a_tokenizer_refuses_is_said_here(rows):
    with pytest.raises(ValueError, match="`vocab_size` must be more than the 4 special tokens"):
        pair_tokenizers(rows, COLUMNS, "words", vocab_size=4)
