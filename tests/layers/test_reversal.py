import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.reversal import last_steps, reverse_sequences

pytestmark = pytest.mark.backends

LENGTHS = [5, 1, 3, 4]
MASK = np.arange(5)[None] < np.array(LENGTHS)[:, None]


@pytest.fixture
def sequences(rng):
    return rng.normal(size=(4, 5, 3)).astype("float32")


def test_each_row_is_turned_around_within_its_length(sequences):
    expected = [
        np.concatenate([row[:length][::-1], row[length:]])
        for row, length in zip(sequences, LENGTHS, strict=True)
    ]
    reversed_ = ops.convert_to_numpy(reverse_sequences(sequences, MASK))
    np.testing.assert_array_equal(reversed_, expected)


def test_reversing_twice_gives_the_inputs_back(sequences):
    twice = reverse_sequences(reverse_sequences(sequences, MASK), MASK)
    np.testing.assert_array_equal(ops.convert_to_numpy(twice), sequences)


def test_last_steps_are_those_of_the_real_tokens(sequences):
    expected = [row[length - 1] for row, length in zip(sequences, LENGTHS, strict=True)]
    last = ops.convert_to_numpy(last_steps(sequences, MASK))
    np.testing.assert_array_equal(last, expected)


def test_without_a_mask_everything_is_real(sequences):
    everything = np.ones((4, 5), bool)
    for function in (reverse_sequences, last_steps):
        unmasked, masked = function(sequences), function(sequences, everything)
        np.testing.assert_array_equal(ops.convert_to_numpy(unmasked), ops.convert_to_numpy(masked))


def test_shapes_are_known_before_batch_and_time_are():
    inputs, mask = keras.Input((None, 3)), keras.Input((None,), dtype="bool")
    reverse = keras.layers.Lambda(lambda pair: reverse_sequences(*pair))
    last = keras.layers.Lambda(lambda pair: last_steps(*pair))
    assert reverse([inputs, mask]).shape == (None, None, 3)
    assert last([inputs, mask]).shape == (None, 3)
