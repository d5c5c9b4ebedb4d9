import numpy as np
import pytest
from keras import ops

from nlpseq.losses import TokenCrossEntropy
from nlpseq.models.scheduled_sampling import ScheduledSampling, own_inputs
from nlpseq.models.seq2seq import Seq2SeqModel

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
TARGET = np.array([[2, 5, 6, 4], [2, 6, 0, 0], [2, 4, 4, 0], [2, 0, 0, 0]])
MASK = np.arange(5) < np.array([5, 1, 3, 4])[:, None]


@pytest.fixture
def inputs(source):
    return {"source": source, "source_mask": MASK, "target": TARGET}


@pytest.fixture(params=["state_handoff", "attention"])
def model(make_model, request):
    return make_model(request.param, dropout=0.0)


def of_own_predictions(model, inputs):
    """Logits of a pass over what the model predicts after the right tokens, in plain numpy."""
    predicted = to_numpy(model(inputs)).argmax(axis=-1)
    target = TARGET.copy()
    target[:, 1:] = np.where(TARGET[:, 1:] > 0, predicted[:, :-1], 0)
    assert (target != TARGET).any()
    return to_numpy(model({**inputs, "target": target}))


def test_begin_and_padding_stay_whatever_is_chosen(rng):
    predicted = rng.integers(7, 99, size=TARGET.shape)
    for chosen in (np.zeros(TARGET.shape, bool), np.ones(TARGET.shape, bool)):
        found = to_numpy(own_inputs(TARGET, predicted, chosen))
        expected = np.where(chosen[:, 1:] & (TARGET[:, 1:] > 0), predicted[:, :-1], TARGET[:, 1:])
        assert found[:, 1:].tolist() == expected.tolist()
        assert (found[:, 0] == 2).all()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_first_step_is_teacher_forcing_and_so_are_all_with_a_share_of_0(model, inputs, share):
    trained = ScheduledSampling(model, share, total_steps=1)
    expected = to_numpy(model(inputs))
    for step in range(2 if share == 0 else 1):
        assert int(to_numpy(trained.steps_done)) == step
        found = to_numpy(trained(inputs, training=True))
        np.testing.assert_allclose(found, expected, atol=1e-6)


def test_with_a_share_of_1_a_pass_reads_own_predictions_alone(model, inputs):
    trained = ScheduledSampling(model, share=1.0, total_steps=1)
    expected = of_own_predictions(model, inputs)
    trained(inputs, training=True)
    for _ in range(2):  # the share stays what it is when the steps are over
        found = to_numpy(trained(inputs, training=True))
        np.testing.assert_allclose(found, expected, atol=1e-6)


def test_the_share_grows_with_the_steps(make_model, rng):
    model = make_model("state_handoff", dropout=0.0)
    source = rng.integers(1, 11, size=(50, 3))
    target = rng.integers(4, 7, size=(50, 20))
    inputs = {"source": source, "source_mask": source > 0, "target": target}
    read = []
    original = model.decoder_layer.embedding.call
    model.decoder_layer.embedding.call = lambda ids: read.append(to_numpy(ids)) or original(ids)
    trained = ScheduledSampling(model, share=0.8, total_steps=4)
    predicted = to_numpy(model(inputs)).argmax(axis=-1)[:, :-1]
    differs = predicted != target[:, 1:]
    for step in range(6):
        trained(inputs, training=True)
        replaced = (read[-1][:, 1:] != target[:, 1:])[differs].mean()
        assert replaced == pytest.approx(0.8 * min(step / 4, 1), abs=0.06)


def test_evaluation_is_the_model_itself_and_changes_nothing(model, inputs):
    trained = ScheduledSampling(model, share=1.0, total_steps=1)
    trained(inputs, training=True)
    np.testing.assert_array_equal(to_numpy(trained(inputs)), to_numpy(model(inputs)))
    assert int(to_numpy(trained.steps_done)) == 1


def test_steps_are_counted_in_training_and_every_weight_of_the_model_learns(model, inputs):
    trained = ScheduledSampling(model, share=0.5, total_steps=4)
    trained.compile("sgd", TokenCrossEntropy())
    before = model.get_weights()
    trained.fit(inputs, TARGET, epochs=3, verbose=0)
    assert int(to_numpy(trained.steps_done)) == 3
    for old, new in zip(before, model.get_weights(), strict=True):
        assert not np.array_equal(old, new)


@pytest.mark.parametrize(
    ("decoder", "share", "message"),
    [
        ("attention", 1.5, r"must be in \[0, 1\]\. Received: 1\.5"),
        ("repeat_vector", 0.1, r"reads the tokens it has said\. Received: RepeatVectorDecoder"),
    ],
)
def test_a_share_that_can_not_be_is_named(decoder, share, message):
    model = Seq2SeqModel(11, 7, decoder, embedding_dim=3, units=4)
    with pytest.raises(ValueError, match=message):
        ScheduledSampling(model, share, total_steps=1)
