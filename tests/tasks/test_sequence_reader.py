import numpy as np
import pytest
from keras import ops

from nlpseq.models.sequence import SequenceModel
from nlpseq.tasks import sequence_reader
from nlpseq.tasks.sequence_reader import SequenceReader
from nlpseq.text.specials import END_ID
from nlpseq.text.tokenizer import train_tokenizer

TEXTS = ["a dog runs", "", "cats", "a dog and a cat run and run", "zebra 🎉", " \t"]


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer("words", TEXTS[:4], vocab_size=30)


@pytest.fixture(scope="module")
def reader(tokenizer):
    model = SequenceModel(tokenizer.vocab_size, num_outputs=3, units=4, embedding_dim=4)
    rng = np.random.default_rng(0)
    for weight in model.trainable_weights:
        weight.assign(rng.normal(size=weight.shape))
    return SequenceReader(model, tokenizer)


def outputs_alone(reader, text, max_length):
    """What the model says of a text by itself, with its end."""
    tokens = np.array([[*reader.tokenizer.encode(text)[:max_length], END_ID]])
    return ops.convert_to_numpy(reader.model({"tokens": tokens, "mask": tokens > 0}))[0]


@pytest.mark.backends
@pytest.mark.parametrize(("at_once", "batch_tokens"), [(4096, 4096), (4, 4)])
def test_each_text_has_what_it_has_alone(reader, monkeypatch, at_once, batch_tokens):
    monkeypatch.setattr(sequence_reader, "TEXTS_AT_ONCE", at_once)
    found = list(reader.read(iter(TEXTS), max_length=6, batch_tokens=batch_tokens))
    assert [text for text, _ in found] == TEXTS
    for text, outputs in found:
        assert outputs.dtype == np.float32
        np.testing.assert_allclose(outputs, outputs_alone(reader, text, 6), atol=1e-5)


def test_what_is_behind_the_longest_length_is_not_read(reader):
    texts = ["a dog runs and", "a dog runs a cat"]
    (_, one), (_, other) = reader.read(texts, max_length=3)
    np.testing.assert_array_equal(one, other)
    (_, one), (_, other) = reader.read(texts, max_length=4)
    assert (one != other).all()


def test_some_thousand_are_read_ahead_and_no_more(reader, monkeypatch):
    monkeypatch.setattr(sequence_reader, "TEXTS_AT_ONCE", 3)
    taken = []

    def endless():
        while True:
            taken.append("a dog")
            yield "a dog"

    found = reader.read(endless(), max_length=6)
    for _ in range(4):
        next(found)
    assert len(taken) == 6


@pytest.mark.backends
def test_half_the_bits_give_float32(tokenizer, reader):
    sizes = {"num_outputs": 3, "units": 4, "embedding_dim": 4}
    half = SequenceModel(tokenizer.vocab_size, **sizes, dtype="mixed_bfloat16")
    half.set_weights(reader.model.get_weights())
    for (_, outputs), (_, exact) in zip(
        SequenceReader(half, tokenizer).read(TEXTS, 6), reader.read(TEXTS, 6), strict=True
    ):
        assert outputs.dtype == np.float32
        np.testing.assert_allclose(outputs, exact, atol=0.1)


def test_a_single_string_is_refused(reader):
    with pytest.raises(TypeError, match=r"`texts` must be a list\. Received: a string"):
        list(reader.read("a dog", max_length=3))
    with pytest.raises(TypeError, match="string"):
        list(reader.read(["a dog", 7], max_length=3))
