import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.losses import TokenCrossEntropy
from nlpseq.models.search import GreedySearch
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.models.state_handoff import StateHandoffDecoder

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
TARGET = np.array([[2, 3, 1, 4], [2, 5, 6, 1]])


@pytest.fixture
def memory(rng):
    """What a bidirectional GRU encoder of one layer hands over."""
    return {"states": [[rng.normal(size=(2, 5)).astype("float32") for _ in range(2)]]}


def test_equals_the_same_model_made_of_keras_layers(memory, rng):
    decoder = StateHandoffDecoder(7, embedding_dim=3, units=5)
    decoder(memory, TARGET)
    for weight in decoder.weights:
        weight.assign(rng.normal(scale=0.7, size=weight.shape))
    bridge_kernel, bridge_bias = decoder.state_bridge.get_weights()
    first = np.tanh(np.concatenate(memory["states"][0], axis=-1) @ bridge_kernel + bridge_bias)
    matrix, output_bias = decoder.embedding.get_weights()
    vectors = matrix * 0.5 * np.sqrt(3)
    gru = keras.layers.GRU(5, return_sequences=True)
    gru.build((None, None, 3))
    gru.set_weights(decoder.recurrent.get_weights())
    hidden = to_numpy(gru(vectors[TARGET], initial_state=ops.convert_to_tensor(first)))
    kernel, bias = decoder.output_projection.get_weights()
    expected = (hidden @ kernel + bias) @ matrix.T + output_bias
    np.testing.assert_allclose(to_numpy(decoder(memory, TARGET)), expected, atol=1e-5)


def test_copied_states_are_the_first_states(memory):
    decoder = StateHandoffDecoder(7, embedding_dim=3, units=5, cell="lstm", bridge="copy")
    [[h, c]] = decoder.start(memory)["recurrent"]
    np.testing.assert_array_equal([to_numpy(h), to_numpy(c)], memory["states"][0])


@pytest.mark.parametrize(("bridge", "is_seen"), [("dense", True), ("copy", True), ("zero", False)])
def test_the_source_is_seen_through_the_bridge_only(memory, bridge, is_seen):
    decoder = StateHandoffDecoder(7, embedding_dim=3, units=5, cell="lstm", bridge=bridge)
    logits = to_numpy(decoder(memory, TARGET))
    other = {"states": [[state + 1 for state in memory["states"][0]]]}
    difference = np.abs(to_numpy(decoder(other, TARGET)) - logits).max()
    assert difference > 1e-3 if is_seen else difference == 0


def test_a_token_changes_the_logits_from_its_own_step_on(memory):
    decoder = StateHandoffDecoder(7, embedding_dim=3, units=5)
    other = TARGET.copy()
    other[:, 2] = 0
    changed = to_numpy(decoder(memory, TARGET)) != to_numpy(decoder(memory, other))
    assert changed.any(axis=-1).tolist() == [[False, False, True, True]] * 2


def test_number_of_parameters(memory):
    decoder = StateHandoffDecoder(7, embedding_dim=3, units=5, num_layers=2)
    decoder(memory, TARGET)
    embedding = 7 * 3 + 7  # one matrix for input and output
    bridge = 2 * (2 * 5 + 1) * 5
    recurrent = 3 * (5 * (5 + 3) + 2 * 5) + 3 * (5 * (5 + 5) + 2 * 5)
    assert decoder.count_params() == embedding + bridge + recurrent + (5 + 1) * 3


def test_dropout_acts_in_training_only(memory):
    decoder = StateHandoffDecoder(7, embedding_dim=3, units=5, dropout=0.5)
    logits = to_numpy(decoder(memory, TARGET))
    np.testing.assert_array_equal(to_numpy(decoder(memory, TARGET)), logits)
    in_training = to_numpy(decoder(memory, TARGET, training=True))
    assert np.abs(in_training - logits).max() > 1e-3


def test_an_unknown_bridge_is_named():
    with pytest.raises(ValueError, match=r"one of dense, copy, zero.*mode='none'"):
        StateHandoffDecoder(7, embedding_dim=3, units=5, bridge="none")


def test_learns_to_reverse_strings_of_digits(rng):
    begin, end, num_train = 1, 2, 4096  # the digits are 3 to 12
    lengths = rng.integers(3, 6, size=num_train + 256)
    mask = np.arange(5) < lengths[:, None]
    source = rng.integers(3, 13, size=mask.shape) * mask
    answers = np.zeros((len(lengths), 6), int)
    for row, length in enumerate(lengths):
        answers[row, : length + 1] = [*source[row, :length][::-1], end]
    target = np.pad(answers[:, :-1], ((0, 0), (1, 0)), constant_values=begin)
    inputs = {"source": source, "source_mask": mask, "target": target}

    model = Seq2SeqModel(13, 13, embedding_dim=32, units=64, dropout=0.0)
    rate = keras.optimizers.schedules.CosineDecay(0.015, decay_steps=8 * num_train // 128)
    model.compile(keras.optimizers.Adam(rate), loss=TokenCrossEntropy())
    model.fit(
        {name: x[:num_train] for name, x in inputs.items()},
        answers[:num_train],
        sample_weight=(answers[:num_train] > 0).astype("float32"),
        batch_size=128,
        epochs=8,
        verbose=0,
    )
    search = GreedySearch(model, begin, end)
    found = search.predict_on_batch({name: x[num_train:] for name, x in inputs.items()})
    right = (found["token_ids"][:, :6] == answers[num_train:]).all(axis=1)
    assert right.mean() > 0.9
