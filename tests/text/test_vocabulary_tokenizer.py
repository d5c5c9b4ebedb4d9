import numpy as np
import pytest

from nlpseq.text.specials import UNKNOWN_ID
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.vocabulary_tokenizer import VocabularyTokenizer


class CommaTokenizer(VocabularyTokenizer):
    def tokenize(self, text):
        return text.split(",")

    def detokenize(self, tokens):
        return ",".join(tokens)


@pytest.fixture
def tokenizer():
    return CommaTokenizer(Vocabulary(["a", "b"]))


def test_ids_are_those_of_the_vocabulary_and_nothing_is_added(tokenizer):
    ids = tokenizer.encode("b,x,a")
    assert ids.tolist() == [5, UNKNOWN_ID, 4]
    assert ids.dtype == np.int32
    assert tokenizer.vocab_size == 6


def test_a_batch_is_encoded_and_decoded_like_its_sentences(tokenizer):
    texts = ["a", "b,a", "a,a,b"]
    rows = tokenizer.encode_batch(texts)
    assert [row.tolist() for row in rows] == [tokenizer.encode(text).tolist() for text in texts]
    assert tokenizer.decode_batch(rows) == texts
    assert tokenizer.encode_batch([]) == []
    assert tokenizer.decode_batch(np.array([[2, 4, 3], [5, 4, 0]])) == ["a", "b,a"]


def test_unknown_tokens_are_shown_and_special_ones_are_not(tokenizer):
    assert tokenizer.decode([2, 4, 1, 5, 3, 4, 0]) == "a,⁇,b"


def test_the_unknown_token_written_out_is_not_special(tokenizer):
    assert tokenizer.encode("<pad>,</s>").tolist() == [UNKNOWN_ID, UNKNOWN_ID]


def test_only_one_string_is_encoded_at_a_time(tokenizer):
    with pytest.raises(TypeError, match=r"`encode` takes one string.*Received: list"):
        tokenizer.encode(["a"])
    with pytest.raises(TypeError, match="Received one string: 'a,b'"):
        tokenizer.encode_batch("a,b")


def test_an_id_out_of_range_is_refused(tokenizer):
    with pytest.raises(ValueError, match=r"from 0 to 5. Received: 6"):
        tokenizer.decode([4, 6])


def test_a_vocabulary_without_special_tokens_or_without_others_is_refused():
    with pytest.raises(ValueError, match=r"needs a vocabulary with the special tokens.*\(\)"):
        CommaTokenizer(Vocabulary(["a"], specials=()))
    with pytest.raises(ValueError, match="The vocabulary is empty"):
        CommaTokenizer(Vocabulary([]))
