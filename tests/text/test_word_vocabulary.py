import pytest

from nlpseq.text.specials import SPECIALS, UNKNOWN_ID
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.word_vocabulary import WordVocabularyTokenizer

TEXTS = ["The dog doesn't bark.", "The cat (a tabby) sleeps.", 'Is it "the" dog\'s?']


def test_sentences_with_usual_spaces_come_back():
    tokenizer = WordVocabularyTokenizer.train(TEXTS)
    assert tokenizer.decode_batch(tokenizer.encode_batch(TEXTS)) == TEXTS


def test_frequent_words_have_small_ids():
    tokenizer = WordVocabularyTokenizer.train(["a b b", "b c"], vocab_size=5)
    assert tokenizer.vocabulary == Vocabulary(["b"], {"b": 3})
    assert tokenizer.encode("a b c").tolist() == [UNKNOWN_ID, 4, UNKNOWN_ID]


def test_case_is_kept_unless_told_otherwise():
    assert WordVocabularyTokenizer.train(["The the"]).tokenize("THE") == ["THE"]
    lower = WordVocabularyTokenizer.train(["The the"], lowercase=True)
    assert lower.vocabulary.tokens == (*SPECIALS, "the")
    assert lower.encode("THE").tolist() == [4]


@pytest.mark.parametrize("lowercase", [False, True])
def test_a_saved_one_is_the_same_when_loaded(tmp_path, lowercase):
    tokenizer = WordVocabularyTokenizer.train(TEXTS, lowercase=lowercase)
    tokenizer.save(tmp_path / "words")
    loaded = WordVocabularyTokenizer.load(tmp_path / "words")
    assert loaded.vocabulary == tokenizer.vocabulary
    assert loaded.encode("THE dog").tolist() == tokenizer.encode("THE dog").tolist()


def test_another_file_is_refused_with_its_path(tmp_path):
    path = tmp_path / "vocabulary.txt"
    Vocabulary(["a"]).save(path)
    with pytest.raises(ValueError, match=r"vocabulary\.txt:1: not a word tokenizer: expected"):
        WordVocabularyTokenizer.load(path)
    with pytest.raises(FileNotFoundError, match=r"none\.txt"):
        WordVocabularyTokenizer.load(tmp_path / "none.txt")


def test_a_file_cut_short_is_refused_with_its_line(tmp_path):
    path = tmp_path / "words"
    WordVocabularyTokenizer.train(["a b c"]).save(path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]))
    with pytest.raises(ValueError, match=r"words:5: .*ends after 2 of 3 tokens"):
        WordVocabularyTokenizer.load(path)


@pytest.mark.parametrize("texts", [[], ["", " \n"]])
def test_no_words_are_no_tokenizer(texts):
    with pytest.raises(ValueError, match="no text to learn from"):
        WordVocabularyTokenizer.train(texts)


def test_new_words_come_behind_the_old_ones_and_nothing_else_changes():
    tokenizer = WordVocabularyTokenizer.train(["A dog runs."], lowercase=True)
    extended = tokenizer.extended(["The DOG sleeps.", "the cat"], min_count=2)
    assert extended.vocabulary.tokens == (*tokenizer.vocabulary.tokens, "the")
    assert extended.encode("THE dog").tolist() == [tokenizer.vocab_size, *tokenizer.encode("dog")]
    assert "the" not in tokenizer.vocabulary
