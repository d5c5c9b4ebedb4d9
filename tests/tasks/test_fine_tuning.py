import datasets as hf
import numpy as np
import pytest

import nlpseq
from nlpseq.tasks.fine_tuning import begin_with
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translator import Translator

NEW = {
    "tokens": [["the", "zebra", "yawns"], ["a", "zebra", "runs"], ["hm"]],
    "upos": [["DET", "NOUN", "VERB"], ["DET", "NOUN", "VERB"], ["INTJ"]],
}


@pytest.fixture
def new():
    return hf.Dataset.from_dict(NEW)


def assert_old_weights_stay(task, old_task):
    """What the weights were is where it was; gives the number of those that became larger."""
    pairs = list(zip(task.model.get_weights(), old_task.model.get_weights(), strict=True))
    for found, old in pairs:
        np.testing.assert_array_equal(found[tuple(map(slice, old.shape))], old)
    return sum(found.shape != old.shape for found, old in pairs)


def test_new_words_and_labels_get_rows_and_all_else_stays(saved_tagger, tagger, new):
    begun = begin_with(Tagger, saved_tagger, new, {"min_count": 2, "dropout": 0.3})
    assert begun.codec.vocabulary.tokens == (*tagger.codec.vocabulary.tokens, "zebra")
    assert begun.codec.labels["upos"].tokens == (*tagger.codec.labels["upos"].tokens, "INTJ")
    assert begun.model.dropout == 0.3
    # The vectors of words and of characters (z, b); kernel and bias of the labels.
    assert assert_old_weights_stay(begun, tagger) == 4


def test_known_words_are_labelled_as_before(saved_tagger, tagger, tagged, new):
    begun = begin_with(Tagger, saved_tagger, new.select([0, 1]), {})  # no new label
    sentences = tagged["tokens"]
    one, other = begun.probabilities(sentences), tagger.probabilities(sentences)
    for found, expected in zip(one, other, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-6)
    assert begun.predict(sentences) == tagger.predict(sentences)


@pytest.mark.usefixtures("eager_training")
def test_what_is_new_is_learnt(saved_tagger, new, tmp_path):
    begun = begin_with(Tagger, saved_tagger, new, {"min_count": 1})
    begun.fit(new, epochs=20, learning_rate=0.05, verbose=0)
    assert begun.tag(NEW["tokens"][2:]) == [[("hm", "INTJ")]]
    begun.save_pretrained(tmp_path / "more")
    assert nlpseq.load(tmp_path / "more").predict(NEW["tokens"]) == begun.predict(NEW["tokens"])


def test_words_of_a_translator_are_added_on_both_sides(saved_translator, translator):
    new = hf.Dataset.from_dict({"en": ["the zebra runs ."] * 2, "de": ["das Zebra läuft ."] * 2})
    begun = begin_with(Translator, saved_translator, new, {"label_smoothing": 0.0})
    for side, word in (("source", "zebra"), ("target", "Zebra")):
        old = getattr(translator, f"{side}_tokenizer").vocabulary.tokens
        found = getattr(begun, f"{side}_tokenizer").vocabulary.tokens
        assert found[: len(old)] == old
        assert word in found[len(old) :]
    assert begun.label_smoothing == 0
    # The vectors of both sides; those of the target are the output layer too, and have a bias.
    assert assert_old_weights_stay(begun, translator) == 3


def test_pieces_stay_as_they_are(pairs, tmp_path):
    sizes = {"vocab_size": 60, "units": 4, "embedding_dim": 4}
    made = Translator.from_dataset(pairs, **sizes)
    made.save_pretrained(tmp_path / "run")
    new = hf.Dataset.from_dict({"en": ["zzz"], "de": ["ßßß"]})
    begun = begin_with(Translator, tmp_path / "run", new, {})
    assert assert_old_weights_stay(begun, made) == 0


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"units": 9}, r"`units` is 8 in .*tagger, so it can't be 9\. Leave it out, or train"),
        ({"label": "xpos"}, r"`label` is \['upos'\] in .*, so it can't be \['xpos'\]"),
        ({"lowercase": False}, r"`lowercase` is True in .*, so it can't be False"),
        ({"vectors": "a.vec"}, r"`vectors` can't be set for a training that begins with .*tagger"),
    ],
)
def test_settings_that_contradict_the_saved_model_are_named(saved_tagger, new, settings, message):
    with pytest.raises(ValueError, match=message):
        begin_with(Tagger, saved_tagger, new, settings)


def test_settings_that_agree_with_it_are_fine(saved_tagger, new):
    settings = {"units": 8, "label": "upos", "scheme": "BIOES", "seed": 3}
    assert begin_with(Tagger, saved_tagger, new, settings).model.units == 8


def test_a_vocabulary_may_not_be_chosen_anew(saved_translator, pairs):
    with pytest.raises(ValueError, match="`vocab_size` can't be set for a training that begins"):
        begin_with(Translator, saved_translator, pairs, {"vocab_size": 9000})
