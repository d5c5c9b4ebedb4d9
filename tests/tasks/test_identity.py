import json

import pytest

from nlpseq.datasets.fingerprint import fingerprint
from nlpseq.tasks.identity import training_identity
from nlpseq.tasks.tagger import Tagger
from nlpseq.training.checkpoints import differences

SETTINGS = {"epochs": 3, "seed": 0}


def identity(data, dev=None, settings=SETTINGS, **construction):
    sizes = {"units": 4, "embedding_dim": 4, "characters": "none", "min_count": 1}
    task = Tagger.from_dataset(data, **{**sizes, **construction})
    return json.loads(json.dumps(training_identity(task, settings, fingerprint(data), dev)))


@pytest.fixture(scope="module")
def first(tagged):
    return identity(tagged, tagged)


def test_a_training_made_anew_is_the_same(first, tagged):
    assert differences(first, identity(tagged, tagged)) == []
    assert first["task"] == "tagger"
    assert set(first["tokenizers"]) == {"vocabulary.jsonl", "labels-upos.jsonl"}
    assert {"nlpseq", "keras", "numpy"} < set(first["versions"])


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"settings": {**SETTINGS, "seed": 1}}, ["settings.seed"]),
        ({"seed": 1}, ["first weights"]),
        ({"dropout": 0.1}, ["model.dropout"]),
        ({"lowercase": True}, ["codec.lowercase"]),
        ({"dev": None}, ["dev data"]),
    ],
    ids=str,
)
def test_what_is_another_training_is_named(first, tagged, change, names):
    found = differences(first, identity(tagged, **{"dev": tagged, **change}))
    assert [text.partition(" was ")[0] for text in found] == names


def test_other_rows_are_another_training(first, tagged):
    found = differences(first, identity(tagged.select([*range(1, 8), 0]), tagged))
    assert [text.partition(" was ")[0] for text in found] == ["training data"]
