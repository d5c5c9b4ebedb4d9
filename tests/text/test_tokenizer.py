import numpy as np
import pytest

from nlpseq.text.characters import CharacterTokenizer
from nlpseq.text.specials import UNKNOWN_ID
from nlpseq.text.subword import SentencePieceTokenizer
from nlpseq.text.tokenizer import TOKENIZERS, load_tokenizer
from nlpseq.text.word_vocabulary import WordVocabularyTokenizer

TEXTS = ["The dog runs.", "The cat sleeps.", "Two dogs run, two cats sleep."]


@pytest.fixture(params=TOKENIZERS)
def tokenizer(request):
    return TOKENIZERS[request.param].train(TEXTS, vocab_size=40)


def test_every_kind_is_known_by_its_name():
    expected = {
        "sentencepiece": SentencePieceTokenizer,
        "words": WordVocabularyTokenizer,
        "characters": CharacterTokenizer,
    }
    assert expected == TOKENIZERS
    assert all(tokenizer.kind == kind for kind, tokenizer in TOKENIZERS.items())


def test_text_comes_back(tokenizer):
    assert tokenizer.decode_batch(tokenizer.encode_batch(TEXTS)) == TEXTS
    assert [tokenizer.decode(tokenizer.encode(text)) for text in TEXTS] == TEXTS


def test_pieces_are_put_together_to_words(tokenizer):
    tokens = tokenizer.tokenize(TEXTS[2])
    assert len(tokens) == len(tokenizer.encode(TEXTS[2]))
    words, word_of = tokenizer.words_of(tokens)
    marks_are_words = tokenizer.kind == "words"
    assert words == (tokens if marks_are_words else TEXTS[2].split())
    joined = [""] * len(words)
    for token, place in zip(tokens, word_of, strict=True):
        joined[place] += token.replace("▁", "").strip()
    assert joined == words


def test_encoding_adds_no_special_ids_and_stays_in_range(tokenizer):
    for ids in tokenizer.encode_batch(TEXTS):
        assert ids.dtype == np.int32
        assert ids.min() > 3
        assert ids.max() < tokenizer.vocab_size <= 40


def test_decoding_heeds_the_special_ids(tokenizer):
    first, second = tokenizer.encode_batch(TEXTS[:2])
    padded = np.concatenate([[2], first, [3], second, [0, 0]])
    assert tokenizer.decode(padded) == TEXTS[0]
    assert tokenizer.decode([2, 3, 0]) == tokenizer.decode([]) == ""
    assert "⁇" in tokenizer.decode([UNKNOWN_ID, *first])


def test_special_ids_are_never_made_from_text(tokenizer):
    ids = tokenizer.encode("<pad> <s> </s> <unk>")
    assert UNKNOWN_ID in ids
    assert not set(ids.tolist()) & {0, 2, 3}


def test_empty_text_and_an_empty_batch_are_fine(tokenizer):
    assert tokenizer.encode("").shape == (0,)
    assert tokenizer.encode("").dtype == np.int32
    assert tokenizer.encode_batch([]) == []
    assert tokenizer.decode_batch([]) == []
    assert [len(ids) for ids in tokenizer.encode_batch(["", TEXTS[0], ""])][::2] == [0, 0]


def test_a_saved_one_is_found_again_by_its_kind(tokenizer, tmp_path):
    tokenizer.save(tmp_path / "tokenizer")
    loaded = load_tokenizer(tokenizer.kind, tmp_path / "tokenizer")
    assert type(loaded) is type(tokenizer)
    assert [path.name for path in tmp_path.iterdir()] == ["tokenizer"]
    for before, after in zip(
        tokenizer.encode_batch(TEXTS), loaded.encode_batch(TEXTS), strict=True
    ):
        np.testing.assert_array_equal(before, after)


def test_the_file_of_one_kind_is_not_taken_for_another(tokenizer, tmp_path):
    tokenizer.save(tmp_path / "tokenizer")
    for kind in set(TOKENIZERS) - {tokenizer.kind}:
        with pytest.raises(ValueError, match=str(tmp_path)):
            load_tokenizer(kind, tmp_path / "tokenizer")


def test_a_single_string_is_not_taken_for_a_batch(tokenizer):
    with pytest.raises(TypeError, match="one string"):
        tokenizer.encode_batch(TEXTS[0])
    with pytest.raises(TypeError, match="one string"):
        type(tokenizer).train(TEXTS[0], vocab_size=40)


def test_an_id_out_of_range_is_refused(tokenizer):
    for bad in (-1, tokenizer.vocab_size):
        with pytest.raises(ValueError, match=f"Ids must be from 0 to .* Received: {bad}"):
            tokenizer.decode([4, bad])


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match=r"'bpe'. Valid: sentencepiece, words, characters"):
        load_tokenizer("bpe", "x")
