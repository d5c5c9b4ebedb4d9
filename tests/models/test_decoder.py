"""The law of the decoder interface, checked on every decoder."""

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.encoder import Encoder
from nlpseq.models.seq2seq import DECODERS

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
SOURCE = np.array([[5, 9, 3, 7, 2, 4, 10], [8, 2, 6, 1, 1, 1, 1]])
MASK = np.arange(7)[None] < [[7], [3]]
TARGET = np.array([[2, 3, 1, 4, 5], [2, 6, 6, 1, 3]])

each_decoder = pytest.mark.parametrize("decoder_type", DECODERS.values(), ids=DECODERS)


@pytest.fixture
def make_pair(rng):
    """A function that makes an encoder and a decoder whose weights are all random."""

    def make(decoder_type, **options):
        encode = Encoder(11, embedding_dim=3, units=2, **options)
        decoder = decoder_type(7, embedding_dim=3, units=5, **options)
        decoder(encode(SOURCE, mask=MASK), TARGET)
        for weight in [*encode.weights, *decoder.weights]:
            weight.assign(rng.normal(scale=0.7, size=weight.shape))
        return encode, decoder

    return make


@pytest.mark.parametrize(
    "options",
    [{"num_layers": 1}, {"num_layers": 2}, {"num_layers": 3, "residual": True, "layer_norm": True}],
    ids=["one_layer", "two_layers", "deep"],
)
@pytest.mark.parametrize("cell", ["lstm", "gru", "simple_rnn"])
@each_decoder
def test_stepping_through_a_target_gives_the_logits_of_call(make_pair, decoder_type, cell, options):
    encode, decoder = make_pair(decoder_type, cell=cell, **options)
    memory = encode(SOURCE, mask=MASK)
    unrolled = to_numpy(decoder(memory, TARGET))
    state, prepared = decoder.start(memory), decoder.prepare(memory)
    assert all(x.shape[0] == 2 for x in keras.tree.flatten((state, prepared)))
    for t in range(5):
        logits, state = decoder.step(ops.convert_to_tensor(TARGET[:, t]), state, prepared)
        np.testing.assert_allclose(to_numpy(logits), unrolled[:, t], atol=1e-5)


@each_decoder
def test_hypotheses_of_a_batch_have_the_logits_that_each_has_alone(make_pair, decoder_type):
    encode, decoder = make_pair(decoder_type)
    memory = encode(SOURCE, mask=MASK)
    prepared = decoder.prepare(memory)
    state = keras.tree.map_structure(lambda x: ops.repeat(x, 3, axis=0), decoder.start(memory))
    hypotheses = np.array([[2, 3, 1], [2, 6, 6], [2, 0, 5], [2, 4, 4], [2, 3, 1], [2, 1, 3]])
    for t in range(3):
        found, state = decoder.step(ops.convert_to_tensor(hypotheses[:, t]), state, prepared)
        for row, target in enumerate(hypotheses):
            one = slice(row // 3, row // 3 + 1)  # the sentence that the hypothesis is of
            logits = decoder(encode(SOURCE[one], mask=MASK[one]), target[None])
            np.testing.assert_allclose(to_numpy(found)[row], to_numpy(logits)[0, t], atol=1e-5)


@pytest.mark.parametrize("changed", [0, 6])
@each_decoder
def test_the_whole_source_reaches_every_logit_of_its_row(make_pair, decoder_type, changed):
    encode, decoder = make_pair(decoder_type, cell="lstm")
    source = SOURCE.copy()
    source[0, changed] = 0
    logits, others = (decoder(encode(x, mask=MASK), TARGET) for x in (SOURCE, source))
    is_changed = to_numpy(logits) != to_numpy(others)
    assert is_changed[0].all()
    assert not is_changed[1].any()


@each_decoder
def test_padding_of_the_source_changes_nothing(make_pair, decoder_type):
    encode, decoder = make_pair(decoder_type)
    in_batch = to_numpy(decoder(encode(SOURCE, mask=MASK), TARGET))
    alone = decoder(encode(SOURCE[1:, :3], mask=MASK[1:, :3]), TARGET[1:])
    np.testing.assert_allclose(in_batch[1:], to_numpy(alone), atol=1e-5)


@each_decoder
def test_names_its_longest_output(decoder_type):
    options = {"repeat_vector": {"max_length": 9}}
    for name in DECODERS:
        if DECODERS[name] is decoder_type:
            decoder = decoder_type(7, 3, 5, **options.get(name, {}))
            assert decoder.max_length == (9 if name in options else None)


@each_decoder
def test_round_trips_through_its_config(decoder_type):
    decoder = decoder_type(7, 3, 5, num_layers=2, cell="lstm", dropout=0.1)
    twin = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(decoder))
    assert isinstance(twin, decoder_type)
    assert twin.get_config() == decoder.get_config()
