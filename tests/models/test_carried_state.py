import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.batching.continuous import ContinuousBatches
from nlpseq.losses import TokenCrossEntropy
from nlpseq.metrics.perplexity import Perplexity
from nlpseq.models.carried_state import CarriedState
from nlpseq.models.next_token import NextTokenModel

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
IDS = np.random.default_rng(0).integers(4, 9, 24)  # 2 streams of 12, 3 batches of 2 x 4


@pytest.fixture(params=["lstm", "gru"])
def model(request):
    keras.utils.set_random_seed(0)
    return NextTokenModel(9, embedding_dim=4, units=5, cell=request.param, dropout=0.0)


@pytest.fixture
def batches():
    return ContinuousBatches(IDS, time_steps=4, batch_tokens=8)


def whole(model):
    """Logits of the two streams, each read at once from zero states."""
    tokens = np.concatenate([[3], IDS[:-1]]).reshape(2, 12)
    return to_numpy(model({"tokens": tokens}))


@pytest.mark.parametrize("training", [True, False])
def test_batches_together_are_the_streams_read_at_once(model, batches, training):
    carried = CarriedState(model, streams=2)
    for _ in range(2):  # the first batch of an epoch begins anew
        found = [to_numpy(carried(inputs, training=training)) for inputs, _, _ in batches]
        np.testing.assert_allclose(np.concatenate(found, axis=1), whole(model), atol=1e-5)


def test_evaluation_leaves_the_states_of_training(model, batches):
    carried = CarriedState(model, streams=2)
    carried(batches[0][0], training=True)
    for inputs, _, _ in batches:
        carried(inputs, training=False)
    found = to_numpy(carried(batches[1][0], training=True))
    np.testing.assert_allclose(found, whole(model)[:, 4:8], atol=1e-5)


def test_what_is_logged_is_of_the_streams_read_at_once(model, batches):
    shares = np.exp(whole(model).astype("float64"))
    shares /= shares.sum(axis=-1, keepdims=True)
    right = np.take_along_axis(shares, IDS.reshape(2, 12, 1), axis=-1)
    expected = np.exp(-np.log(right).mean())
    carried = CarriedState(model, streams=2)
    carried.compile(
        keras.optimizers.SGD(0.0), loss=TokenCrossEntropy(), weighted_metrics=[Perplexity()]
    )
    history = carried.fit(
        batches, epochs=2, shuffle=False, validation_data=batches, verbose=0
    ).history
    for name in ("perplexity", "val_perplexity"):
        assert history[name] == pytest.approx([expected] * 2, rel=1e-4)


class FromStates(keras.Model):
    """The model from states that are given as numbers."""

    def __init__(self, model, states):
        super().__init__()
        self.model = model
        self.given = states
        self.built = True

    def call(self, inputs):
        states = [[ops.convert_to_tensor(x) for x in layer] for layer in self.given]
        return self.model.decoder_layer(inputs["tokens"], states=states)[0]


def test_no_gradient_goes_back_into_the_batch_before(model, batches):
    twin = type(model).from_config(model.get_config())
    twin.set_weights(model.get_weights())
    carried = CarriedState(model, streams=2)
    carried(batches[0][0], training=True)
    _, states = model.decoder_layer(batches[0][0]["tokens"])
    reference = FromStates(twin, [[to_numpy(x) for x in layer] for layer in states])
    for trained in (carried, reference):
        trained.compile(keras.optimizers.SGD(0.5), loss=TokenCrossEntropy())
        trained.train_on_batch(*batches[1])
    for found, expected in zip(model.get_weights(), twin.get_weights(), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-5)
