import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.coverage_penalty import CoveragePenalty
from nlpseq.models.beam_search import BeamSearch
from nlpseq.models.ensemble import EnsembleModel
from nlpseq.models.search import GreedySearch
from nlpseq.models.seq2seq import Seq2SeqModel

pytestmark = pytest.mark.backends

BEGIN, END, BANNED = 2, 3, (0, 1, 2)
MASK = np.arange(5) < np.array([5, 1, 3, 4])[:, None]


@pytest.fixture
def members(make_model):
    options = {"decoder_options": {"max_length": 9}}
    kinds = [("attention", {}), ("state_handoff", {"cell": "lstm"}), ("repeat_vector", options)]
    return [make_model(decoder, **options) for decoder, options in kinds]


def softmax(logits):
    shares = np.exp(ops.convert_to_numpy(logits).astype("float64"))
    return shares / shares.sum(axis=-1, keepdims=True)


def mean_probabilities(members, inputs):
    return np.mean([softmax(member(inputs)) for member in members], axis=0)


def test_gives_the_mean_of_the_probabilities(members, source, rng):
    inputs = {"source": source, "source_mask": MASK, "target": rng.integers(1, 7, size=(4, 6))}
    found = EnsembleModel(members)(inputs)
    expected = mean_probabilities(members, inputs)
    np.testing.assert_allclose(np.exp(ops.convert_to_numpy(found)), expected, rtol=1e-4)


def test_greedy_search_takes_the_best_mean_at_each_step(members, source):
    model = EnsembleModel(members)
    inputs = {"source": source, "source_mask": MASK}
    found = GreedySearch(model, BEGIN, END, banned_ids=BANNED).predict_on_batch(inputs)
    assert found["token_ids"].shape == (4, 9)  # the least `max_length` of the members
    for row, length in enumerate(found["lengths"]):
        tokens = found["token_ids"][row, :length]
        target = np.concatenate([[BEGIN], tokens[:-1]])[None]
        one = {"source": source[[row]], "source_mask": MASK[[row]], "target": target}
        probabilities = mean_probabilities(members, one)[0]
        probabilities[:, list(BANNED)] = 0
        assert probabilities.argmax(axis=-1).tolist() == tokens.tolist()
        probabilities /= probabilities.sum(axis=-1, keepdims=True)
        expected = np.log(probabilities.max(axis=-1)).sum()
        assert found["log_probs"][row] == pytest.approx(expected, rel=1e-4)


def test_a_model_with_itself_is_that_model(make_model, source):
    model = make_model("attention")
    inputs = {"source": source, "source_mask": MASK}
    options = {"banned_ids": BANNED, "num_best": 2, "coverage_penalty": CoveragePenalty(0.3)}
    one, twin = (
        BeamSearch(m, BEGIN, END, **options).predict_on_batch(inputs)
        for m in (model, EnsembleModel([model, model]))
    )
    for name, expected in one.items():
        np.testing.assert_allclose(twin[name], expected, rtol=1e-4)


def test_members_must_have_the_same_ids(make_model):
    other = Seq2SeqModel(11, 8, embedding_dim=3, units=4)
    with pytest.raises(ValueError, match=r"the same ids\. Received: 2 models.*\(11, 7\), \(11, 8"):
        EnsembleModel([make_model("attention"), other])
    with pytest.raises(ValueError, match=r"at least one .*Received: 0 models"):
        EnsembleModel([])


def test_is_neither_trained_nor_saved_as_one(make_model, source):
    ensemble = EnsembleModel([make_model("attention")] * 2)
    ensemble.compile("sgd")
    target = np.full_like(source, 5)
    inputs = {"source": source, "source_mask": MASK, "target": target}
    with pytest.raises(ValueError, match="train its members one by one"):
        ensemble.fit(inputs, target, verbose=0)
    with pytest.raises(ValueError, match="save its members one by one"):
        ensemble.get_config()
