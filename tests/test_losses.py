import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.losses import TokenCrossEntropy

pytestmark = pytest.mark.backends


@pytest.fixture
def logits(rng):
    return rng.normal(scale=2, size=(2, 5, 3)).astype("float32")


@pytest.fixture
def targets(rng):
    return rng.integers(0, 3, size=(2, 5))


def token_losses(targets, logits, smoothing=0.0):
    """The definition, one token at a time."""
    losses = np.zeros(targets.shape)
    for place in np.ndindex(*targets.shape):
        probabilities = np.exp(logits[place]) / np.exp(logits[place]).sum()
        wanted = np.full(logits.shape[-1], smoothing / logits.shape[-1])
        wanted[targets[place]] += 1 - smoothing
        losses[place] = -(wanted * np.log(probabilities)).sum()
    return losses


def test_mean_over_all_tokens(targets, logits):
    expected = token_losses(targets, logits).mean()
    assert float(TokenCrossEntropy()(targets, logits)) == pytest.approx(expected, rel=1e-5)


def test_mean_over_the_real_tokens_only(targets, logits):
    weights = np.array([[1, 1, 1, 1, 0], [1, 0, 0, 0, 0]], "float32")
    expected = token_losses(targets, logits)[weights > 0].mean()
    assert float(TokenCrossEntropy()(targets, logits, weights)) == pytest.approx(expected, rel=1e-5)


def test_weights_weigh_tokens(targets, logits, rng):
    weights = rng.uniform(size=(2, 5)).astype("float32")
    expected = np.average(token_losses(targets, logits), weights=weights)
    assert float(TokenCrossEntropy()(targets, logits, weights)) == pytest.approx(expected, rel=1e-5)


def test_padding_changes_nothing(targets, logits, rng):
    weights = np.array([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0]], "float32")
    wider_logits = np.concatenate([logits, rng.normal(size=(2, 4, 3)).astype("float32")], axis=1)
    wider_targets, wider_weights = (np.pad(x, ((0, 0), (0, 4))) for x in (targets, weights))
    narrow = float(TokenCrossEntropy()(targets, logits, weights))
    wide = float(TokenCrossEntropy()(wider_targets, wider_logits, wider_weights))
    assert wide == pytest.approx(narrow, rel=1e-6)


def test_a_negative_target_counts_in_the_mean_with_loss_0(targets, logits):
    unknown = np.where([[0, 1, 0, 0, 1], [0, 0, 0, 1, 0]], -1, targets)
    expected = token_losses(targets, logits)[unknown >= 0].sum() / unknown.size
    assert float(TokenCrossEntropy()(unknown, logits)) == pytest.approx(expected, rel=1e-5)


def test_label_smoothing_spreads_a_share_of_the_target_over_all_classes(targets, logits):
    weights = np.array([[1, 1, 1, 1, 0], [1, 0, 0, 0, 0]], "float32")
    expected = token_losses(targets, logits, smoothing=0.2)[weights > 0].mean()
    loss = TokenCrossEntropy(label_smoothing=0.2)(targets, logits, weights)
    assert float(loss) == pytest.approx(expected, rel=1e-5)


class Table(keras.layers.Layer):
    """Logits that are weights."""

    def build(self, shape):
        self.logits = self.add_weight(name="logits", shape=(*shape[1:], 3), initializer="zeros")

    def call(self, rows):
        return ops.zeros_like(rows)[..., None] + self.logits[None]


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_the_gradient_is_the_softmax_minus_what_is_wanted(targets, logits, smoothing):
    targets = np.where([[0, 0, 1, 0, 0], [0, 0, 0, 0, 0]], -1, targets)  # an unknown one
    weights = np.array([[1, 0.5, 1, 1, 0], [1, 0, 0, 0, 0]], "float32")
    expected = np.zeros(logits.shape)
    for place in np.ndindex(*targets.shape):
        if targets[place] >= 0:
            wanted = np.full(3, smoothing / 3) + (1 - smoothing) * np.eye(3)[targets[place]]
            probabilities = np.exp(logits[place]) / np.exp(logits[place]).sum()
            expected[place] = weights[place] / weights.sum() * (probabilities - wanted)
    # One step of gradient descent; the rows of the batch are one row of ten steps.
    model = keras.Sequential([keras.Input((10,)), Table()])
    model.layers[0].logits.assign(logits.reshape(10, 3))
    model.compile(keras.optimizers.SGD(1.0), TokenCrossEntropy(smoothing))
    model.train_on_batch(np.zeros((1, 10)), targets.reshape(1, 10), weights.reshape(1, 10))
    changed = ops.convert_to_numpy(model.layers[0].logits).reshape(2, 5, 3)
    np.testing.assert_allclose(logits - changed, expected, atol=1e-6)


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_an_impossible_smoothing_is_refused(share):
    with pytest.raises(ValueError, match=rf"must be in \[0, 1\).*label_smoothing={share}"):
        TokenCrossEntropy(label_smoothing=share)


def test_float16_logits_give_a_float32_loss(targets, logits):
    loss = TokenCrossEntropy()(targets, logits.astype("float16"))
    assert keras.backend.standardize_dtype(loss.dtype) == "float32"
    assert float(loss) == pytest.approx(token_losses(targets, logits).mean(), rel=1e-2)


def test_fit_trains_on_the_mean_over_real_tokens(targets, logits):
    weights = np.array([[1, 1, 1, 0, 0], [1, 0, 0, 0, 0]], "float32")
    model = keras.Sequential([keras.Input((5, 3)), keras.layers.Identity()])
    model.compile(loss=TokenCrossEntropy())
    loss = model.evaluate(logits, targets, sample_weight=weights, verbose=0)
    assert loss == pytest.approx(token_losses(targets, logits)[weights > 0].mean(), rel=1e-5)


def test_round_trips_through_its_config():
    serialized = keras.saving.serialize_keras_object(TokenCrossEntropy(0.1, name="nll"))
    twin = keras.saving.deserialize_keras_object(serialized)
    assert isinstance(twin, TokenCrossEntropy)
    assert (twin.name, twin.reduction) == ("nll", "mean_with_sample_weight")
    assert twin.label_smoothing == 0.1
