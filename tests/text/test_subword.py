import copy
import pickle
import threading

import numpy as np
import pytest
import sentencepiece

from nlpseq.text.specials import UNKNOWN_ID
from nlpseq.text.subword import SentencePieceTokenizer

TEXTS = ["the quick brown fox jumps over the lazy dog", "a banana, a bandana!", "dogs jump"] * 5


@pytest.fixture(scope="module", params=["unigram", "bpe"])
def tokenizer(request):
    return SentencePieceTokenizer.train(TEXTS, vocab_size=70, model_type=request.param)


def as_lists(rows):
    return [row.tolist() for row in rows]


def test_a_batch_is_encoded_like_its_sentences(tokenizer):
    rows = tokenizer.encode_batch(TEXTS)
    assert as_lists(rows) == [tokenizer.encode(text).tolist() for text in TEXTS]
    assert tokenizer.decode_batch(rows) == TEXTS


def test_ids_are_those_of_sentencepiece_itself(tokenizer, tmp_path):
    tokenizer.save(tmp_path / "en.model")
    processor = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "en.model"))
    assert as_lists(tokenizer.encode_batch(TEXTS)) == processor.encode(TEXTS)
    assert tokenizer.tokenize(TEXTS[0]) == processor.encode(TEXTS[0], out_type=str)
    assert tokenizer.vocab_size == len(processor)


def test_a_saved_model_is_the_same_when_loaded(tokenizer, tmp_path):
    tokenizer.save(tmp_path / "en.model")
    assert SentencePieceTokenizer.load(tmp_path / "en.model").to_bytes() == tokenizer.to_bytes()


def test_copies_and_pickles_encode_the_same(tokenizer):
    for twin in (copy.deepcopy(tokenizer), pickle.loads(pickle.dumps(tokenizer))):
        assert as_lists(twin.encode_batch(TEXTS)) == as_lists(tokenizer.encode_batch(TEXTS))


def test_pieces_spell_the_text(tokenizer):
    assert "".join(tokenizer.tokenize("the lazy dogs")).replace("▁", " ") == " the lazy dogs"


def test_an_unknown_character_is_shown_where_it_was(tokenizer):
    ids = tokenizer.encode("dÜgs 犬")
    assert ids.tolist().count(UNKNOWN_ID) == 2
    assert tokenizer.decode(ids) == "d⁇gs ⁇"


def test_special_tokens_are_not_made_from_text(tokenizer):
    for text in ("<s>", "</s>", "<pad>", "dog</s>dog"):
        assert not set(tokenizer.encode(text).tolist()) & {0, 2, 3}


@pytest.mark.parametrize("space", [" ", "  ", "\xa0", "\u202f", "\u2009", "\u200b", "\t", "\n"])
def test_all_spaces_are_one_space(tokenizer, space):
    assert tokenizer.decode(tokenizer.encode(f"{space}lazy{space}dog{space}")) == "lazy dog"


def test_compatibility_characters_get_their_plain_form():
    tokenizer = SentencePieceTokenizer.train(["fin... 2"])
    assert tokenizer.decode(tokenizer.encode("ﬁn… ²")) == "fin... 2"


def test_nothing_is_normalised_where_that_is_asked_for():
    text = "ﬁn…\u202f! e\u0301"
    tokenizer = SentencePieceTokenizer.train([text], normalization="identity")
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_a_sample_is_another_way_to_split_the_same_text(tokenizer):
    rows = tokenizer.encode_batch(["a banana"] * 50, sample=True, alpha=0.3, seed=1)
    assert len({tuple(row) for row in rows}) > 1
    assert set(tokenizer.decode_batch(rows)) == {"a banana"}


def test_a_seed_decides_the_sample_in_any_order_of_calls(tokenizer):
    texts = ["a banana", "a bandana"] * 10
    first = as_lists(tokenizer.encode_batch(texts, sample=True, alpha=0.3, seed=1))
    other = as_lists(tokenizer.encode_batch(texts, sample=True, alpha=0.3, seed=2))
    assert as_lists(tokenizer.encode_batch(texts, sample=True, alpha=0.3, seed=1)) == first != other


def test_without_a_seed_samples_differ(tokenizer):
    draws = [
        as_lists(tokenizer.encode_batch(["a bandana"] * 20, sample=True, alpha=0.3))
        for _ in range(3)
    ]
    assert draws[0] != draws[1] or draws[1] != draws[2]


def test_threads_that_sample_at_once_do_not_disturb_each_other(tokenizer):
    texts = ["a banana and the bandana"] * 200
    expected = [
        as_lists(tokenizer.encode_batch(texts, sample=True, alpha=0.3, seed=seed))
        for seed in range(8)
    ]
    found = [None] * 8

    def sample(seed):
        found[seed] = as_lists(tokenizer.encode_batch(texts, sample=True, alpha=0.3, seed=seed))

    threads = [threading.Thread(target=sample, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def test_sampling_does_not_change_plain_encoding(tokenizer):
    before = tokenizer.encode(TEXTS[0]).tolist()
    tokenizer.encode(TEXTS[0], sample=True)
    assert tokenizer.encode(TEXTS[0]).tolist() == before


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"alpha": -0.1}, r"`alpha` must be 0 or more.*alpha=-0\.1"),
        ({"nbest": 1}, "`nbest` must be -1, or from 2 to 512.*nbest=1"),
        ({"seed": -1}, "`seed` must be from 0 to 4294967294.*seed=-1"),
        ({"seed": 2**32 - 1}, "`seed` must be from 0.*seed=4294967295"),
    ],
)
def test_sampling_settings_out_of_range_are_refused(tokenizer, settings, message):
    with pytest.raises(ValueError, match=message):
        tokenizer.encode("a banana", sample=True, **settings)


def test_arrays_are_int32(tokenizer):
    for text in ("", "dog"):
        assert tokenizer.encode(text).dtype == np.int32
        assert tokenizer.encode(text, sample=True).dtype == np.int32


@pytest.mark.parametrize("bad", [None, 7, b"dog", ["dog"]])
def test_what_is_not_a_string_is_refused(tokenizer, bad):
    with pytest.raises(TypeError, match=rf"must be a string. .*\({type(bad).__name__}\)"):
        tokenizer.encode(bad)
    with pytest.raises(TypeError, match="as text number 2"):
        tokenizer.encode_batch(["dog", bad])


def test_a_lone_surrogate_is_refused(tokenizer):
    with pytest.raises(ValueError, match="lone surrogates"):
        tokenizer.encode("dog\ud800")


def test_a_file_that_is_no_model_is_refused_with_its_path(tokenizer, tmp_path):
    path = tmp_path / "en.model"
    with pytest.raises(FileNotFoundError, match=r"en\.model"):
        SentencePieceTokenizer.load(path)
    path.write_bytes(tokenizer.to_bytes()[:1000])
    with pytest.raises(ValueError, match=r"en\.model: .*cut short"):
        SentencePieceTokenizer.load(path)


def test_pieces_stay_as_they_are_whatever_is_to_be_learnt_next(tokenizer):
    assert tokenizer.extended(["zzz"]) is tokenizer
