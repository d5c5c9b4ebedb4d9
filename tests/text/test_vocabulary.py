import random
import time

import numpy as np
import pytest

from nlpseq.text.specials import SPECIALS, UNKNOWN_ID
from nlpseq.text.vocabulary import Vocabulary


def test_ids_follow_the_specials_in_the_given_order():
    vocabulary = Vocabulary(["fox", "dog"])
    assert vocabulary.tokens == (*SPECIALS, "fox", "dog")
    assert len(vocabulary) == 6
    ids = vocabulary.encode(["dog", "cat", "fox"])
    assert ids.tolist() == [5, UNKNOWN_ID, 4]
    assert ids.dtype == np.int32


def test_decoding_undoes_encoding():
    tokens = ["", " ", "\n", "\u2028", "a", "<x>", "👩\u200d👧"]
    vocabulary = Vocabulary(tokens)
    assert vocabulary.decode(vocabulary.encode(tokens)) == tokens


def test_lookups_of_one_agree_with_lookups_of_many():
    vocabulary = Vocabulary(["fox"])
    assert vocabulary.token_id("fox") == 4
    assert vocabulary.token_id("dog") == UNKNOWN_ID
    assert [vocabulary.token(i) for i in range(5)] == list(vocabulary.tokens)


def test_no_tokens_give_no_ids_and_back():
    assert Vocabulary([]).encode([]).dtype == np.int32
    assert Vocabulary([]).encode([]).shape == (0,)
    assert Vocabulary([]).decode(np.zeros(0, np.int32)) == []


@pytest.mark.parametrize("special", SPECIALS)
def test_text_that_looks_like_a_special_token_is_unknown(special):
    vocabulary = Vocabulary.from_tokens([[special, "fox", special]])
    assert vocabulary.tokens == (*SPECIALS, "fox")
    assert special not in vocabulary
    assert vocabulary.token_id(special) == UNKNOWN_ID


def test_a_label_may_look_like_a_special_token():
    labels = Vocabulary.from_tokens([["<s>", "O"]], specials=())
    assert labels.decode(labels.encode(["<s>", "O"])) == ["<s>", "O"]


def test_an_unknown_label_is_an_error_unless_it_has_an_id():
    labels = Vocabulary(["NOUN", "VERB"], specials=())
    with pytest.raises(ValueError, match=r"Unknown: 'X', 'Y'\. Known: 'NOUN', 'VERB'\. Pass"):
        labels.encode(["NOUN", "X", "Y", "X"])
    assert labels.encode(["NOUN", "X"], unknown=-1).tolist() == [0, -1]


def test_of_many_known_labels_the_error_lists_twenty():
    labels = Vocabulary([f"L{i}" for i in range(21)], specials=())
    with pytest.raises(ValueError, match=r"'L19', \.\.\."):
        labels.encode(["X"])


def test_frequent_tokens_come_first_and_ties_go_by_code_point():
    sentences = [["b", "Z", "a"], ["b", "é"], ["a", "c"]]
    vocabulary = Vocabulary.from_tokens(sentences, specials=())
    assert vocabulary.tokens == ("a", "b", "Z", "c", "é")
    assert vocabulary.counts == {"a": 2, "b": 2, "Z": 1, "c": 1, "é": 1}


def test_the_order_of_the_sentences_does_not_matter():
    rng = random.Random(0)
    sentences = [[rng.choice("abcdefgh") for _ in range(5)] for _ in range(20)]
    expected = Vocabulary.from_tokens(sentences)
    rng.shuffle(sentences)
    assert Vocabulary.from_tokens(iter(sentences)) == expected


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        ({"min_count": 2}, ("a", "b")),
        ({"max_size": 5}, ("a",)),  # the four special tokens count
        ({"max_size": 4}, ()),
        ({"max_size": 99}, ("a", "b", "c")),
    ],
)
def test_rare_tokens_are_left_out(settings, kept):
    vocabulary = Vocabulary.from_tokens([["a", "b", "a", "b", "a", "c"]], **settings)
    assert vocabulary.tokens == SPECIALS + kept
    assert tuple(vocabulary.counts) == kept


def test_a_saved_vocabulary_is_equal_when_loaded(tmp_path):
    vocabulary = Vocabulary(["fox", "a\tb\n", "", "\x85\u2028"], {"fox": 3, "": 0})
    vocabulary.save(tmp_path / "words.txt")
    assert Vocabulary.load(tmp_path / "words.txt") == vocabulary
    assert b"\r" not in (tmp_path / "words.txt").read_bytes()


def test_labels_are_still_labels_when_loaded(tmp_path):
    labels = Vocabulary(["NOUN"], specials=())
    labels.save(tmp_path / "labels.txt")
    loaded = Vocabulary.load(tmp_path / "labels.txt")
    assert loaded == labels
    assert loaded.specials == ()


def test_equality_asks_for_tokens_specials_and_counts():
    assert Vocabulary(["a", "b"]) == Vocabulary(["a", "b"])
    assert Vocabulary(["a", "b"]) != Vocabulary(["b", "a"])
    assert Vocabulary(["a"]) != Vocabulary(["a"], {"a": 1})
    assert Vocabulary(SPECIALS, specials=()) != Vocabulary([])
    assert Vocabulary(["a"]) != ["a"]


def test_a_file_with_a_repeated_token_is_refused_with_its_path(tmp_path):
    path = tmp_path / "twice.txt"
    path.write_text(Vocabulary(["fox", "dog"]).to_text().replace("dog", "fox"))
    with pytest.raises(ValueError, match=r"twice\.txt: .*more than once: 'fox'"):
        Vocabulary.load(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.txt"):
        Vocabulary.load(tmp_path / "none.txt")


@pytest.mark.parametrize("tokens", [["a", "b", "a"], ["a", "<pad>"]])
def test_a_token_cannot_have_two_ids(tokens):
    with pytest.raises(ValueError, match=f"more than once: '{tokens[-1]}'"):
        Vocabulary(tokens)


def test_a_lone_surrogate_is_refused():
    with pytest.raises(ValueError, match=r"lone surrogates\. Received: 'a\\ud800'"):
        Vocabulary(["fine", "a\ud800"])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"counts": {"b": 1}}, "`counts` has tokens that `tokens` lacks: 'b'"),
        ({"counts": {"a": -1}}, "`counts` must not be negative. Received: -1"),
        ({"specials": ["<pad>"]}, "`specials` must be .* Received: .'<pad>'."),
    ],
)
def test_settings_that_do_not_fit_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Vocabulary(["a"], **settings)


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"min_count": 0}, "at least 1.*min_count=0"), ({"max_size": 3}, "at least 4.*max_size=3")],
)
def test_sizes_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Vocabulary.from_tokens([["a"]], **settings)


def test_a_string_is_not_taken_for_a_list_of_tokens():
    with pytest.raises(TypeError, match=r"list of strings. Received a string: 'NOUN'"):
        Vocabulary(["NOUN"]).encode("NOUN")
    with pytest.raises(TypeError, match=r"Sentence 2 must be a list of tokens.*'a dog'"):
        Vocabulary.from_tokens([["a"], "a dog"])


def test_what_is_not_a_string_is_shown_with_its_place():
    with pytest.raises(TypeError, match=r"Received: 7 \(int\) at position 1"):
        Vocabulary(["fox"]).encode(["fox", 7])
    with pytest.raises(TypeError, match=r"None \(NoneType\)"):
        Vocabulary.from_tokens([["fox", None]])


@pytest.mark.parametrize("bad", [-1, 5])
def test_an_id_out_of_range_is_refused(bad):
    with pytest.raises(ValueError, match=f"from 0 to 4. Received: {bad}"):
        Vocabulary(["fox"]).decode([4, bad])


def test_200_000_tokens_take_a_moment():
    rng = np.random.default_rng(0)
    tokens = [f"w{i}" for i in rng.zipf(1.3, size=200_000) % 30_000]
    start = time.process_time()
    vocabulary = Vocabulary.from_tokens([tokens])
    vocabulary.encode(tokens)
    assert time.process_time() - start < 1  # about 0.1 on two slow cores
