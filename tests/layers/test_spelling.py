import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.spelling import SpellingEncoder

pytestmark = pytest.mark.backends

SPELLINGS = np.array([[2, 5, 6, 3, 0], [2, 7, 3, 0, 0], [2, 8, 9, 4, 3]], "int32")
INDEX = np.array([[2, 0, 0, 1], [1, 1, 0, 2]], "int32")
to_numpy = ops.convert_to_numpy

each_kind = pytest.mark.parametrize("kind", ["lstm", "gru", "cnn"])


@each_kind
def test_each_token_gets_the_vector_that_its_word_has_alone(kind):
    encode = SpellingEncoder(11, units=6, kind=kind)
    vectors = to_numpy(encode(SPELLINGS, INDEX))
    for row, tokens in enumerate(INDEX):
        for time, word in enumerate(tokens):
            letters = SPELLINGS[word][SPELLINGS[word] > 0][None]  # without padding
            alone = to_numpy(encode(letters, np.array([[0]], "int32")))[0, 0]
            np.testing.assert_allclose(vectors[row, time], alone, atol=1e-5)


@each_kind
def test_every_character_counts(kind):
    encode = SpellingEncoder(11, units=6, kind=kind)
    index = np.array([[0]], "int32")
    word = to_numpy(encode(SPELLINGS[2:], index))
    for position in range(5):
        other = SPELLINGS[2:].copy()
        other[0, position] = 10
        assert np.abs(to_numpy(encode(other, index)) - word).max() > 1e-4


def test_a_convolution_by_hand():
    encode = SpellingEncoder(11, units=2, kind="cnn", embedding_dim=3)
    vectors = to_numpy(encode(SPELLINGS, INDEX))
    letters = to_numpy(encode.embedding(SPELLINGS[1, :3]))  # (3, 3): one word, its characters
    kernel, bias = encode.reader.get_weights()
    padded = np.concatenate([np.zeros((1, 3)), letters, np.zeros((1, 3))])
    windows = [np.einsum("kd,kdf->f", padded[i : i + 3], kernel) + bias for i in range(3)]
    np.testing.assert_allclose(vectors[1, 0], np.tanh(np.max(windows, axis=0)), atol=1e-5)


def test_wrong_settings_are_named():
    with pytest.raises(ValueError, match=r"must be one of lstm, gru, cnn\. Received: kind='rnn'"):
        SpellingEncoder(11, units=6, kind="rnn")
    with pytest.raises(ValueError, match=r"`units` must be even.*Received: units=5"):
        SpellingEncoder(11, units=5)
    assert isinstance(SpellingEncoder(11, units=5, kind="cnn"), keras.layers.Layer)


@each_kind
def test_two_tables_give_what_one_gives(kind):
    encode = SpellingEncoder(11, units=6, kind=kind)
    expected = to_numpy(encode(SPELLINGS, INDEX))
    moved = np.array([1, 2, 0], "int32")[INDEX]  # words 0 and 1 are short ones
    found = to_numpy(encode(SPELLINGS[2:], moved, SPELLINGS[:2, :4]))
    np.testing.assert_allclose(found, expected, atol=1e-5)
