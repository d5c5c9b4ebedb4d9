"""What every nlpseq layer promises, checked on all of them."""

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.attention import Attention
from nlpseq.layers.bridge import StateBridge
from nlpseq.layers.crf import CRF
from nlpseq.layers.dropout import Dropout
from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.layers.pooling import Pooling
from nlpseq.layers.recurrent import RecurrentStack
from nlpseq.layers.spelling import SpellingEncoder
from nlpseq.layers.time_distributed import TimeDistributed
from nlpseq.layers.word_dropout import WordDropout

pytestmark = pytest.mark.backends

_RNG = np.random.default_rng(0)
SEQUENCES = _RNG.normal(size=(2, 7, 3)).astype("float32")
MASK = np.arange(7)[None] < [[7], [4]]
TOKEN_IDS = _RNG.integers(0, 11, size=(2, 7)).astype("int32")
SPELLINGS = np.array([[2, 5, 8, 3, 0], [2, 6, 3, 0, 0], [2, 4, 9, 1, 3]], dtype="int32")
SPELLING_INDEX = _RNG.integers(0, 3, size=(2, 7)).astype("int32")
STATES = [[_RNG.normal(size=(2, 5)).astype("float32") for _ in range(2)] for _ in range(2)]

# Name -> a function that makes the layer, and the arguments of a call.
LAYERS = {
    "embedding": (lambda: TokenEmbedding(11, 5), [TOKEN_IDS]),
    "bridge_dense": (lambda: StateBridge([[3, 2]], mode="dense"), [STATES]),
    "bridge_copy": (lambda: StateBridge([[5, 5], [5, 5]], mode="copy"), [STATES]),
    "bridge_zero": (lambda: StateBridge([[3, 2]], mode="zero"), [STATES]),
    "lstm": (lambda: RecurrentStack(2, num_layers=2, return_state=True), [SEQUENCES, MASK]),
    "gru": (lambda: RecurrentStack(2, cell="gru", return_sequences=False), [SEQUENCES, MASK]),
    "two_directions": (
        lambda: RecurrentStack(
            2,
            cell="gru",
            num_layers=2,
            bidirectional=True,
            merge_mode="ave",
            dropout=0.2,
            residual=True,
            layer_norm=True,
            return_state=True,
        ),
        [SEQUENCES, MASK],
    ),
    "simple_rnn": (lambda: RecurrentStack(2, cell="simple_rnn"), [SEQUENCES, MASK]),
    "attention": (lambda: Attention(), [SEQUENCES, SEQUENCES, MASK]),
    "attention_additive": (lambda: Attention("additive"), [SEQUENCES, SEQUENCES, MASK]),
    "crf": (lambda: CRF(3, forbidden=[(0, 1), (-1, 2)]), [SEQUENCES, MASK]),
    "time_distributed": (lambda: TimeDistributed(keras.layers.Dense(5)), [SEQUENCES]),
    "pooling_mean": (lambda: Pooling("mean"), [SEQUENCES, MASK]),
    "pooling_max": (lambda: Pooling("max"), [SEQUENCES, MASK]),
    "spelling_lstm": (lambda: SpellingEncoder(11, 4), [SPELLINGS, SPELLING_INDEX]),
    "spelling_gru": (lambda: SpellingEncoder(11, 4, kind="gru"), [SPELLINGS, SPELLING_INDEX]),
    "spelling_cnn": (
        lambda: SpellingEncoder(11, 4, kind="cnn", embedding_dim=3, dropout=0.1),
        [SPELLINGS, SPELLING_INDEX],
    ),
    "dropout": (lambda: Dropout(0.3), [SEQUENCES]),
    "locked_dropout": (lambda: Dropout(0.3, locked=True, seed=1), [SEQUENCES]),
    "word_dropout": (lambda: WordDropout(0.3, unknown_id=5, seed=1), [TOKEN_IDS]),
}
# A call of the CRF uses no weights: its methods do.
TRAINED_BY_A_CALL = {
    name: LAYERS[name]
    for name in LAYERS
    if name not in ("bridge_copy", "bridge_zero", "crf", "dropout", "locked_dropout")
    and name not in ("word_dropout", "pooling_mean", "pooling_max")
}

each_layer = pytest.mark.parametrize(("make", "arguments"), LAYERS.values(), ids=LAYERS)


def model_of(layer, arguments, outputs_of=lambda outputs: outputs):
    """The layer as a model whose batch and time are open."""

    def symbol(x):
        is_state = x.ndim == 2 and x.dtype == "float32"
        return keras.Input(x.shape[1:] if is_state else (None, *x.shape[2:]), dtype=str(x.dtype))

    symbols = keras.tree.map_structure(symbol, arguments)
    return keras.Model(symbols, outputs_of(layer(*symbols)))


def arrays(outputs):
    return [ops.convert_to_numpy(x) for x in keras.tree.flatten(outputs)]


@each_layer
def test_config_round_trip(make, arguments):
    layer = make()
    twin = type(layer).from_config(layer.get_config())
    assert twin.get_config() == layer.get_config()
    assert [x.shape for x in arrays(twin(*arguments))] == [
        x.shape for x in arrays(layer(*arguments))
    ]


@each_layer
def test_saved_model_gives_the_same_output(make, arguments, tmp_path):
    model = model_of(make(), arguments)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for got, expected in zip(arrays(loaded(arguments)), arrays(model(arguments)), strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-6)


@each_layer
def test_batch_and_time_are_open(make, arguments):
    layer = make()
    model = model_of(layer, arguments)
    symbols, called = keras.tree.flatten(model.outputs), arrays(layer(*arguments))
    for symbol, eager, compiled in zip(
        symbols, called, arrays(model.predict_on_batch(arguments)), strict=True
    ):
        assert symbol.shape == (None, *(None if n == 7 else n for n in eager.shape[1:]))
        np.testing.assert_allclose(compiled, eager, atol=1e-6)


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
@each_layer
def test_mixed_precision_stays_near_float32(make, arguments, policy, set_dtype_policy):
    layer = make()
    expected = arrays(layer(*arguments))
    set_dtype_policy(policy)
    mixed = make()
    mixed(*arguments)
    mixed.set_weights(layer.get_weights())
    outputs = keras.tree.flatten(mixed(*arguments))
    for output, exact in zip(outputs, expected, strict=True):
        # The CRF stays in float32, and ids stay ids.
        kept = {CRF: "float32", WordDropout: "int32"}
        expected_dtype = kept.get(type(mixed), policy.removeprefix("mixed_"))
        assert keras.backend.standardize_dtype(output.dtype) == expected_dtype
        np.testing.assert_allclose(
            ops.convert_to_numpy(ops.cast(output, "float32")), exact, atol=0.05
        )


@pytest.mark.usefixtures("eager_training")
@pytest.mark.parametrize(("make", "arguments"), TRAINED_BY_A_CALL.values(), ids=TRAINED_BY_A_CALL)
def test_a_training_step_changes_every_weight_and_lowers_the_loss(make, arguments):
    def distance_to_one(outputs):
        return sum(
            ops.mean(ops.square(1 - x), axis=tuple(range(1, len(x.shape))))
            for x in keras.tree.flatten(outputs)
        )

    layer = make()
    model = model_of(layer, arguments, distance_to_one)
    model.compile(keras.optimizers.SGD(0.05), loss="mae")
    before, weights = model.test_on_batch(arguments, np.zeros(2)), layer.get_weights()
    model.train_on_batch(arguments, np.zeros(2))
    assert model.test_on_batch(arguments, np.zeros(2)) < before
    for old, variable in zip(weights, layer.weights, strict=True):
        assert not np.array_equal(old, ops.convert_to_numpy(variable)), variable.path
