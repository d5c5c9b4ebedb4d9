import numpy as np
import pytest

from nlpseq.models.growth import grow
from nlpseq.models.seq2seq import DECODERS, Seq2SeqModel
from nlpseq.models.tagging import TaggingModel
from nlpseq.training.record import set_seed

TOKENS = np.array([[5, 3, 8], [2, 4, 0]])


@pytest.fixture
def tagging_model():
    sizes = {"num_characters": 5, "embedding_dim": 4, "character_units": 4, "units": 3}
    model = TaggingModel(9, {"a": 3, "b": 2}, head="crf", forbidden={"a": [(0, 1)]}, **sizes)
    for number, crf in enumerate(model.crfs.values()):
        crf.transitions.assign(np.full(crf.transitions.shape, number + 1.0))
    return model


@pytest.mark.backends
def test_a_larger_tagger_gives_old_labels_their_old_scores(tagging_model):
    sizes = {"vocab_size": 12, "num_tags": {"a": 3, "b": 4}, "num_characters": 7}
    larger = grow(tagging_model, **sizes)
    inputs = {
        "tokens": TOKENS,
        "mask": TOKENS > 0,
        "spellings": np.array([[2, 4, 3], [2, 3, 0]]),
        "short_spellings": np.array([[4, 0]]),
        "spelling_index": np.array([[0, 1, 0], [1, 2, 0]]),
    }
    before, after = tagging_model.predict_on_batch(inputs), larger.predict_on_batch(inputs)
    np.testing.assert_allclose(after["a"], before["a"], atol=1e-6)
    np.testing.assert_allclose(after["b"][..., :2], before["b"], atol=1e-6)
    transitions = np.array(larger.crfs["b"].transitions)
    assert (transitions[:2, :2] == 2).all()
    assert transitions.sum() == 8  # moves of new labels begin at 0, as in a fresh CRF
    assert larger.forbidden == {"a": [(0, 1)]}


@pytest.mark.parametrize("decoder", DECODERS)
def test_a_larger_translator_gives_old_tokens_their_old_scores(decoder):
    sizes = {"embedding_dim": 4, "units": 4, "decoder": decoder}
    model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, **sizes)
    larger = grow(model, source_vocab_size=11, target_vocab_size=8)
    inputs = {"source": TOKENS, "source_mask": TOKENS > 0, "target": np.array([[2, 6], [2, 4]])}
    before, after = model.predict_on_batch(inputs), larger.predict_on_batch(inputs)
    assert after.shape == (2, 2, 8)
    np.testing.assert_allclose(after[..., :7], before, atol=1e-6)


def test_old_rows_stay_and_new_ones_are_those_of_a_fresh_model():
    sizes = {"num_tags": {"a": 2}, "characters": "none", "units": 3, "embedding_dim": 8}
    set_seed(1)
    old = TaggingModel(500, **sizes)
    set_seed(2)
    larger = grow(old, vocab_size=1000)
    set_seed(2)
    fresh = TaggingModel(1000, **sizes)
    rows = [np.array(m.get_layer("embedding").matrix) for m in (old, larger, fresh)]
    np.testing.assert_array_equal(rows[1], np.concatenate([rows[0], rows[2][500:]]))


def test_the_same_sizes_give_the_same_model(tagging_model):
    again = grow(tagging_model)
    for got, expected in zip(again.get_weights(), tagging_model.get_weights(), strict=True):
        np.testing.assert_array_equal(got, expected)


def test_a_smaller_model_is_refused(tagging_model):
    with pytest.raises(ValueError, match=r"No weight may become smaller.*\(9, 4\), then \(8, 4\)"):
        grow(tagging_model, vocab_size=8)
