import keras
import numpy as np
import pytest

from nlpseq.tasks.any_shape import predict_batch

pytestmark = pytest.mark.backends


class Sums(keras.Model):
    """Adds tokens up, and counts how often its Python code runs."""

    def __init__(self):
        super().__init__()
        self.calls = []

    def call(self, inputs):
        self.calls.append(inputs["states"][0].shape)
        total = keras.ops.sum(inputs["tokens"], axis=1)
        return {"total": total, "states": inputs["states"][0] + 1.0}


def asked(batch, time):
    rng = np.random.default_rng(batch * time)
    tokens = rng.integers(0, 9, (batch, time)).astype(np.int32)
    return {"tokens": tokens, "states": [np.zeros((batch, 4), np.float32)]}


def test_outputs_are_those_of_keras_whatever_the_shapes():
    model = Sums()
    for batch, time in ((2, 3), (2, 5), (1, 1), (4, 5)):
        inputs = asked(batch, time)
        found = predict_batch(model, inputs)
        assert found["total"].tolist() == inputs["tokens"].sum(1).tolist()
        assert found["states"].shape == (batch, 4)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="how TensorFlow traces")
def test_a_model_is_traced_once_and_knows_the_size_of_its_states():
    model, keras_alone = Sums(), Sums()
    for batch, time in ((2, 3), (2, 5), (1, 1), (4, 5)):
        predict_batch(model, asked(batch, time))
        keras_alone.predict_on_batch(asked(batch, time))
    assert [tuple(shape) for shape in model.calls] == [(None, 4)]
    assert len(keras_alone.calls) == 3
