import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.next_token import NextTokenModel
from nlpseq.tasks.text_reader import TextReader
from nlpseq.text.tokenizer import TOKENIZERS

TEXTS = ["the fox, the kite", "a fox sleeps", "", "sleeps the  kite?"] * 3


@pytest.fixture(scope="module", params=["characters", "words", "sentencepiece"])
def tokenizer(request):
    return TOKENIZERS[request.param].train(TEXTS * 5, vocab_size=30)


def make_reader(tokenizer, backward=False):
    keras.utils.set_random_seed(0)
    model = NextTokenModel(tokenizer.vocab_size, embedding_dim=4, units=6, cell="gru")
    return TextReader(model, tokenizer, backward)


@pytest.fixture(scope="module")
def reader(tokenizer):
    return make_reader(tokenizer)


def log_probs(reader, ids):
    logits = ops.convert_to_numpy(reader._reading.model({"tokens": np.array([[3, *ids]])}))[0]
    logits = logits.astype("float64")
    logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return logits[np.arange(len(ids) + 1), [*ids, 3]]


def test_each_text_has_the_probability_that_it_has_alone(reader, tokenizer):
    scores = reader.score(TEXTS[:4], batch_tokens=20)
    for text, score in zip(TEXTS[:4], scores, strict=True):
        expected = log_probs(reader, tokenizer.encode(text).tolist())
        np.testing.assert_allclose(score.token_log_probs, expected, atol=1e-5)
        assert score.log_prob == pytest.approx(sum(score.token_log_probs))
        assert score.tokens == [*tokenizer.tokenize(text), "</s>"]


def test_a_stream_is_read_in_parts(reader):
    seen = []
    found = reader.score_stream((seen.append(text) or text for text in TEXTS), read_ahead=2)
    first = next(found)
    assert len(seen) == 2
    rest = [first, *found]
    for one, other in zip(rest, reader.score(TEXTS), strict=True):
        assert one.log_prob == pytest.approx(other.log_prob, abs=1e-5)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pieces_of_any_size_are_the_text(reader, tokenizer, size):
    text = "\n".join(TEXTS[:4]) + "\nthe end"
    whole, behind = reader.read(text, final=True)
    ids = [i for line in text.split("\n") for i in (*tokenizer.encode(line).tolist(), 3)][:-1]
    np.testing.assert_allclose(whole.token_log_probs, log_probs(reader, ids)[:-1], atol=1e-5)
    state, tokens, found = None, [], []
    for start in range(0, len(text), size):
        piece = text[start : start + size]
        score, state = reader.read(piece, state, final=start + size >= len(text))
        tokens += score.tokens
        found += score.token_log_probs
    assert tokens == whole.tokens
    np.testing.assert_allclose(found, whole.token_log_probs, atol=1e-5)
    np.testing.assert_allclose(state.states[0][0], behind.states[0][0], atol=1e-5)
    assert state[1:] == behind[1:] == (ids[-1], "")


def test_a_word_waits_for_its_end():
    reader = make_reader(TOKENIZERS["words"].train(TEXTS, vocab_size=30))
    score, state = reader.read("the fo")
    assert (score.tokens, state.pending) == (["the"], "fo")
    score, later = reader.read("x sleeps", state)
    assert (score.tokens, later.pending) == (["fox"], "sleeps")
    again, _ = reader.read("x sleeps", state)  # a state is a value
    assert again == score


def test_reading_nothing_changes_nothing(reader):
    _, state = reader.read("the fox ")
    score, same = reader.read("", state)
    assert score == (0.0, [], [])
    assert same == state


def test_a_backward_model_scores_from_the_end(tokenizer):
    backward = make_reader(tokenizer, backward=True)
    (score,) = backward.score(["a fox sleeps"])
    ids = tokenizer.encode("a fox sleeps").tolist()[::-1]
    np.testing.assert_allclose(score.token_log_probs, log_probs(backward, ids), atol=1e-5)
    assert score.tokens == [*tokenizer.tokenize("a fox sleeps")[::-1], "</s>"]
    with pytest.raises(ValueError, match=r"backward model .* can't read pieces"):
        backward.read("a")


def test_one_string_is_refused(reader):
    with pytest.raises(TypeError, match=r"must be a list of strings\. Received: 'ab'"):
        reader.score("ab")
