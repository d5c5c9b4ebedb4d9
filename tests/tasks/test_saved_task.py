import json
import shutil

import numpy as np
import pytest

import nlpseq
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translator import Translator


def same_weights(one, other):
    pairs = zip(one.model.get_weights(), other.model.get_weights(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def test_a_saved_task_is_a_folder_that_a_person_can_read(saved_tagger, tagger):
    names = sorted(file.name for file in saved_tagger.iterdir())
    expected = ["README.md", "characters.jsonl", "config.json", "labels-upos.jsonl"]
    assert names == [*expected, "model.weights.h5", "training.json", "vocabulary.jsonl"]
    config = json.loads((saved_tagger / "config.json").read_text())
    assert (config["task"], config["model"]["units"]) == ("tagger", 8)
    assert json.loads((saved_tagger / "training.json").read_text()) == tagger.training
    card = (saved_tagger / "README.md").read_text()
    assert "# tagger: a tagger made with nlpseq" in card
    assert f"| val_accuracy | {tagger.training['best']['val_accuracy']:.4f} |" in card


def test_the_model_card_may_be_edited(saved_tagger, tagger, tmp_path):
    folder = shutil.copytree(saved_tagger, tmp_path / "edited")
    (folder / "README.md").write_text("My own words.\n")
    assert same_weights(Tagger.from_pretrained(folder), tagger)


def test_the_weights_are_saved_without_the_state_of_the_optimizer(saved_tagger, tagger):
    bytes_of_weights = 4 * tagger.model.count_params()
    size = (saved_tagger / "model.weights.h5").stat().st_size
    assert bytes_of_weights < size < 2 * bytes_of_weights + 100_000


def test_a_task_that_was_not_trained_can_be_saved_too(fresh, tmp_path):
    fresh.save_pretrained(tmp_path / "fresh")
    loaded = Tagger.from_pretrained(tmp_path / "fresh")
    assert same_weights(loaded, fresh)
    assert loaded.training == {}


def test_saving_is_refused_over_a_model_unless_it_is_said(fresh, tagger, tmp_path):
    fresh.save_pretrained(tmp_path / "run")
    with pytest.raises(FileExistsError, match="run already holds a saved model"):
        tagger.save_pretrained(tmp_path / "run")
    assert same_weights(nlpseq.load(tmp_path / "run"), fresh)
    tagger.save_pretrained(tmp_path / "run", overwrite=True)
    assert same_weights(nlpseq.load(tmp_path / "run"), tagger)


def test_a_failure_while_saving_leaves_nothing_behind(fresh, tmp_path, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(Tagger, "_save_tokenizers", full)
    with pytest.raises(OSError, match="No space left"):
        fresh.save_pretrained(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_another_task_is_told_apart(saved_tagger):
    with pytest.raises(ValueError, match=r"tagger holds a tagger, not a translator\. nlpseq\.load"):
        Translator.from_pretrained(saved_tagger)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda config: config["codec"].pop("columns"), "KeyError: 'columns'"),
        (lambda config: config["model"].pop("vocab_size"), "TypeError: .*'vocab_size'"),
    ],
)
def test_a_config_that_does_not_fit_is_told(saved_tagger, tmp_path, change, message):
    folder = shutil.copytree(saved_tagger, tmp_path / "edited")
    config = json.loads((folder / "config.json").read_text())
    change(config)
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ValueError, match=f"config.json is not as this version.*{message}"):
        Tagger.from_pretrained(folder)
