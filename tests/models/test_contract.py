"""What every nlpseq model promises, checked on all of them."""

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import ops

import nlpseq
from nlpseq.losses import TokenCrossEntropy
from nlpseq.models.next_token import NextTokenModel
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.models.sequence import SequenceModel
from nlpseq.models.tagging import TaggingModel

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
_RNG = np.random.default_rng(0)
TAG_SIZES = {"vocab_size": 11, "embedding_dim": 3, "units": 2, "dropout": 0.0, "word_dropout": 0.0}
CHARACTER_SIZES = {"num_characters": 7, "character_units": 4}
PAIR_SIZES = {
    "source_vocab_size": 11,
    "target_vocab_size": 5,
    "embedding_dim": 3,
    "units": 4,
    "dropout": 0.0,
}


def sequence(pooling, **settings):
    return lambda: SequenceModel(num_outputs=5, pooling=pooling, **TAG_SIZES, **settings)


def tagging(num_tags, **settings):
    return lambda: TaggingModel(num_tags=num_tags, **TAG_SIZES, **CHARACTER_SIZES, **settings)


DEEP = {"num_layers": 2, "residual": True, "layer_norm": True}

# Name -> a function that makes the model.
MODELS = {
    "tagging": tagging({"upos": 5}, characters="none"),
    "tagging_lstm_crf": tagging({"ner": 5}, characters="lstm", head="crf"),
    "tagging_gru_columns": tagging(
        {"upos": 5, "ner": 3}, characters="gru", cell="gru", loss_weights={"ner": 0.5}, **DEEP
    ),
    "tagging_cnn_crf_columns": tagging(
        {"upos": 5, "ner": 3}, characters="cnn", head="crf", forbidden={"upos": [[3, 4], [-1, 4]]}
    ),
    "tagging_forward": tagging({"upos": 5}, characters="cnn", bidirectional=False),
    "sequence_last": sequence("last", **DEEP),
    "sequence_last_forwards": sequence("last", cell="gru", bidirectional=False),
    "sequence_mean": sequence("mean", cell="simple_rnn"),
    "sequence_max": sequence("max", cell="gru"),
    "state_handoff": lambda: Seq2SeqModel(**PAIR_SIZES, decoder="state_handoff"),
    "attention": lambda: Seq2SeqModel(**PAIR_SIZES, decoder="attention", **DEEP),
    "input_feeding": lambda: Seq2SeqModel(**PAIR_SIZES, decoder="input_feeding"),
    "joint_vocabulary": lambda: Seq2SeqModel(
        **{**PAIR_SIZES, "target_vocab_size": 11}, decoder="attention", joint_vocabulary=True
    ),
    "next_token": lambda: NextTokenModel(11, embedding_dim=3, units=4, dropout=0.0, **DEEP),
    "repeat_vector": lambda: Seq2SeqModel(
        **PAIR_SIZES, decoder="repeat_vector", decoder_options={"max_length": 9}
    ),
}

# Name of an input -> a batch of two rows, with their lengths. Padding holds garbage, not zeros.
LENGTHS = {"tokens": [7, 2], "source": [2, 7], "target": [4, 3]}
IDS = {
    "tokens": _RNG.integers(1, 11, size=(2, 7)),
    "source": _RNG.integers(1, 11, size=(2, 7)),
    "target": _RNG.integers(1, 5, size=(2, 4)),
}
MASKS = {name: np.arange(IDS[name].shape[1]) < np.array(LENGTHS[name])[:, None] for name in IDS}
SPELLINGS = np.array([[2, 5, 3, 0], [2, 4, 6, 3], [1, 0, 0, 0]])
SHORT_SPELLINGS = np.array([[4, 2], [3, 0]])
SPELLING_INDEX = _RNG.integers(0, 5, size=(2, 7))


def batch_for(model):
    """Inputs, right answers and weights of the two rows."""
    if "tokens" not in model.input:
        inputs = {"source": IDS["source"], "source_mask": MASKS["source"], "target": IDS["target"]}
        return inputs, (3 * IDS["target"] + 1) % 5, MASKS["target"].astype("float32")
    if "mask" not in model.input:
        answers = (3 * IDS["tokens"] + 1) % 11
        return {"tokens": IDS["tokens"]}, answers, MASKS["tokens"].astype("float32")
    inputs = {"tokens": IDS["tokens"], "mask": MASKS["tokens"]}
    if isinstance(model, SequenceModel):
        return inputs, np.array([4, 1]), np.ones(2, "float32")
    if "spellings" in model.input:
        inputs |= {"spellings": SPELLINGS, "short_spellings": SHORT_SPELLINGS}
        inputs |= {"spelling_index": SPELLING_INDEX}
    answers = dict.fromkeys(model.num_tags, IDS["tokens"] % 3)
    return inputs, answers, dict.fromkeys(answers, MASKS["tokens"].astype("float32"))


def one_row(inputs, row):
    """The row alone: each array cut to the row's own length. The tables of words stay."""
    length = {**LENGTHS, "source_mask": LENGTHS["source"]}
    length |= dict.fromkeys(["mask", "spelling_index"], LENGTHS["tokens"])
    return {
        name: x if name.endswith("spellings") else x[row : row + 1, : length[name][row]]
        for name, x in inputs.items()
    }


def arrays(outputs):
    return [to_numpy(x) for x in keras.tree.flatten(outputs)]


def compiled(model):
    """The model, compiled for plain gradient descent; a tagging model has its own loss."""
    loss = None if isinstance(model, TaggingModel) else TokenCrossEntropy()
    model.compile(keras.optimizers.SGD(0.1), loss=loss)
    return model


@pytest.fixture(scope="module", params=MODELS.values(), ids=MODELS)
def model(request):
    """A model that no test changes; its weights, biases included, are random."""
    rng = np.random.default_rng(0)
    model = compiled(request.param())
    for weight in model.weights:
        weight.assign(rng.normal(scale=0.5, size=weight.shape))
    return model


def test_config_round_trip(model):
    twin = type(model).from_config(model.get_config())
    assert twin.get_config() == model.get_config()
    twin.set_weights(model.get_weights())
    inputs, *_ = batch_for(model)
    for got, expected in zip(arrays(twin(inputs)), arrays(model(inputs)), strict=True):
        np.testing.assert_allclose(got, expected, atol=1e-6)


def test_batch_and_time_are_open(model):
    inputs, answers, _ = batch_for(model)
    symbols, called = keras.tree.flatten(model.output), arrays(model(inputs))
    shapes = [x.shape for x in keras.tree.flatten(answers)]
    in_graph = arrays(model.predict_on_batch(inputs))
    for symbol, eager, graph, shape in zip(symbols, called, in_graph, shapes, strict=True):
        assert symbol.shape == (*[None] * len(shape), eager.shape[-1])
        assert eager.shape[:-1] == shape
        np.testing.assert_allclose(graph, eager, atol=1e-6)


def test_padding_changes_neither_logits_nor_loss(model):
    inputs, answers, weights = batch_for(model)
    in_batch = model(inputs, training=True)
    real = keras.tree.flatten(weights)[0] > 0
    total = 0.0
    for row in range(2):

        def cut(x, row=row):
            return x[row : row + 1, real[row]] if real.ndim > 1 else x[row : row + 1]

        alone = model(one_row(inputs, row), training=True)
        for one, together in zip(arrays(alone), arrays(in_batch), strict=True):
            np.testing.assert_allclose(cut(together), one, atol=1e-5)
        batch = [keras.tree.map_structure(cut, x) for x in (answers, weights)]
        loss = model.compute_loss(one_row(inputs, row), batch[0], alone, batch[1])
        total += to_numpy(loss) * real[row].sum()
    loss = to_numpy(model.compute_loss(inputs, answers, in_batch, weights))
    assert loss == pytest.approx(total / real.sum(), rel=1e-5)


def test_saved_model_gives_the_same_output(model, tmp_path):
    inputs, *_ = batch_for(model)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert type(loaded) is type(model)
    assert loaded.get_config() == model.get_config()
    for got, expected in zip(arrays(loaded(inputs)), arrays(model(inputs)), strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-6)


LOAD_ALL = """
import sys
from pathlib import Path

import keras
import numpy as np

import nlpseq.models.next_token
import nlpseq.models.seq2seq
import nlpseq.models.sequence
import nlpseq.models.tagging

for path in Path(sys.argv[1]).glob("*.keras"):
    inputs, expected = (dict(np.load(path.with_suffix(f".{kind}.npz"))) for kind in ("in", "out"))
    for number, logits in enumerate(keras.tree.flatten(keras.models.load_model(path)(inputs))):
        logits = keras.ops.convert_to_numpy(logits)
        np.testing.assert_allclose(logits, expected[f"arr_{number}"], rtol=1e-5)
    print(path.stem)
"""


@pytest.mark.one_backend
def test_saved_models_give_the_same_outputs_in_a_new_process(tmp_path):
    for name, make in MODELS.items():
        model = make()
        inputs, *_ = batch_for(model)
        np.savez(tmp_path / f"{name}.in.npz", **inputs)
        np.savez(tmp_path / f"{name}.out.npz", *arrays(model(inputs)))
        model.save(tmp_path / f"{name}.keras")
    finished = subprocess.run(
        [sys.executable, "-c", LOAD_ALL, str(tmp_path)],
        cwd=Path(nlpseq.__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    assert set(finished.stdout.split()) == set(MODELS)


@pytest.mark.parametrize(
    "policy", [pytest.param("mixed_float16", marks=pytest.mark.one_backend), "mixed_bfloat16"]
)
@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_mixed_precision_stays_near_float32(make, policy, set_dtype_policy):
    exact = make()
    set_dtype_policy(policy)
    mixed = compiled(make())
    mixed.set_weights(exact.get_weights())
    inputs, answers, weights = batch_for(mixed)
    outputs = mixed(inputs)
    # What stands behind a CRF is float32.
    dtype = "float32" if getattr(mixed, "crfs", None) else policy.removeprefix("mixed_")
    for logits, expected in zip(keras.tree.flatten(outputs), arrays(exact(inputs)), strict=True):
        assert keras.backend.standardize_dtype(logits.dtype) == dtype
        np.testing.assert_allclose(to_numpy(ops.cast(logits, "float32")), expected, atol=0.05)
    assert np.isfinite(to_numpy(mixed.compute_loss(inputs, answers, outputs, weights)))


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_a_training_step_changes_every_weight_and_lowers_the_loss(make):
    model = compiled(make())
    inputs, answers, weights = batch_for(model)

    def loss():
        return to_numpy(model.compute_loss(inputs, answers, model(inputs), weights))

    before, old_weights = loss(), model.get_weights()
    model.train_on_batch(inputs, answers, weights)
    assert loss() < before
    for old, variable in zip(old_weights, model.weights, strict=True):
        assert not np.array_equal(old, to_numpy(variable)), variable.path
