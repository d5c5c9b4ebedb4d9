import pytest

from nlpseq.text.characters import CharacterTokenizer
from nlpseq.text.specials import UNKNOWN_ID
from nlpseq.text.vocabulary import Vocabulary

TROUBLE = [
    *["", "  two  spaces ", "tab\tline\n", "e\u0301 \xe9", "👩\u200d👧 🇫🇷", "<pad> </s>"],
    *["mot\u202f!", "\u200b\u2028\x00"],
]


def test_any_text_comes_back_exactly():
    tokenizer = CharacterTokenizer.train(TROUBLE)
    assert tokenizer.decode_batch(tokenizer.encode_batch(TROUBLE)) == TROUBLE


def test_there_is_one_id_for_each_code_point():
    tokenizer = CharacterTokenizer.train(TROUBLE)
    assert [len(tokenizer.encode(text)) for text in TROUBLE] == [len(text) for text in TROUBLE]
    assert tokenizer.tokenize("e\u0301x") == ["e", "\u0301", "x"]


def test_a_character_never_seen_is_unknown():
    tokenizer = CharacterTokenizer.train(["aab"])
    assert tokenizer.encode("bax").tolist() == [5, 4, UNKNOWN_ID]
    assert tokenizer.decode([5, 1, 4]) == "b⁇a"


def test_rare_characters_are_left_out():
    assert CharacterTokenizer.train(["aab"], vocab_size=5).encode("ab").tolist() == [4, 1]
    assert CharacterTokenizer.train(["aab"], min_count=2).encode("ab").tolist() == [4, 1]


def test_a_saved_one_is_the_same_when_loaded(tmp_path):
    tokenizer = CharacterTokenizer.train(TROUBLE)
    tokenizer.save(tmp_path / "characters")
    assert CharacterTokenizer.load(tmp_path / "characters").vocabulary == tokenizer.vocabulary


def test_a_vocabulary_of_words_is_refused():
    with pytest.raises(ValueError, match=r"must be one character. Received: 'dog'"):
        CharacterTokenizer(Vocabulary(["a", "dog"]))


def test_a_file_of_words_is_refused_with_its_path(tmp_path):
    Vocabulary(["a", "dog"]).save(tmp_path / "words.txt")
    with pytest.raises(ValueError, match=r"words\.txt: .*one character. Received: 'dog'"):
        CharacterTokenizer.load(tmp_path / "words.txt")


def test_no_text_is_no_tokenizer():
    with pytest.raises(ValueError, match="no text to learn from"):
        CharacterTokenizer.train([""])
