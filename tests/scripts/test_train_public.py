"""The recipes for public data sets, on folders that look like the repositories they name."""

import json
import runpy
import sys
from pathlib import Path

import datasets as hf
import keras
import pytest
import yaml

import nlpseq

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "train_public.py"
RECIPES = sorted(path.stem for path in (ROOT / "scripts" / "public").iterdir())

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="the scripts are the same on every backend"
)


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(SCRIPT))


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["train_public.py", *map(str, arguments)])
        runpy.run_path(str(SCRIPT), run_name="__main__")
        return capsys.readouterr().out

    return run


def labelled(column, names):
    """Sentences whose labels are numbers with names, and a column that nobody asked for."""
    rows = {"id": ["0", "1"], "tokens": [["Ada", "met", "Bob"], ["Go", "!"]]}
    rows[column] = [[1, 0, 1], [0, 0]]
    features = {"id": hf.Value("string"), "tokens": hf.List(hf.Value("string"))}
    return hf.Dataset.from_dict(
        rows, features=hf.Features({**features, column: hf.List(hf.ClassLabel(names=names))})
    )


def treebank():
    """UPOS as numbers with names, features as text, and more columns."""
    dataset = labelled("upos", ["VERB", "PROPN"]).rename_column("id", "idx")
    return dataset.add_column("feats", [["Number=Sing", "_", "Number=Sing"], ["_", "_"]])


def pairs(source, target):
    return hf.Dataset.from_list(
        [
            {"translation": {source: "a dog", target: "x y"}},
            {"translation": {source: "b", target: "z"}},
        ]
    )


# What the repositories hold: a row of examples, and the files of each split.
LAYOUTS = {
    "conll-2000": (labelled("chunk_tags", ["O", "B-NP"]), ["train", "test"], "parquet"),
    "conll-2003": (labelled("ner_tags", ["O", "B-PER"]), None, "parquet"),
    "iwslt-14": (pairs("de", "en"), None, "parquet"),
    "multi30k": (hf.Dataset.from_dict({"en": ["a dog", "b"], "de": ["x y", "z"]}), None, "jsonl"),
    "opus-books": (pairs("en", "fr"), ["train"], "parquet"),
    "ud-treebank": (treebank(), None, "parquet"),
    "wnut-17": (labelled("ner_tags", ["O", "B-person"]), None, "parquet"),
}
EXPECTED = {
    "conll-2000": ["chunk_tags"],
    "conll-2003": ["ner_tags"],
    "iwslt-14": ("de", "en"),
    "multi30k": ("en", "de"),
    "opus-books": ("en", "fr"),
    "ud-treebank": ["upos", "feats"],
    "wnut-17": ["ner_tags"],
}


def write_repository(folder, recipe, name):
    """A folder as `datasets` downloads it: data files, and a card that names configurations."""
    dataset, splits, kind = LAYOUTS[name]
    config = recipe["data"].get("name", "default")
    files = []
    for split in splits or ["train", "validation", "test"]:
        path = folder / config / f"{split}-00000-of-00001.{kind}"
        path.parent.mkdir(exist_ok=True)
        repeated = hf.concatenate_datasets([dataset] * (120 if split == "train" else 3))
        if kind == "parquet":
            repeated.to_parquet(path)
        else:
            repeated.to_json(path)
        files.append({"split": split, "path": f"{config}/{split}-*.{kind}"})
    card = yaml.safe_dump({"configs": [{"config_name": config, "data_files": files}]})
    (folder / "README.md").write_text(f"---\n{card}---\n", encoding="utf-8")


def test_every_recipe_has_a_layout():
    assert set(LAYOUTS) == set(RECIPES)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_names_all_that_a_user_has_to_know(script, name):
    recipe = script["read_recipe"](name)
    assert {"about", "task", "data", "columns", "settings", "published", "measured"} == set(recipe)
    assert {"hub", "revision", "licence"} <= set(recipe["data"])
    assert "/" in recipe["data"]["hub"]


@pytest.mark.parametrize("name", RECIPES)
def test_columns_and_splits_of_the_repository_are_found(script, tmp_path, name):
    recipe = script["read_recipe"](name)
    write_repository(tmp_path, recipe, name)
    splits = script["load"](recipe, tmp_path)
    assert {"train", "dev"} <= set(splits)
    assert ("test" in splits) == (LAYOUTS[name][1] is None or "test" in LAYOUTS[name][1])
    settings = script["settings_of"](recipe, splits["train"], ["seed=3"])
    assert settings.fitting["seed"] == 3
    assert {**settings.construction, **settings.fitting}["epochs"] == recipe["settings"]["epochs"]
    if recipe["task"] == "tagger":
        tagger = nlpseq.Tagger.from_dataset(splits["train"], **settings.construction)
        assert tagger.label_columns == EXPECTED[name]
        names = LAYOUTS[name][0].features[EXPECTED[name][0]].feature.names
        predicted = tagger.codec.columns[EXPECTED[name][0]].possible_labels
        assert set(names) <= set(predicted)
    else:
        small = {**settings.construction, "vocab_size": 20, "units": 4, "tokenizer": "words"}
        translator = nlpseq.Translator.from_dataset(splits["train"], **small)
        assert translator.columns == EXPECTED[name]


@pytest.mark.usefixtures("eager_training")
def test_files_of_a_column_format_are_trained_on_and_scored(run, tmp_path):
    for split in ("train", "dev", "test"):
        text = "Ada\tB-person\nmet\tO\n\nGo\tO\n\n" * 3
        (tmp_path / f"{split}.conll").write_text(text, encoding="utf-8")
    sizes = ("units=4", "embedding_dim=4", "characters=none", "epochs=1")
    output = tmp_path / "out"
    printed = run(
        *("wnut-17", "--data-dir", tmp_path, "--output", output),
        *(part for size in sizes for part in ("--set", size)),
    )
    scores = json.loads(
        next(line for line in printed.splitlines() if line.startswith("test: "))[6:]
    )
    test = nlpseq.load_dataset(tmp_path / "test.conll")
    assert scores == nlpseq.load(output).evaluate(test)
    assert "published: F1 40.78" in printed


def test_parallel_files_are_sides_in_the_order_of_the_recipe(script, tmp_path):
    recipe = script["read_recipe"]("iwslt-14")
    for split in ("train", "val", "test"):
        (tmp_path / f"{split}.de").write_text("ein Hund\n", encoding="utf-8")
        (tmp_path / f"{split}.en").write_text("a dog\n", encoding="utf-8")
    splits = script["load"](recipe, tmp_path)
    assert sorted(splits) == ["dev", "test", "train"]
    assert splits["dev"][0] == {"translation": {"de": "ein Hund", "en": "a dog"}}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing", "--output", "OUT"], "There is no recipe 'nothing'. Recipes: conll-2000, "),
        (["wnut-17", "--output", "OUT", "--data-dir", "missing"], "There is no folder missing"),
        (["wnut-17", "--output", "OUT", "--data-dir", "FOLDER"], "several files for the split"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(run, tmp_path, capsys, arguments, message):
    for name in ("train.conll", "train.old.conll"):
        (tmp_path / name).write_text("a\tO\n", encoding="utf-8")
    places = {"OUT": tmp_path / "out", "FOLDER": tmp_path}
    with pytest.raises(SystemExit) as stop:
        run(*(places.get(argument, argument) for argument in arguments))
    assert stop.value.code == 2
    error = capsys.readouterr().err.strip()
    assert message in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_data_without_a_training_set_are_refused(script, tmp_path):
    (tmp_path / "test.conll").write_text("a\tO\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"There is no split 'train'\. Splits: test"):
        script["load"](script["read_recipe"]("wnut-17"), tmp_path)


def test_without_arguments_it_lists_the_data_sets(run):
    lines = run().splitlines()
    assert [line.split()[0] for line in lines] == RECIPES
