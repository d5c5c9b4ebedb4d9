import numpy as np
import pytest
from keras import ops

import nlpseq
from nlpseq.tasks.translator import Translator

SMALL = {"units": 8, "embedding_dim": 8, "decoder": "attention"}


@pytest.fixture(scope="module")
def aligner(pairs):
    """A translator with attention, as it is before training. It is shared: do not change it."""
    return Translator.from_dataset(pairs, tokenizer="characters", **SMALL)


SOURCES = ["the fox runs .", "", "kite", "the fox and the kite fly .", " "]
TARGETS = ["der Fuchs läuft .", "der", "", "Drachen 日", "der"]


def test_weights_are_those_of_the_model_for_the_pair_alone(aligner):
    for found, source, target in zip(
        aligner.align(SOURCES, TARGETS), SOURCES, TARGETS, strict=True
    ):
        source_ids = np.array([[*aligner.source_tokenizer.encode(source), 3]])
        target_ids = np.array([[2, *aligner.target_tokenizer.encode(target)]])
        model = aligner.model
        memory = model.encoder_layer(source_ids, mask=source_ids > 0)
        expected = model.decoder_layer.attention_weights(memory, target_ids)
        np.testing.assert_allclose(found.weights, ops.convert_to_numpy(expected)[0], atol=1e-5)
        assert found.weights.shape == (len(target) + 1, len(source) + 1)
        assert found.source_tokens == [*source, "</s>"]
        assert found.target_tokens == [*target, "</s>"]


def test_tokens_are_put_together_to_words(aligner):
    found = aligner.align(SOURCES, TARGETS)
    assert [pair.source_words for pair in found] == [text.split() for text in SOURCES]
    assert [pair.target_words for pair in found] == [text.split() for text in TARGETS]
    columns = found[3].weights[:, 15:20].sum(axis=1)  # those of " kite", word 4
    assert SOURCES[3][15:20] == " kite"
    expected = [columns[:7].mean(), columns[7:9].mean()]  # "Drachen" and " 日"
    np.testing.assert_allclose(found[3].word_weights[:, 4], expected, rtol=1e-4)


@pytest.mark.parametrize("batch_tokens", [1, 30])
def test_a_pair_is_aligned_the_same_in_any_batch(aligner, batch_tokens):
    whole = aligner.align(SOURCES, TARGETS)
    apart = aligner.align(SOURCES, TARGETS, batch_tokens=batch_tokens)
    for one, other in zip(whole, apart, strict=True):
        np.testing.assert_allclose(one.weights, other.weights, atol=1e-5)


def test_without_targets_it_aligns_its_own_translations(aligner):
    own = aligner.predict(SOURCES)
    found, expected = aligner.align(SOURCES), aligner.align(SOURCES, own)
    assert [pair.target_words for pair in found] == [text.split() for text in own]
    assert [pair.links for pair in found] == [pair.links for pair in expected]


@pytest.mark.backends
@pytest.mark.parametrize("tokenizer", ["sentencepiece", "words"])
def test_every_target_word_has_one_link_on_every_backend(pairs, tokenizer, tmp_path):
    made = Translator.from_dataset(pairs, tokenizer=tokenizer, vocab_size=60, **SMALL)
    made.save_pretrained(tmp_path / "run")
    [found] = nlpseq.load(tmp_path / "run").align(["the fox runs ."], ["der Fuchs läuft ."])
    assert found.target_words == ["der", "Fuchs", "läuft", "."]
    assert sorted(target for _, target in found.links) == [0, 1, 2, 3]
    assert {source for source, _ in found.links} <= {0, 1, 2, 3}


def test_what_cannot_be_aligned_is_named(aligner, translator):
    with pytest.raises(ValueError, match=r"decoder='state_handoff'"):
        translator.align(["the fox"], ["der Fuchs"])
    with pytest.raises(ValueError, match=r"its target\. Received: 1 sources and 2 targets"):
        aligner.align(["the fox"], ["der", "Fuchs"])
    with pytest.raises(TypeError, match=r"must be lists\. Received: a string"):
        aligner.align("the fox")
    assert aligner.align([]) == []
