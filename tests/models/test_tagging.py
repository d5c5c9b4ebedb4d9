import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.losses import TokenCrossEntropy
from nlpseq.models.tagging import TaggingModel

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy


def inputs_of(tokens):
    return {"tokens": tokens, "mask": np.ones(tokens.shape, bool)}


@pytest.mark.parametrize(("merge_mode", "width"), [("concat", 2 * 2), ("ave", 2)])
def test_number_of_parameters(merge_mode, width):
    model = TaggingModel(11, 5, embedding_dim=3, units=2, merge_mode=merge_mode)
    lstm = 4 * (2 * (2 + 3) + 2)
    assert model.count_params() == 11 * 3 + 2 * lstm + 5 * (width + 1)


def test_equals_its_layers_one_after_the_other(rng):
    model = TaggingModel(11, 5, embedding_dim=3, units=2, num_layers=2, cell="gru")
    tokens = rng.integers(0, 11, size=(2, 7))
    hidden = to_numpy(model.get_layer("embedding")(tokens))
    hidden = to_numpy(model.get_layer("recurrent")(hidden))
    kernel, bias = model.get_layer("tags").get_weights()
    np.testing.assert_allclose(
        to_numpy(model(inputs_of(tokens))), hidden @ kernel + bias, atol=1e-5
    )


@pytest.mark.parametrize("changed", [0, 6])
def test_every_label_sees_the_whole_sentence(rng, changed):
    model = TaggingModel(11, 5, embedding_dim=3, units=2)
    tokens = rng.integers(1, 11, size=(1, 7))
    other = tokens.copy()
    other[0, changed] = 0
    difference = to_numpy(model(inputs_of(tokens))) - to_numpy(model(inputs_of(other)))
    assert difference.any(axis=-1).all()


def test_dropout_acts_in_training_only(rng):
    model = TaggingModel(11, 5, embedding_dim=3, units=2, dropout=0.5)
    inputs = inputs_of(rng.integers(0, 11, size=(2, 7)))
    plain = TaggingModel(11, 5, embedding_dim=3, units=2, dropout=0.0)
    plain.set_weights(model.get_weights())
    expected = to_numpy(plain(inputs))
    np.testing.assert_array_equal(to_numpy(model(inputs)), expected)
    assert np.abs(to_numpy(model(inputs, training=True)) - expected).max() > 1e-3


def test_learns_that_the_tag_is_the_class_of_the_token_before(rng):
    lengths = rng.integers(3, 9, size=512)
    mask = np.arange(8) < lengths[:, None]
    tokens = rng.integers(1, 13, size=mask.shape) * mask
    tags = np.concatenate([np.full((512, 1), 3), tokens[:, :-1] % 3], axis=1)
    model = TaggingModel(13, 4, embedding_dim=16, units=16, dropout=0.0)
    model.compile(keras.optimizers.Adam(0.02), loss=TokenCrossEntropy())
    model.fit(
        {"tokens": tokens[:448], "mask": mask[:448]},
        tags[:448],
        sample_weight=mask[:448].astype("float32"),
        batch_size=64,
        epochs=10,
        verbose=0,
    )
    logits = model.predict_on_batch({"tokens": tokens[448:], "mask": mask[448:]})
    right = logits.argmax(axis=-1) == tags[448:]
    assert right[mask[448:]].mean() > 0.99
