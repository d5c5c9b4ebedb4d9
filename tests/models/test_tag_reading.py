import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.tag_reading import TagReading
from nlpseq.models.tagging import TaggingModel

pytestmark = [pytest.mark.backends, pytest.mark.one_backend]

to_numpy = ops.convert_to_numpy
TOKENS = np.array([[5, 3, 8, 2, 7, 7, 4]])
SIZES = {"vocab_size": 9, "characters": "none", "units": 6, "bidirectional": False}


@pytest.fixture(scope="module", params=["lstm", "gru"])
def reading(request):
    keras.utils.set_random_seed(0)
    columns = {"upos": 4, "a b": 3}
    return TagReading(TaggingModel(num_tags=columns, cell=request.param, num_layers=2, **SIZES))


def softmax(logits):
    shares = np.exp(to_numpy(logits).astype("float64"))
    return shares / shares.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pieces_of_any_size_are_the_sentence(reading, size):
    logits = reading.model({"tokens": TOKENS, "mask": TOKENS > 0})
    states, found = reading.zero_states(1), {"upos": [], "a b": []}
    for start in range(0, 7, size):
        piece = np.pad(TOKENS[:, start : start + size], [(0, 0), (0, 2)])  # padding is no token
        inputs = {"tokens": piece, "mask": piece > 0, "states": states}
        read = reading.predict_on_batch(inputs)
        states = read["states"]
        for column, shares in read["probabilities"].items():
            found[column].append(shares[:, : (piece > 0).sum()])
    for column, shares in found.items():
        np.testing.assert_allclose(np.hstack(shares), softmax(logits[column]), atol=1e-5)


@pytest.mark.parametrize("settings", [{"bidirectional": True}, {"head": "crf"}])
def test_a_model_that_needs_the_end_is_refused(settings):
    model = TaggingModel(num_tags={"upos": 4}, **{**SIZES, **settings})
    with pytest.raises(ValueError, match=r"others wait for its end\. Received: bidirectional="):
        TagReading(model)
