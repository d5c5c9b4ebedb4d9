import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.encoder import Encoder

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
LENGTHS = [7, 1, 4]
MASK = np.arange(7)[None] < np.array(LENGTHS)[:, None]


@pytest.fixture
def source(rng):
    """Ids of three sentences: behind each one's length there is garbage, not padding."""
    return rng.integers(1, 11, size=(3, 7))


@pytest.mark.parametrize("cell", ["lstm", "gru", "simple_rnn"])
def test_memory_is_that_of_the_stack_over_the_token_vectors(source, cell):
    encode = Encoder(11, embedding_dim=5, units=2, num_layers=2, cell=cell)
    memory = encode(source, mask=MASK)
    vectors = to_numpy(encode.embedding(source))
    outputs, states = encode.recurrent(vectors, mask=MASK)
    np.testing.assert_array_equal(to_numpy(memory["mask"]), MASK)
    np.testing.assert_allclose(to_numpy(memory["outputs"]), to_numpy(outputs), atol=1e-6)
    assert_same_states(memory["states"], states)


@pytest.mark.parametrize(
    ("options", "outputs", "states"),
    [
        ({}, (3, 7, 4), [[(3, 2), (3, 2)]]),
        ({"bidirectional": False, "num_layers": 2}, (3, 7, 2), [[(3, 2)], [(3, 2)]]),
        ({"cell": "lstm"}, (3, 7, 4), [[(3, 2)] * 4]),
    ],
)
def test_shapes_of_the_memory(source, options, outputs, states):
    memory = Encoder(11, embedding_dim=5, units=2, **options)(source, mask=MASK)
    shapes = keras.tree.map_structure(lambda x: tuple(x.shape), memory)
    assert shapes == {"outputs": outputs, "mask": (3, 7), "states": states}


def test_padding_changes_neither_outputs_nor_states(source):
    encode = Encoder(11, embedding_dim=5, units=2, num_layers=2, cell="lstm")
    in_batch = encode(source, mask=MASK)
    for b, length in enumerate(LENGTHS):
        alone = encode(source[b : b + 1, :length], mask=np.ones((1, length), bool))
        row = to_numpy(in_batch["outputs"])[b, :length]
        np.testing.assert_allclose(row, to_numpy(alone["outputs"])[0], atol=1e-5)
        states = keras.tree.map_structure(lambda s, b=b: s[b : b + 1], in_batch["states"])
        assert_same_states(states, alone["states"])


def test_dropout_acts_in_training_only(source):
    encode = Encoder(11, embedding_dim=5, units=2, dropout=0.5)
    plain = Encoder(11, embedding_dim=5, units=2)
    expected = to_numpy(plain(source, mask=MASK)["outputs"])
    encode(source, mask=MASK)
    encode.set_weights(plain.get_weights())
    np.testing.assert_array_equal(to_numpy(encode(source, mask=MASK)["outputs"]), expected)
    in_training = to_numpy(encode(source, mask=MASK, training=True)["outputs"])
    assert np.abs(in_training - expected).max() > 1e-3
    assert 0.2 < np.mean(in_training[MASK] == 0) < 0.8


def test_round_trips_through_its_config():
    encode = Encoder(11, 5, 2, num_layers=2, cell="lstm", bidirectional=False, dropout=0.1)
    twin = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(encode))
    assert isinstance(twin, Encoder)
    assert twin.get_config() == encode.get_config()


def assert_same_states(states, expected):
    np.testing.assert_allclose(
        [[to_numpy(state) for state in layer] for layer in states],
        [[to_numpy(state) for state in layer] for layer in expected],
        atol=1e-5,
    )
