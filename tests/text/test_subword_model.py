import io

import pytest
import sentencepiece

from nlpseq.text.specials import SPECIALS
from nlpseq.text.subword_model import open_model, train_model

SETTINGS = {
    "vocab_size": 60,
    "model_type": "unigram",
    "character_coverage": 1.0,
    "normalization": "nmt_nfkc",
    "sample_size": 1000,
    "seed": 0,
}
TEXTS = ["the quick brown fox", "jumps over the lazy dog", "the dog jumps"] * 3


def train(texts=TEXTS, **settings):
    return train_model(texts, **{**SETTINGS, **settings})


def pieces(model):
    processor = open_model(model)
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


@pytest.mark.parametrize("model_type", ["unigram", "bpe"])
def test_the_same_texts_give_the_same_model(model_type):
    assert train(model_type=model_type) == train(iter(TEXTS), model_type=model_type)


@pytest.mark.parametrize("model_type", ["unigram", "bpe"])
def test_special_tokens_come_first_and_the_size_is_kept(model_type):
    found = pieces(train(vocab_size=33, model_type=model_type))
    assert tuple(found[:4]) == SPECIALS
    assert len(found) == 33


@pytest.mark.parametrize("model_type", ["unigram", "bpe"])
def test_small_texts_give_a_smaller_vocabulary(model_type):
    found = pieces(train(["ab ab"], vocab_size=8000, model_type=model_type))
    assert {"▁", "a", "b"} <= set(found)
    assert len(found) < 20


def test_too_small_a_vocabulary_is_refused_with_the_size_it_needs():
    # 4 special tokens, the space and 26 letters (the texts are a pangram)
    with pytest.raises(ValueError, match=r"must be at least 31.*vocab_size=30.*0\.9995"):
        train(vocab_size=30)
    assert len(pieces(train(vocab_size=31))) == 31


def test_lines_longer_than_sentencepiece_takes_are_learned_from():
    long_text = "zyx " * 2000  # SentencePiece alone would leave it out
    assert {"z", "y", "x"} <= set(pieces(train([long_text, "a b c d e f"])))


@pytest.mark.parametrize("model_type", ["unigram", "bpe"])
def test_a_very_long_word_does_not_end_the_process(model_type):
    assert "x" in pieces(train(["x" * 300_000], model_type=model_type))


def test_empty_texts_line_breaks_and_null_characters_do_no_harm():
    found = pieces(train(["", " ", "\u200b", "ab\ncd\r\n", "ab\x00cd"] * 3))
    assert set("".join(found[4:])) == set("▁abcd")


@pytest.mark.parametrize(
    "texts", [[], [""], [" ", "\n", "\u200b\ufeff", "\x00\x01", "▁", "\ufffd"]]
)
def test_no_text_is_an_error(texts):
    with pytest.raises(ValueError, match="no text to learn from"):
        train(texts)


def test_a_sample_is_decided_by_the_seed():
    texts = [f"{letter}{letter}{letter}" for letter in "abcdefghijklmnopqrst"]
    first = train(texts, sample_size=5, seed=1)
    assert first == train(texts, sample_size=5, seed=1)
    assert first != train(texts, sample_size=5, seed=2)
    letters = {piece for piece in pieces(first) if len(piece) == 1} - {"▁"}
    assert len(letters) == 5
    assert letters != set("abcde")


def test_every_text_is_drawn_equally_often():
    texts = ["a", "b", "c", "d"]
    drawn = [pieces(train(texts, sample_size=1, seed=seed))[4:] for seed in range(120)]
    for letter in texts:
        assert 15 < sum(letter in found for found in drawn) < 45  # 30 expected, sd 4.7


def test_an_error_of_the_reader_is_not_swallowed():
    def broken():
        yield "fine"
        raise OSError("disk on fire")

    with pytest.raises(OSError, match="disk on fire"):
        train(broken())


def test_what_is_not_a_string_is_refused():
    with pytest.raises(TypeError, match=r"None \(NoneType\) as text number 2"):
        train(["fine", None])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"vocab_size": 4}, "more than the 4 special tokens.*vocab_size=4"),
        ({"model_type": "word"}, "one of unigram, bpe. Received: 'word'"),
        ({"character_coverage": 0.5}, "from 0.98 to 1. .*character_coverage=0.5"),
        ({"normalization": "nfc"}, "one of nmt_nfkc, .*identity. Received: 'nfc'"),
        ({"sample_size": 0}, "at least 1. .*sample_size=0"),
    ],
)
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        train(**settings)


def test_training_is_silent(capfd):
    train()
    assert capfd.readouterr() == ("", "")


def test_a_model_cut_anywhere_is_refused():
    model = train(normalization="identity")  # without rules most of the file is pieces
    for end in range(len(model)):
        with pytest.raises(ValueError, match="cut short"):
            open_model(model[:end])


@pytest.mark.parametrize("data", [b"", b"hello\n", b"\x00" * 50, b'{"a": 1}'])
def test_what_is_not_a_model_is_refused(data):
    with pytest.raises(ValueError, match="Not a SentencePiece model"):
        open_model(data)


def test_a_model_with_other_special_ids_is_refused():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXTS), model_writer=model, vocab_size=40, minloglevel=2,
        hard_vocab_limit=False,
    )  # fmt: skip
    with pytest.raises(ValueError, match=r"pad_id=0, unk_id=1.*Received: \[-1, 0, 1, 2\]"):
        open_model(model.getvalue())
