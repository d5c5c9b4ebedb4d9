"""The scripts run as their docstrings say, on a few sample sentences."""

import json
import math
import runpy
import subprocess
import sys
from pathlib import Path

import keras
import pytest

import nlpseq
from nlpseq.cli.settings import Settings, read_values

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="the scripts are the same on every backend"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    sentences = (SAMPLES / "pos-en.dev.conllu").read_text(encoding="utf-8").split("\n\n")[:30]
    (folder / "pos.conllu").write_text("".join(f"{s}\n\n" for s in sentences), encoding="utf-8")
    for side in ("en", "de"):
        lines = (SAMPLES / f"en-de.dev.{side}").read_text(encoding="utf-8").splitlines()[:30]
        (folder / f"pairs.{side}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def run_script(monkeypatch, capsys):
    def run(name, *arguments):
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        runpy.run_path(str(ROOT / "scripts" / name), run_name="__main__")
        return capsys.readouterr().out

    return run


RECIPES = {
    "multi30k": nlpseq.Translator,
    "ner": nlpseq.Tagger,
    "sample-en-de": nlpseq.Translator,
    "tatoeba": nlpseq.Translator,
    "ud-english-ewt": nlpseq.Tagger,
    "ud-small-treebank": nlpseq.Tagger,
}


def test_every_recipe_is_tested():
    assert {path.stem for path in (ROOT / "scripts" / "recipes").iterdir()} == RECIPES.keys()


@pytest.mark.parametrize(("name", "task"), RECIPES.items(), ids=RECIPES)
def test_recipes_set_what_can_be_set(name, task):
    path = str(ROOT / "scripts" / "recipes" / f"{name}.yaml")
    values = read_values(path, [])
    settings = Settings(task, values, path)  # it refuses unknown names and wrong types
    found = {**settings.construction, **settings.fitting}
    assert {name: found[name] for name in values} == values


@pytest.mark.usefixtures("eager_training")
def test_tagger_is_trained_saved_and_evaluated(run_script, files, tmp_path):
    data, output = files / "pos.conllu", tmp_path / "pos"
    printed = run_script(
        "train_tagger.py",
        *("--train", data, "--dev", data, "--test", data, "--label", "upos"),
        *("--output", output, "--epochs", 1),
    )
    assert "'tokens': " in printed
    scores = json.loads(run_script("evaluate.py", output, data))
    assert scores == nlpseq.load(output).evaluate(nlpseq.load_dataset(data))


@pytest.mark.usefixtures("eager_training")
def test_translator_is_trained_and_saved(run_script, files, tmp_path):
    data, output = [files / "pairs.en", files / "pairs.de"], tmp_path / "en-de"
    printed = run_script(
        "train_translator.py",
        *("--train", *data, "--dev", *data, "--test", *data),
        *("--output", output, "--epochs", 1, "--decoder", "repeat_vector"),
    )
    assert "nrefs:1|case:mixed" in printed
    assert nlpseq.load(output).model.decoder == "repeat_vector"


def test_throughput_counts_the_work_of_a_tagger(run_script, files):
    sizes = ["--set", "units=32", "--set", "embedding_dim=16", "--set", "character_units=8"]
    printed = run_script("throughput.py", "tagger", files / "pos.conllu", "--label", "upos", *sizes)
    # 3 passes of 2 operations a weight: an LSTM of 32 units over 16 + 8 in each of two directions,
    # and the labels over 2 * 32.
    labels = len({tag for row in nlpseq.load_dataset(files / "pos.conllu")["upos"] for tag in row})
    weights = 2 * 4 * 32 * (16 + 8 + 32) + 2 * 32 * labels
    assert f"({3 * 2 * weights / 1e6:.1f} MFLOP a token)" in printed
    assert "GFLOP/s" in printed


def test_a_stream_is_tagged_whole(run_script, files, saved_tagger):
    printed = run_script("tagging_stream.py", saved_tagger, files / "pos.conllu", "--sentences", 70)
    tokens = nlpseq.load_dataset(files / "pos.conllu")["tokens"]
    expected = sum(len(tokens[place % 30]) + 1 for place in range(70))  # and a word that is new
    assert printed.startswith(f"70 sentences, {expected} tokens: ")


@pytest.mark.slow
def test_a_killed_training_ends_like_an_undisturbed_one(files):
    small = ["units=8", "embedding_dim=8", "vocab_size=60", "epochs=30"]
    done = subprocess.run(
        [
            *(sys.executable, ROOT / "scripts" / "kill_and_resume.py", "translator"),
            *(files / "pairs.en", files / "pairs.de", "--kills", "2"),
            *(f"--set={setting}" for setting in small),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("killed after") == 2
    assert done.stdout.endswith("weights identical\nscores of all epochs identical\n")


def test_the_n_gram_baseline_is_the_formula(run_script, tmp_path):
    for name, text in (("train", "ab\nab\n"), ("test", "ab\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    files = tmp_path / "train.txt", tmp_path / "test.txt"
    # Three characters, each twice, and one that stands for all others.
    expected = -math.log2((2 + 3 / 4) / (6 + 3))
    found = run_script("ngram_baseline.py", *files, "--order", 1)
    assert found == f"3 characters, {expected:.4f} bits per character\n"
    # After each of them the next one came twice, and nothing else.
    expected = -math.log2((2 + (2 + 3 / 4) / (6 + 3)) / (2 + 1))
    found = run_script("ngram_baseline.py", *files, "--order", 2)
    assert found == f"3 characters, {expected:.4f} bits per character\n"
