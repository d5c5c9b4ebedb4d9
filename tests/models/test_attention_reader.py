import numpy as np
import pytest
from keras import ops

from nlpseq.models.attention_reader import AttentionReader
from nlpseq.models.seq2seq import Seq2SeqModel

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

SOURCE = np.array([[5, 4, 8], [6, 7, 0]])
TARGET = np.array([[2, 6, 5, 4], [2, 5, 0, 0]])


def inputs(source, target):
    return {"source": source, "source_mask": source > 0, "target": target}


@pytest.fixture
def model(rng):
    model = Seq2SeqModel(9, 7, decoder="attention", units=8, embedding_dim=4, dropout=0.5)
    for weight in model.weights:
        weight.assign(rng.normal(size=weight.shape))
    return model


def test_weights_are_those_of_each_step_of_the_decoder(model):
    found = AttentionReader(model).predict_on_batch(inputs(SOURCE, TARGET))
    decoder, steps = model.decoder_layer, []
    memory = model.encoder_layer(SOURCE, mask=SOURCE > 0)
    state, prepared = decoder.start(memory), decoder.prepare(memory)
    for token_ids in TARGET.T:
        before = decoder.coverage(state)
        _, state = decoder.step(ops.convert_to_tensor(token_ids), state, prepared)
        steps.append(ops.convert_to_numpy(decoder.coverage(state) - before))
    np.testing.assert_allclose(found, np.stack(steps, axis=1), atol=1e-5)


def test_padding_does_not_change_the_weights(model):
    reader = AttentionReader(model)
    found = reader.predict_on_batch(inputs(SOURCE, TARGET))
    alone = reader.predict_on_batch(inputs(SOURCE[1:, :2], TARGET[1:, :2]))
    np.testing.assert_allclose(found[1:, :2, :2], alone, atol=1e-5)
    assert not found[1, :, 2].any()


def test_a_decoder_without_attention_is_named():
    with pytest.raises(ValueError, match=r"attention.*decoder='repeat_vector'"):
        AttentionReader(Seq2SeqModel(9, 7, decoder="repeat_vector", units=4))
