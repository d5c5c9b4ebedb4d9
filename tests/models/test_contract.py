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
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.models.tagging import TaggingModel

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
_RNG = np.random.default_rng(0)
TAG_SIZES = {"vocab_size": 11, "num_tags": 5, "embedding_dim": 3, "units": 2, "dropout": 0.0}
PAIR_SIZES = {
    "source_vocab_size": 11,
    "target_vocab_size": 5,
    "embedding_dim": 3,
    "units": 4,
    "dropout": 0.0,
}

# Name -> a function that makes the model. All have 5 classes.
MODELS = {
    "tagging": lambda: TaggingModel(**TAG_SIZES),
    "state_handoff": lambda: Seq2SeqModel(**PAIR_SIZES),
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


def batch_for(model):
    """Inputs, right answers and weights of the two rows."""
    if "tokens" in model.input:
        inputs, answers_for = {"tokens": IDS["tokens"], "mask": MASKS["tokens"]}, "tokens"
    else:
        inputs = {"source": IDS["source"], "source_mask": MASKS["source"], "target": IDS["target"]}
        answers_for = "target"
    answers = (3 * IDS[answers_for] + 1) % 5
    return inputs, answers, MASKS[answers_for].astype("float32")


def one_row(inputs, row):
    """The row alone: each array cut to the row's own length."""
    length = {**LENGTHS, "mask": LENGTHS["tokens"], "source_mask": LENGTHS["source"]}
    return {name: x[row : row + 1, : length[name][row]] for name, x in inputs.items()}


@pytest.fixture(scope="module", params=MODELS.values(), ids=MODELS)
def model(request):
    """A model that no test changes; its weights, biases included, are random."""
    rng = np.random.default_rng(0)
    model = request.param()
    for weight in model.weights:
        weight.assign(rng.normal(scale=0.5, size=weight.shape))
    return model


def test_config_round_trip(model):
    twin = type(model).from_config(model.get_config())
    assert twin.get_config() == model.get_config()
    twin.set_weights(model.get_weights())
    inputs, *_ = batch_for(model)
    np.testing.assert_allclose(to_numpy(twin(inputs)), to_numpy(model(inputs)), atol=1e-6)


def test_batch_and_time_are_open(model):
    inputs, answers, _ = batch_for(model)
    assert model.output.shape == (None, None, 5)
    compiled = model.predict_on_batch(inputs)
    assert compiled.shape == (*answers.shape, 5)
    np.testing.assert_allclose(compiled, to_numpy(model(inputs)), atol=1e-6)


def test_padding_changes_neither_logits_nor_loss(model):
    inputs, answers, weights = batch_for(model)
    in_batch = to_numpy(model(inputs, training=True))
    total = 0.0
    for row in range(2):
        real = weights[row] > 0
        alone = to_numpy(model(one_row(inputs, row), training=True))
        np.testing.assert_allclose(in_batch[row, real], alone[0], atol=1e-5)
        total += float(TokenCrossEntropy()(answers[row : row + 1, real], alone)) * real.sum()
    loss = float(TokenCrossEntropy()(answers, in_batch, weights))
    assert loss == pytest.approx(total / weights.sum(), rel=1e-5)


def test_saved_model_gives_the_same_output(model, tmp_path):
    inputs, *_ = batch_for(model)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert type(loaded) is type(model)
    np.testing.assert_allclose(to_numpy(loaded(inputs)), to_numpy(model(inputs)), rtol=1e-6)


LOAD_ALL = """
import sys
from pathlib import Path

import keras
import numpy as np

import nlpseq.models.seq2seq
import nlpseq.models.tagging

for path in Path(sys.argv[1]).glob("*.keras"):
    with np.load(path.with_suffix(".npz")) as file:
        arrays = dict(file)
    expected = arrays.pop("expected")
    logits = keras.ops.convert_to_numpy(keras.models.load_model(path)(arrays))
    np.testing.assert_allclose(logits, expected, rtol=1e-5)
    print(path.stem)
"""


def test_saved_models_give_the_same_outputs_in_a_new_process(tmp_path):
    for name, make in MODELS.items():
        model = make()
        inputs, *_ = batch_for(model)
        np.savez(tmp_path / f"{name}.npz", expected=to_numpy(model(inputs)), **inputs)
        model.save(tmp_path / f"{name}.keras")
    finished = subprocess.run(
        [sys.executable, "-c", LOAD_ALL, str(tmp_path)],
        cwd=Path(nlpseq.__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    assert set(finished.stdout.split()) == set(MODELS)


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_mixed_precision_stays_near_float32(make, policy, set_dtype_policy):
    exact = make()
    set_dtype_policy(policy)
    mixed = make()
    mixed.set_weights(exact.get_weights())
    inputs, answers, weights = batch_for(mixed)
    logits = mixed(inputs)
    assert keras.backend.standardize_dtype(logits.dtype) == policy.removeprefix("mixed_")
    np.testing.assert_allclose(
        to_numpy(ops.cast(logits, "float32")), to_numpy(exact(inputs)), atol=0.05
    )
    assert np.isfinite(to_numpy(TokenCrossEntropy()(answers, logits, weights)))


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_a_training_step_changes_every_weight_and_lowers_the_loss(make):
    model = make()
    inputs, answers, weights = batch_for(model)
    model.compile(keras.optimizers.SGD(0.1), loss=TokenCrossEntropy())
    before, old_weights = model.test_on_batch(inputs, answers, weights), model.get_weights()
    model.train_on_batch(inputs, answers, weights)
    assert model.test_on_batch(inputs, answers, weights) < before
    for old, variable in zip(old_weights, model.weights, strict=True):
        assert not np.array_equal(old, to_numpy(variable)), variable.path
