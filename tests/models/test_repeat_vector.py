import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.repeat_vector import RepeatVectorDecoder

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
TARGET = np.array([[2, 3, 1, 4], [2, 5, 6, 0]])


@pytest.fixture
def lstm_memory(rng):
    """What a bidirectional LSTM encoder of two layers hands over: `[h, c, h, c]` a layer."""
    states = [[rng.normal(size=(2, 3)).astype("float32") for _ in range(4)] for _ in range(2)]
    return {"outputs": rng.normal(size=(2, 5, 6)).astype("float32"), "mask": None, "states": states}


def test_equals_the_same_model_made_of_keras_layers(rng):
    memory = {"states": [[rng.normal(size=(2, 3)).astype("float32")]]}
    decoder = RepeatVectorDecoder(7, embedding_dim=1, units=5, cell="gru")
    logits = decoder(memory, TARGET)
    oracle = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.RepeatVector(4),
            keras.layers.GRU(5, return_sequences=True),
            keras.layers.TimeDistributed(keras.layers.Dense(7)),
        ]
    )
    oracle.set_weights(decoder.get_weights())
    expected = to_numpy(oracle(memory["states"][0][0]))
    np.testing.assert_allclose(to_numpy(logits), expected, atol=1e-5)


def test_target_ids_are_not_read(lstm_memory):
    decoder = RepeatVectorDecoder(7, embedding_dim=1, units=5)
    logits, of_others = decoder(lstm_memory, TARGET), decoder(lstm_memory, 6 - TARGET)
    assert to_numpy(logits).shape == (2, 4, 7)
    np.testing.assert_array_equal(to_numpy(logits), to_numpy(of_others))


def test_later_steps_do_not_reach_back(lstm_memory):
    decoder = RepeatVectorDecoder(7, embedding_dim=1, units=5)
    logits, of_shorter = decoder(lstm_memory, TARGET), decoder(lstm_memory, TARGET[:, :3])
    np.testing.assert_allclose(to_numpy(logits)[:, :3], to_numpy(of_shorter), atol=1e-6)


def test_reads_the_hidden_states_of_the_last_encoder_layer_only(lstm_memory):
    decoder = RepeatVectorDecoder(7, embedding_dim=1, units=5, cell="lstm")
    expected = to_numpy(decoder(lstm_memory, TARGET))
    for layer, index in np.ndindex(2, 4):
        states = [list(states) for states in lstm_memory["states"]]
        states[layer][index] = states[layer][index] + 1
        logits = to_numpy(decoder({**lstm_memory, "states": states}, TARGET))
        is_read = layer == 1 and index in (0, 2)  # h of both directions, never a memory c
        assert np.allclose(logits, expected) != is_read


@pytest.mark.parametrize("cell", ["lstm", "gru", "simple_rnn"])
def test_number_of_parameters(cell):
    gates, biases = {"lstm": (4, 1), "gru": (3, 2), "simple_rnn": (1, 1)}[cell]
    per_direction = 2 if cell == "lstm" else 1
    states = [[np.ones((2, 3), "float32")] * (2 * per_direction)]
    decoder = RepeatVectorDecoder(7, embedding_dim=1, units=5, cell=cell)
    decoder({"states": states}, TARGET)
    recurrent = gates * (5 * (5 + 2 * 3) + biases * 5)
    assert decoder.count_params() == recurrent + 7 * (5 + 1)


def test_dropout_acts_in_training_only(lstm_memory):
    decoder = RepeatVectorDecoder(7, embedding_dim=1, units=5, dropout=0.5)
    logits = to_numpy(decoder(lstm_memory, TARGET))
    np.testing.assert_array_equal(to_numpy(decoder(lstm_memory, TARGET)), logits)
    in_training = to_numpy(decoder(lstm_memory, TARGET, training=True))
    assert np.abs(in_training - logits).max() > 1e-3


def test_a_target_longer_than_max_length_is_an_error(lstm_memory):
    decoder = RepeatVectorDecoder(7, embedding_dim=1, units=5, max_length=3)
    with pytest.raises(ValueError, match=r"targets of 4 tokens, max_length=3\. Raise `max_length`"):
        decoder(lstm_memory, TARGET)
    assert decoder(lstm_memory, TARGET[:, :3]).shape == (2, 3, 7)


def test_a_max_length_below_1_is_named():
    with pytest.raises(ValueError, match=r"`max_length` must be at least 1.*max_length=0"):
        RepeatVectorDecoder(7, embedding_dim=1, units=5, max_length=0)
