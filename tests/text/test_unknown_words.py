import numpy as np
import pytest

from nlpseq.text.unknown_words import decode_with_copies
from nlpseq.text.word_vocabulary import WordVocabularyTokenizer

SOURCE = ["Ada", "saw", "Bob", "."]
PADDED = np.array(  # two columns more: the end of the source, and padding
    [
        [0.4, 0.1, 0.1, 0.1, 0.3, 0.0],
        [0.0, 0.3, 0.2, 0.0, 0.5, 0.0],  # looks at the end most
        [0.1, 0.1, 0.2, 0.1, 0.5, 0.0],
        [0.0, 0.0, 0.0, 0.9, 0.1, 0.0],
        [0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    ]
)


@pytest.fixture(scope="module")
def tokenizer():
    return WordVocabularyTokenizer.train(["sah den Mann ."])


def ids_of(tokenizer, text):
    """The ids of words; `?` is an unknown one, `/` the end."""
    special = {"?": 1, "/": 3, "<pad>": 0}
    words = text.split()
    return [special[w] if w in special else tokenizer.vocabulary.encode([w])[0] for w in words]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("? sah ? . /", "Ada sah Bob."),
        ("? ? ? ? /", "Ada saw Bob."),
        ("sah den Mann . /", "sah den Mann."),  # nothing unknown
        ("? sah / ? ?", "Ada sah"),  # what stands behind the end is not said
        ("? sah", "Ada sah"),  # cut off at the longest length
        ("/", ""),
        ("", ""),
    ],
)
def test_an_unknown_word_is_the_source_word_it_looks_at(tokenizer, said, text):
    ids = np.array(ids_of(tokenizer, said), dtype="int32")
    assert decode_with_copies(tokenizer, ids, PADDED, SOURCE) == text


def test_each_row_stays_with_its_token(tokenizer):
    ids = [2, 1, 0, 1]  # begin and padding are not said, and their rows are not used
    assert decode_with_copies(tokenizer, ids, PADDED[:4], SOURCE) == "saw."


def test_an_empty_source_has_nothing_to_copy(tokenizer):
    assert decode_with_copies(tokenizer, [1, 3], np.ones((2, 1)), []) == "⁇"


def test_weights_that_do_not_fit_are_named(tokenizer):
    message = r"Received: shape \(1, 4\), 2 tokens, 4 words"
    with pytest.raises(ValueError, match=message):
        decode_with_copies(tokenizer, [1, 1, 3], np.ones((1, 4)), SOURCE)
    with pytest.raises(ValueError, match=r"shape \(3, 2\)"):
        decode_with_copies(tokenizer, [1], np.ones((3, 2)), SOURCE)
    with pytest.raises(ValueError, match=r"Ids must be from 0 to 7\. Received: 99"):
        decode_with_copies(tokenizer, [99], PADDED, SOURCE)
