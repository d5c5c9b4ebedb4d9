import json
import subprocess
import sys

import numpy as np
import pytest

import nlpseq
from nlpseq.hub import TASKS, average, load
from nlpseq.saving import new_folder
from nlpseq.tasks.sequence_classifier import SequenceClassifier
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translator import Translator


def test_the_right_task_comes_back(saved_tagger, saved_translator, saved_classifier):
    assert type(load(saved_tagger)) is Tagger
    assert type(load(str(saved_translator))) is Translator
    assert type(load(saved_classifier)) is SequenceClassifier
    assert TASKS.keys() == {"tagger", "translator", "language-model", "classifier", "regressor"}
    assert nlpseq.load is load


PREDICT = """
import json, sys
import nlpseq

predictions = [nlpseq.load(folder).predict(json.loads(sys.argv[1])) for folder in sys.argv[2:]]
print(json.dumps(predictions))
"""
SENTENCES = ["the fox runs .", "", "zebras 🎉 and the old kite", "  ", "the fox " * 30]


def test_a_new_process_predicts_the_same(tagger, translator, saved_tagger, saved_translator):
    arguments = [json.dumps(SENTENCES), str(saved_tagger), str(saved_translator)]
    found = subprocess.run(
        [sys.executable, "-c", PREDICT, *arguments], check=True, capture_output=True
    )
    labels, translations = json.loads(found.stdout)
    assert [[tuple(pair) for pair in row] for row in labels] == tagger.predict(SENTENCES)
    assert translations == translator.predict(SENTENCES)


def test_a_model_cut_short_is_refused(tagger, tmp_path):
    folder = tmp_path / "run"
    tagger.save_pretrained(folder)
    weights = folder / "model.weights.h5"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"model\.weights\.h5 is damaged: 1000 bytes, saved were"):
        load(folder)
    weights.unlink()
    with pytest.raises(ValueError, match=r"run is incomplete: model\.weights\.h5 is missing"):
        load(folder)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"task": "summariser"}, r"run holds a task 'summariser'.*knows: tagger, translator"),
        ({}, r"run holds a task None.*knows: tagger, translator"),
    ],
)
def test_a_task_that_it_does_not_know_is_named(tmp_path, config, message):
    with new_folder(tmp_path / "run", config):
        pass
    with pytest.raises(ValueError, match=message):
        load(tmp_path / "run")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"No saved model at .*nowhere: there is no such"):
        load(tmp_path / "nowhere")


@pytest.fixture(scope="module")
def save_fresh(tagged, tmp_path_factory):
    """Saves taggers that were not trained, and gives their folders."""
    folder = tmp_path_factory.mktemp("fresh")

    def save(name, data=tagged, **settings):
        sizes = {"units": 4, "embedding_dim": 4, "character_units": 4, "min_count": 1}
        Tagger.from_dataset(data, **{**sizes, **settings}).save_pretrained(folder / name)
        return folder / name

    return save


def test_weights_are_averaged(save_fresh, tmp_path):
    folders = [save_fresh(f"seed-{seed}", seed=seed) for seed in range(3)]
    found = average(folders)
    weights = zip(*(load(folder).model.get_weights() for folder in folders), strict=True)
    for got, arrays in zip(found.model.get_weights(), weights, strict=True):
        np.testing.assert_allclose(got, np.mean(arrays, axis=0), rtol=1e-6, atol=1e-7)
    assert found.training["averaged"] == ["seed-0", "seed-1", "seed-2"]
    found.save_pretrained(tmp_path / "mean")
    assert load(tmp_path / "mean").tag("a fox") == found.tag("a fox")


def test_models_that_differ_in_more_than_weights_are_not_averaged(save_fresh, tagged):
    one, wide = save_fresh("one"), save_fresh("wide", units=6)
    other = save_fresh("other", tagged.select([1, 0, *range(2, 8)]))  # the same vocabulary
    half = save_fresh("half", tagged.select(range(4)))
    average([one, other])
    with pytest.raises(
        ValueError, match=r"wide is another model than .*one: model\.units was 4, is 6"
    ):
        average([one, wide])
    with pytest.raises(ValueError, match=r"half is another model .* vocabulary\.jsonl was "):
        average([one, half])


@pytest.mark.parametrize("folders", [[], "runs/pos"])
def test_models_to_average_are_a_list(folders):
    with pytest.raises(ValueError, match="`folders` must be a list of saved models"):
        average(folders)
