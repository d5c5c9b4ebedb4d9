from typing import get_args, get_type_hints

import numpy as np
import pytest
from keras import ops

from nlpseq.models.seq2seq import DECODERS, Seq2SeqModel
from nlpseq.training.record import seed_dropout

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
SIZES = {"source_vocab_size": 11, "target_vocab_size": 7, "embedding_dim": 3, "units": 4}

each_decoder = pytest.mark.parametrize("decoder", DECODERS)


def batch(rng, source_time, target_time):
    return {
        "source": rng.integers(1, 11, size=(2, source_time)),
        "source_mask": np.ones((2, source_time), bool),
        "target": rng.integers(1, 7, size=(2, target_time)),
    }


@pytest.mark.parametrize(("source_time", "target_time"), [(5, 3), (3, 5)])
@each_decoder
def test_source_and_target_may_differ_in_length(rng, decoder, source_time, target_time):
    model = Seq2SeqModel(**SIZES, decoder=decoder)
    assert model(batch(rng, source_time, target_time)).shape == (2, target_time, 7)


@each_decoder
def test_is_the_decoder_behind_the_encoder(rng, decoder):
    model = Seq2SeqModel(**SIZES, decoder=decoder, num_layers=2, cell="lstm", bidirectional=False)
    inputs = batch(rng, 5, 3)
    memory = model.encoder_layer(inputs["source"], mask=inputs["source_mask"])
    expected = model.decoder_layer(memory, inputs["target"])
    np.testing.assert_allclose(to_numpy(model(inputs)), to_numpy(expected), atol=1e-6)
    parts = model.encoder_layer.count_params() + model.decoder_layer.count_params()
    assert model.count_params() == parts


@each_decoder
def test_settings_reach_encoder_and_decoder(decoder):
    shared = {"num_layers": 2, "cell": "lstm", "dropout": 0.1, "locked_dropout": True}
    shared |= {"residual": True, "layer_norm": True}
    model = Seq2SeqModel(**SIZES, **shared, decoder=decoder, bidirectional=False)
    expected = {**shared, "embedding_dim": 3, "units": 4}
    encoder, decoder = model.encoder_layer.get_config(), model.decoder_layer.get_config()
    assert encoder.items() >= {**expected, "vocab_size": 11, "bidirectional": False}.items()
    assert decoder.items() >= {**expected, "vocab_size": 7}.items()


@pytest.mark.parametrize(("bidirectional", "expected"), [(True, 2), (False, 4)])
def test_an_encoder_of_two_directions_has_half_of_the_units_in_each(bidirectional, expected):
    model = Seq2SeqModel(**SIZES, bidirectional=bidirectional)
    assert model.encoder_layer.units == expected
    assert model.encoder_layer.recurrent.output_dim == model.decoder_layer.units == 4


def test_decoder_options_reach_the_decoder_alone():
    options = {"max_length": 9}
    model = Seq2SeqModel(**SIZES, decoder="repeat_vector", decoder_options=options)
    assert model.decoder_layer.max_length == 9


@pytest.mark.parametrize("decoder", ["attention", "state_handoff"])
def test_a_joint_vocabulary_has_one_matrix_for_both_sides_and_the_output(rng, decoder):
    sizes = {**SIZES, "target_vocab_size": 11, "decoder": decoder}
    separate, joint = (Seq2SeqModel(**sizes, joint_vocabulary=flag) for flag in (False, True))
    assert joint.count_params() == separate.count_params() - 11 * 3
    for weight in joint.weights:
        weight.assign(rng.normal(size=weight.shape))
    values = {weight.path: to_numpy(weight) for weight in joint.weights}
    for weight in separate.weights:  # the matrix twice, all else as it is
        weight.assign(values[weight.path.replace("decoder/embedding", "encoder/embedding")])
    inputs = batch(rng, 5, 3)
    np.testing.assert_allclose(to_numpy(joint(inputs)), to_numpy(separate(inputs)), atol=1e-6)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, r"must have one size\. Received: source_vocab_size=11, target_vocab_size=7"),
        ({"target_vocab_size": 11, "decoder": "repeat_vector"}, r"reads .*='repeat_vector'"),
    ],
)
def test_a_joint_vocabulary_that_can_not_be_is_named(settings, message):
    with pytest.raises(ValueError, match=message):
        Seq2SeqModel(**{**SIZES, **settings}, joint_vocabulary=True)


@each_decoder
def test_dropout_acts_in_training_only(rng, decoder):
    model = Seq2SeqModel(**SIZES, decoder=decoder, dropout=0.5)
    inputs = batch(rng, 5, 3)
    logits = to_numpy(model(inputs))
    np.testing.assert_array_equal(to_numpy(model(inputs)), logits)
    assert np.abs(to_numpy(model(inputs, training=True)) - logits).max() > 1e-3


@each_decoder
def test_locked_dropout_does_not_depend_on_padding(rng, decoder):
    model = Seq2SeqModel(**SIZES, decoder=decoder, num_layers=2, dropout=0.5, locked_dropout=True)
    inputs = batch(rng, 5, 3)
    found = []
    for padding in (0, 2):
        seed_dropout(model, 1)
        padded = {name: np.pad(x, [(0, 0), (0, padding)]) for name, x in inputs.items()}
        found.append(to_numpy(model(padded, training=True))[:, :3])
    np.testing.assert_allclose(found[1], found[0], atol=1e-5)
    assert np.abs(found[0] - to_numpy(model(inputs))).max() > 1e-3


def test_the_signature_names_the_decoders():
    assert set(get_args(get_type_hints(Seq2SeqModel.__init__)["decoder"])) == set(DECODERS)


def test_an_unknown_decoder_is_named():
    with pytest.raises(ValueError, match=rf"one of {', '.join(DECODERS)}.*decoder='transformer'"):
        Seq2SeqModel(**SIZES, decoder="transformer")


def test_an_odd_size_for_two_directions_is_named():
    with pytest.raises(ValueError, match=r"`units` must be even.*units=5"):
        Seq2SeqModel(**{**SIZES, "units": 5})


def test_a_bridge_that_can_not_copy_shows_both_structures():
    with pytest.raises(ValueError, match=r"encoder \[\[2, 2\]\], decoder \[\[4\]\]"):
        Seq2SeqModel(**SIZES, decoder_options={"bridge": "copy"})


def test_an_option_that_the_decoder_lacks_is_answered_with_those_it_has():
    message = r"'bridge' of decoder 'repeat_vector'\. Valid keys: max_length$"
    with pytest.raises(ValueError, match=message):
        Seq2SeqModel(**SIZES, decoder="repeat_vector", decoder_options={"bridge": "copy"})
