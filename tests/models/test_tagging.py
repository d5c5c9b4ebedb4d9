from itertools import pairwise, product

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.losses import TokenCrossEntropy
from nlpseq.models.tagging import TaggingModel
from nlpseq.training.record import seed_dropout

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
MASK = np.arange(4) < np.array([[4], [2], [3]])
SPELLINGS = np.array([[2, 4, 5, 3], [2, 6, 3, 0], [2, 5, 6, 3]], "int32")
SHORT_SPELLINGS = np.array([[4, 2], [3, 0]])
TABLES = {"spellings": SPELLINGS, "short_spellings": SHORT_SPELLINGS}


def inputs_of(tokens):
    return {"tokens": tokens, "mask": np.ones(tokens.shape, bool)}


def small_model(num_tags=None, **settings):
    sizes = {"embedding_dim": 3, "units": 2, "dropout": 0.0, "word_dropout": 0.0}
    sizes |= {"characters": "none", "num_characters": 7, "character_units": 4}
    return TaggingModel(11, num_tags or {"upos": 5}, **{**sizes, **settings})


def randomize(model, rng):
    for weight in model.trainable_weights:
        weight.assign(rng.normal(scale=0.7, size=weight.shape))
    return model


@pytest.mark.parametrize(("merge_mode", "width"), [("concat", 2 * 2), ("ave", 2)])
def test_number_of_parameters(merge_mode, width):
    lstm = 4 * (2 * (2 + 3) + 2)
    recurrent = 11 * 3 + 2 * lstm
    model = small_model(merge_mode=merge_mode)
    assert model.count_params() == recurrent + 5 * (width + 1)
    model = small_model({"upos": 5, "ner": 3}, merge_mode=merge_mode, head="crf")
    crfs = 5 * 5 + 2 * 5 + 3 * 3 + 2 * 3
    assert model.count_params() == recurrent + (5 + 3) * (width + 1) + crfs


def test_a_convolution_over_characters_adds_its_parameters():
    wider_input = 2 * 4 * (2 * 4)  # two directions, four gates, 4 more values to 2 units
    added = small_model(characters="cnn").count_params() - small_model().count_params()
    assert added == 7 * 32 + (3 * 32 + 1) * 4 + wider_input


def test_equals_its_layers_one_after_the_other(rng):
    model = small_model({"upos": 5, "ner": 3}, characters="lstm", num_layers=2, cell="gru")
    tokens, index = rng.integers(0, 11, size=(2, 7)), rng.integers(0, 5, size=(2, 7))
    words = to_numpy(model.get_layer("embedding")(tokens))
    letters = to_numpy(model.get_layer("characters")(SPELLINGS, index, SHORT_SPELLINGS))
    hidden = to_numpy(model.get_layer("recurrent")(np.concatenate([words, letters], axis=-1)))
    logits = model({**inputs_of(tokens), **TABLES, "spelling_index": index})
    assert logits.keys() == {"upos", "ner"}
    for column in logits:
        kernel, bias = model.get_layer(f"tags_{column}").get_weights()
        expected = hidden @ kernel + bias
        np.testing.assert_allclose(to_numpy(logits[column]), expected, atol=1e-5)


@pytest.mark.parametrize("changed", [0, 6])
def test_every_label_sees_the_whole_sentence(rng, changed):
    model = small_model()
    tokens = rng.integers(1, 11, size=(1, 7))
    other = tokens.copy()
    other[0, changed] = 0
    logits = [to_numpy(model(inputs_of(ids))["upos"]) for ids in (tokens, other)]
    assert (logits[0] != logits[1]).any(axis=-1).all()


@pytest.mark.parametrize("kind", ["lstm", "gru", "cnn"])
def test_order_and_fillers_of_the_spelling_table_change_nothing(rng, kind):
    model = randomize(small_model(characters=kind), rng)
    inputs = inputs_of(rng.integers(1, 11, size=(2, 4)))
    index = np.array([[0, 1, 2, 1], [4, 2, 0, 3]])
    order = np.array([2, 0, 1, 0, 0])  # row i holds what was in row order[i]
    wider = np.pad(SPELLINGS[order], [(0, 0), (0, 4)])
    moved = np.array([1, 2, 0, 6, 5])[index]
    expected = model({**inputs, **TABLES, "spelling_index": index})["upos"]
    tables = {"spellings": wider, "short_spellings": SHORT_SPELLINGS[::-1]}
    found = model({**inputs, **tables, "spelling_index": moved})["upos"]
    np.testing.assert_allclose(to_numpy(found), to_numpy(expected), atol=1e-5)


@pytest.mark.parametrize("setting", ["dropout", "word_dropout"])
def test_dropout_acts_in_training_only(rng, setting):
    model = small_model(**{setting: 0.5})
    inputs = inputs_of(rng.integers(2, 11, size=(2, 7)))
    plain = small_model()
    plain.set_weights(model.get_weights())
    expected = to_numpy(plain(inputs)["upos"])
    np.testing.assert_array_equal(to_numpy(model(inputs)["upos"]), expected)
    assert np.abs(to_numpy(model(inputs, training=True)["upos"]) - expected).max() > 1e-3


@pytest.mark.parametrize("name", ["input_dropout", "output_dropout"])
def test_the_same_entries_of_all_vectors_of_a_sentence_are_dropped(name):
    drop = small_model(dropout=0.5).get_layer(name)
    dropped = to_numpy(drop(np.ones((2, 5, 40), "float32"), training=True)) == 0
    assert (dropped == dropped[:, :1]).all()
    assert (dropped[0, 0] != dropped[1, 0]).any()


def test_locked_dropout_does_not_depend_on_padding(rng):
    model = small_model(num_layers=3, dropout=0.5, locked_dropout=True)
    inputs = inputs_of(rng.integers(2, 11, size=(2, 7)))
    found = []
    for padding in (0, 2):
        seed_dropout(model, 1)
        padded = {name: np.pad(x, [(0, 0), (0, padding)]) for name, x in inputs.items()}
        found.append(to_numpy(model(padded, training=True)["upos"])[:, :7])
    np.testing.assert_allclose(found[1], found[0], atol=1e-5)


def batch_of(rng, columns, filler=False):
    """Three sentences with their labels; with `filler`, the last has weight 0."""
    tokens = rng.integers(1, 11, size=MASK.shape)
    tags = {column: rng.integers(0, size, size=MASK.shape) for column, size in columns.items()}
    weights = (MASK * ([[1], [1], [0]] if filler else [[1]])).astype("float32")
    return {"tokens": tokens, "mask": MASK}, tags, dict.fromkeys(columns, weights)


def test_a_softmax_has_the_weighted_sum_of_the_cross_entropies_of_its_columns(rng):
    columns = {"upos": 5, "ner": 3}
    model = randomize(small_model(columns, loss_weights={"ner": 0.3}), rng)
    inputs, tags, weights = batch_of(rng, columns, filler=True)
    tags["upos"][0, 1] = -1  # a label that was never seen
    logits = model(inputs)
    loss = TokenCrossEntropy()
    upos, ner = (to_numpy(loss(tags[name], logits[name], weights[name])) for name in columns)
    found = to_numpy(model.compute_loss(inputs, tags, logits, weights))
    assert found == pytest.approx(upos + 0.3 * ner, rel=1e-5)


def path_scores(logits, crf):
    """The score of every tag sequence of one sentence without padding."""
    transitions, start, end = (to_numpy(weight) for weight in crf.get_weights())
    return {
        path: start[path[0]]
        + end[path[-1]]
        + sum(logits[time, tag] for time, tag in enumerate(path))
        + sum(transitions[move] for move in pairwise(path))
        for path in product(range(logits.shape[1]), repeat=len(logits))
    }


@pytest.mark.parametrize("filler", [False, True])
def test_a_crf_has_the_negative_log_likelihood_of_sentences_per_token(rng, filler):
    columns = {"upos": 3, "ner": 2}
    model = randomize(small_model(columns, head="crf", loss_weights={"ner": 0.3}), rng)
    inputs, tags, weights = batch_of(rng, columns, filler)
    logits = model(inputs)
    expected = 0.0
    for column, weight in [("upos", 1.0), ("ner", 0.3)]:
        nats = 0.0
        for row in range(2 if filler else 3):
            length = MASK[row].sum()
            scores = path_scores(to_numpy(logits[column])[row, :length], model.crfs[column])
            gold = scores[tuple(tags[column][row, :length].tolist())]
            nats += np.log(np.exp(list(scores.values())).sum()) - gold
        expected += weight * nats / weights[column].sum()
    found = to_numpy(model.compute_loss(inputs, tags, logits, weights))
    assert found == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("head", ["softmax", "crf"])
def test_without_weights_every_real_token_counts(rng, head):
    model = randomize(small_model({"upos": 3}, head=head), rng)
    inputs, tags, weights = batch_of(rng, model.num_tags)
    logits = model(inputs)
    loss = to_numpy(model.compute_loss(inputs, tags, logits))
    assert loss == pytest.approx(to_numpy(model.compute_loss(inputs, tags, logits, weights)))


def test_token_vectors_can_be_kept_from_training(rng):
    model = small_model(train_embedding=False)
    model.compile(keras.optimizers.SGD(0.1))
    old = model.get_weights()
    model.train_on_batch(*batch_of(rng, model.num_tags))
    changed = [
        weight.path
        for weight, before in zip(model.weights, old, strict=True)
        if not np.array_equal(to_numpy(weight), before)
    ]
    assert len(changed) == len(old) - 1
    assert "embedding/matrix" not in changed


@pytest.mark.parametrize("head", ["softmax", "crf"])
def test_learns_that_the_tag_is_the_class_of_the_token_before(rng, head):
    lengths = rng.integers(3, 9, size=512)
    mask = np.arange(8) < lengths[:, None]
    tokens = rng.integers(1, 13, size=mask.shape) * mask
    tags = np.concatenate([np.full((512, 1), 3), tokens[:, :-1] % 3], axis=1)
    model = TaggingModel(
        13,
        {"class": 4},
        **{"characters": "none", "embedding_dim": 16, "units": 16, "head": head},
        **{"dropout": 0.0, "word_dropout": 0.0},
    )
    model.compile(keras.optimizers.Adam(0.02))
    model.fit(
        {"tokens": tokens[:448], "mask": mask[:448]},
        {"class": tags[:448]},
        sample_weight={"class": mask[:448].astype("float32")},
        batch_size=64,
        epochs=10,
        verbose=0,
    )
    logits = model.predict_on_batch({"tokens": tokens[448:], "mask": mask[448:]})["class"]
    right = logits.argmax(axis=-1) == tags[448:]
    assert right[mask[448:]].mean() > 0.99


def test_columns_may_have_any_name(rng, tmp_path):
    columns = {"part of speech": 3, "Wörter/alle": 2, "a:b": 2}
    model = small_model(columns, head="crf")
    inputs, tags, weights = batch_of(rng, columns)
    model.compile("adam")
    model.train_on_batch(inputs, tags, weights)
    model.save_weights(tmp_path / "model.weights.h5")
    twin = small_model(columns, head="crf")
    twin.load_weights(tmp_path / "model.weights.h5")
    for column, logits in twin(inputs).items():
        np.testing.assert_allclose(to_numpy(logits), to_numpy(model(inputs)[column]), atol=1e-6)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"head": "argmax"}, r'`head` must be "softmax" or "crf"\. Received: head=\'argmax\''),
        ({"characters": "rnn"}, r"must be one of lstm, gru, cnn.* Received: \w+='rnn'"),
        ({"characters": "gru", "num_characters": 0}, r"at least 1.*Received: num_characters=0"),
        ({"loss_weights": {"upso": 2.0}}, r"columns, which are upos\. Received: upso"),
        ({"forbidden": {"ner": []}}, r"columns, which are upos\. Received: ner"),
    ],
)
def test_wrong_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        small_model(**settings)
