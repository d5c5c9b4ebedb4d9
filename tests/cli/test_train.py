import json
import re
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import nlpseq
from nlpseq.training.kept_epochs import kept_epochs

UPOS = ["--label", "upos"]
SMALL = ["--set", "units=4", "--set", "embedding_dim=4", "--set", "epochs=2"]

few_steps = pytest.mark.usefixtures("eager_training")


@pytest.fixture(scope="module")
def arguments(files, tmp_path_factory):
    """Everything after `nlpseq train tagger` but for the output folder."""
    config = tmp_path_factory.mktemp("config") / "small.yaml"
    config.write_text("units: 4\nembedding_dim: 4\nmin_count: 1\nepochs: 7\nlearning_rate: 1e-2\n")
    data = str(files / "train.conllu")
    return [
        *("--train", data, "--dev", data, "--test", data, "--label", "upos"),
        *("--config", str(config), "--set", "epochs=3", "--set", "seed=5"),
    ]


@pytest.fixture(scope="module")
def trained(run_once, arguments, tmp_path_factory):
    """The folder of a trained tagger and what the training printed."""
    folder = tmp_path_factory.mktemp("runs") / "pos"
    code, out = run_once("train", "tagger", *arguments, "--output", folder)
    assert code == 0
    return folder, out


def test_a_tagger_is_trained_and_saved(trained, tagged):
    folder, out = trained
    tagger = nlpseq.load(folder)
    assert (tagger.tokens_column, tagger.label_columns) == ("tokens", ["upos"])
    assert tagger.training["scores"] == tagger.evaluate(tagged)
    assert "8 sentences, " in out
    assert "Epoch 3/3" in out  # a line an epoch, and no progress bar, where this is no screen
    assert "\r" not in out
    assert f"Best epoch:\n  epoch: {tagger.training['best']['epoch']}\n" in out
    assert f"Test:\n  accuracy: {tagger.training['scores']['accuracy']:.4f}\n" in out
    assert f"Saved in {folder}\n" in out


def test_the_settings_of_file_and_command_line_are_used_and_recorded(trained):
    settings = json.loads((trained[0] / "training.json").read_text())["settings"]
    expected = {"units": 4, "min_count": 1, "learning_rate": 0.01, "epochs": 3, "seed": 5}
    assert expected.items() <= settings.items()
    assert (settings["label"], settings["patience"]) == ("upos", 5)
    assert nlpseq.load(trained[0]).model.units == 4


def test_a_new_process_trains_the_same_and_replaces_what_it_may(trained, arguments, tmp_path):
    folder = shutil.copytree(trained[0], tmp_path / "pos")
    (folder / "model.weights.h5").write_bytes(b"old")
    command = ["-m", "nlpseq", "train", "tagger", *arguments, "--output", folder, "--overwrite"]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    again, once = nlpseq.load(folder), nlpseq.load(trained[0])
    for weights in zip(again.model.get_weights(), once.model.get_weights(), strict=True):
        np.testing.assert_array_equal(*weights)
    assert again.training["scores"] == once.training["scores"]
    assert again.training["history"]["loss"] == once.training["history"]["loss"]


@few_steps
def test_a_translator_is_trained_on_two_files(run, files, tmp_path, pairs):
    data = [files / "train.en", files / "train.de"]
    code, out, _ = run(
        *("train", "translator", "--train", *data, "--dev", *data, *SMALL, "--set"),
        *("tokenizer=words", "--output", tmp_path / "en-de", "--source", "de", "--target", "en"),
    )
    assert code == 0
    translator = nlpseq.load(tmp_path / "en-de")
    assert translator.columns == ("de", "en")
    turned = pairs.select_columns(["de", "en"])
    expected = translator.training["best"]["val_bleu"]
    assert translator.evaluate(turned)["bleu"] == pytest.approx(expected)
    assert f"{len(pairs)} sentences, de to en, " in out
    assert "val_bleu" in out


def write_reviews(reviews, folder):
    """The texts and labels as a file of each kind."""
    names = reviews.features["label"].names
    named = reviews.map(lambda row: {"kind": names[row["label"]]}).remove_columns("label")
    rows = list(named.rename_column("text", "review"))
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    lines = ["kind,review", *(f'{row["kind"]},"{row["review"]}"' for row in rows)]
    (folder / "a.csv").write_text("\n".join(lines) + "\n")
    reviews.to_parquet(folder / "a.parquet")


@few_steps
@pytest.mark.parametrize(
    ("name", "columns", "labels"),
    [
        ("a.jsonl", {"text": "review", "label": "kind"}, ["negative", "neutral", "positive"]),
        ("a.csv", {"label": "kind"}, ["negative", "neutral", "positive"]),
        ("a.parquet", {}, ["negative", "neutral", "positive", "mixed"]),
    ],
)
def test_a_classifier_is_trained_on_files_of_all_kinds(
    run, reviews, tmp_path, name, columns, labels
):
    write_reviews(reviews, tmp_path)
    data, output = tmp_path / name, tmp_path / "run"
    command = ["train", "classifier", "--train", data, "--dev", data, "--test", data]
    for column, value in columns.items():
        command += [f"--{column}", value]
    code, out, _ = run(*command, *SMALL, "--set", "cell=simple_rnn", "--output", output)
    assert code == 0
    assert "8 sentences, " in out
    classifier = nlpseq.load(output)
    assert list(classifier.labels.tokens) == labels
    scores = classifier.training["scores"]
    assert f"Test:\n  accuracy: {scores['accuracy']:.4f}\n" in out
    assert scores["texts"] == 8
    settings = classifier.training["settings"]
    assert {"text": None, "label": None, **columns}.items() <= settings.items()


@few_steps
def test_a_regressor_is_trained_on_numbers_of_csv(run, assert_error, stars, tmp_path):
    path = tmp_path / "a.csv"
    rows = [f'{row["label"]},"{row["text"]}"' for row in stars]
    path.write_text("\n".join(["score,review", *rows]) + "\n")
    command = ["train", "regressor", "--train", path, "--dev", path, "--test", path, *SMALL]
    code, out, _ = run(*command, "--set", "cell=simple_rnn", "--output", tmp_path / "run")
    assert code == 0
    regressor = nlpseq.load(tmp_path / "run")
    assert (regressor.text_column, regressor.label_column) == ("review", "score")
    assert f"Test:\n  mse: {regressor.training['scores']['mse']:.4f}\n" in out
    path.write_text("score,review\n4,good\nmany,good\n")
    message = "dataset[1]: 'score' must be a number. Received: 'many'"
    assert_error([*command, "--output", tmp_path / "other"], message)


@few_steps
def test_dev_data_of_texts_are_cut_and_leakage_is_told(run, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"text": f"word{n % 230} {n % 7}", "label": n % 2} for n in range(230)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = ["train", "classifier", "--train", path, "--test", path, *SMALL]
    code, out, _ = run(*command, "--set", "cell=simple_rnn", "--output", tmp_path / "run")
    assert code == 0
    assert re.search(
        r"Dev data: \d+ of the 230 rows of .*, always the same ones, are held out", out
    )
    dev = nlpseq.load(tmp_path / "run").training["data"]["leaks"]["dev"]
    assert f"Leakage: {230 - dev['rows']} of 230 test rows are in the training data too" in out


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (
            '{"text": "a", "label": "x"}\n',
            [],
            "needs two labels or more to choose from. Received: x",
        ),
        ('{"text": "a", "y": 0.5}\n', [], "Name the column of the label with label="),
        ('{"a": "a", "b": "b", "label": 1}\n', [], "Name the column of the text with text=, such"),
        (
            '{"text": "a", "label": "x"}\n',
            ["--label", "kind"],
            "No labels of rows in a column 'kind'",
        ),
        ('{"text": "a", "label": "x"}\n', ["--text", "title"], "No text in a column 'title'"),
        (
            '{"text": "a", "label": "x"}\n{"text": "b", "label": ""}\n',
            [],
            "dataset[1]: the label in",
        ),
        ('{"text": null, "label": 1}\n{"text": "b", "label": 0}\n', [], "dataset[0]: the text of"),
        (
            '{"text": "a", "label": "x"}\n',
            ["--set", "max_length=0"],
            "`max_length` must be at least 1",
        ),
        ('{"text": "a", "label": "x"}\n', ["--set", "pooling=sum"], "`pooling` must be"),
        ('{"text": "a", "label": "x"}\n', ["--set", "tokenizer=bpe"], "`tokenizer` must be"),
    ],
)
def test_what_a_classifier_can_not_learn_from_is_named(
    assert_error, tmp_path, monkeypatch, content, options, message
):
    monkeypatch.setattr("keras.Model.fit", None)
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    command = ["train", "classifier", "--train", path, *options, "--output", tmp_path / "run"]
    assert_error(command, message)
    assert list(tmp_path.iterdir()) == [path]


@few_steps
def test_several_columns_are_trained_at_once(run, tmp_path, with_entities):
    data = tmp_path / "a.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in with_entities))
    options = ["--train", data, "--dev", data, "--label", "upos", "ner", *SMALL]
    options += ["--set", "characters=cnn", "--set", "character_units=4"]
    code, out, _ = run("train", "tagger", *options, "--output", tmp_path / "run")
    assert code == 0
    assert nlpseq.load(tmp_path / "run").label_columns == ["upos", "ner"]
    settings = json.loads((tmp_path / "run" / "training.json").read_text())["settings"]
    assert settings["label"] == ["upos", "ner"]
    for name in ("val_upos", "val_ner", "val_score"):
        assert f"  {name}: " in out


def test_a_sentence_of_5000_tokens_is_learnt_from(run, tmp_path):
    path = tmp_path / "long.conll"
    path.write_text("fox\tNOUN\nruns\tVERB\n\n" + "fox\tNOUN\n" * 5000)
    options = ["--set", "cell=simple_rnn", "--set", "epochs=1", "--output", tmp_path / "run"]
    assert run("train", "tagger", "--train", path, *SMALL, *options)[0] == 0
    training = json.loads((tmp_path / "run" / "training.json").read_text())
    assert [1, 5000] in training["batch_shapes"]


WORD = "1\tfox" + "\t_" * 8
BAD_DATA = [
    ("none.conllu", None, "No such file or folder: {}"),
    ("empty.conllu", b"", "{}: the file is empty or holds only blank lines"),
    (
        "columns.conllu",
        f"{WORD}\n\n1\tfox\tNOUN\n".encode(),
        "{}:3: expected 10 tab-separated columns, found 3: '1\\tfox\\tNOUN'",
    ),
    (
        "columns.conll",
        b"fox\tNOUN\nruns\n",
        "{}:2: expected 2 tab-separated columns, found 1: 'runs'",
    ),
    (
        "latin.conllu",
        WORD.replace("fox", "caf\xe9").encode("latin-1"),
        "{}:1: not UTF-8 (byte 0xe9 at column 6). Convert the file",
    ),
    ("cut.conllu.gz", b"\x1f\x8b\x08\x00", "{}: truncated or damaged gzip file"),
    ("wrong.jsonl", b'{"tokens": ["fox"]\n', "{}:1: not JSON"),
    ("damaged.parquet", b"PAR1", "{}: cannot be read: "),
    (
        "uneven.jsonl",
        b'{"tokens": ["fox", "runs"], "upos": ["NOUN"]}\n',
        "dataset[0]: each token needs one label. Received: 2 values in 'tokens', 1 in 'upos'",
    ),
    (
        "blank.jsonl",
        b'{"tokens": [], "upos": []}\n',
        "The column 'tokens' must hold lists of strings",
    ),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_DATA, ids=[row[0] for row in BAD_DATA])
@pytest.mark.parametrize("option", ["--train", "--dev", "--test"])
def test_bad_data_are_named_and_nothing_is_left_behind(
    assert_error, files, tmp_path, monkeypatch, option, name, content, message
):
    monkeypatch.setattr("keras.Model.fit", None)  # nothing may be trained before
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    data = {"--train": files / "train.conllu", option: path}
    options = [word for pair in data.items() for word in pair]
    output = ["--output", tmp_path / "runs" / "pos"]
    assert_error(
        ["train", "tagger", *options, "--label", "upos", *SMALL, *output], message.format(path)
    )
    assert sorted(tmp_path.iterdir()) == before


def test_parallel_files_of_different_lengths_are_named(assert_error, files, tmp_path):
    short = tmp_path / "short.de"
    short.write_text("Fuchs\n")
    message = f"Source and target have different numbers of lines: {files / 'train.en'} has 6, "
    command = ["train", "translator", "--train", files / "train.en"]
    output = ["--output", tmp_path / "run"]
    assert_error([*command, short, *output], message + f"{short} has 1")
    missing = tmp_path / "none.de"
    assert_error([*command, missing, *output], f"{missing}: No such file or directory")
    assert list(tmp_path.iterdir()) == [short]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "could be the labels: upos, xpos, feats. Choose one, for example label="),
        (["--label", "ner"], "There is no column 'ner'. Columns: tokens, lemmas, upos"),
        (
            ["--set", "unitz=4"],
            "--set: Unknown setting 'unitz'. Valid settings: batch_tokens, bidirectional, cell",
        ),
        ([*UPOS, "--set", "units=many"], "--set: `units` must be int. Received: units='many'"),
        ([*UPOS, "--set", "units"], "--set takes NAME=VALUE. Received: 'units'"),
        (
            [*UPOS, "--set", "units=0"],
            "`units` and `num_layers` must be at least 1. Received: units=0",
        ),
        ([*UPOS, "--set", "epochs=0"], "`epochs` and `patience` must be at least 1"),
        ([*UPOS, "--config", "none.yaml"], "No such file: none.yaml"),
        (
            [*UPOS, "--output", "{files}"],
            "{files} exists and is not a saved nlpseq model, so it is left",
        ),
        (
            [*UPOS, "--output", "{files}/train.en/a"],
            "{files}/train.en is not a folder that you may write",
        ),
    ],
)
def test_wrong_options_are_named_and_nothing_is_left_behind(
    assert_error, files, tmp_path, monkeypatch, options, message
):
    monkeypatch.setattr("keras.Model.fit", None)  # nothing may be trained before
    output = ["--output", tmp_path / "runs" / "pos"]
    command = ["train", "tagger", "--train", files / "train.conllu", *output]
    before = sorted(files.iterdir())
    options = [option.format(files=files) for option in options]
    assert_error([*command, *options], message.format(files=files))
    assert list(tmp_path.iterdir()) == []
    assert sorted(files.iterdir()) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "unitz: 4\n",
            "{}: Unknown setting 'unitz'. Valid settings: batch_tokens, bidirectional, cell",
        ),
        ("units: [4]\n", "{}: `units` must be int. Received: units=[4]"),
        ("- units\n", "{}: expected `name: value` lines"),
    ],
)
def test_a_wrong_config_file_is_named(assert_error, files, tmp_path, text, message):
    config = tmp_path / "a.yaml"
    config.write_text(text)
    command = ["train", "tagger", "--train", files / "train.conllu", "--label", "upos"]
    options = ["--config", config, "--output", tmp_path / "run"]
    assert_error([*command, *options], message.format(config))
    assert list(tmp_path.iterdir()) == [config]


def test_a_folder_that_holds_a_run_is_left_alone(assert_error, trained, arguments, monkeypatch):
    monkeypatch.setattr("keras.Model.fit", None)
    folder, _ = trained
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    command = ["train", "tagger", *arguments, "--output", folder]
    assert_error(command, f"{folder} already holds a saved model", "--overwrite")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


@pytest.mark.parametrize("task", ["tagger", "translator", "classifier", "regressor"])
def test_settings_are_listed(run, task):
    code, out, _ = run("settings", task)
    assert code == 0
    assert out.startswith("Settings:\n")
    assert "    units UNITS" in out


@pytest.fixture
def ctrl_c_after_an_epoch(monkeypatch):
    """Ctrl-C is pressed while the dev set is scored for the first time."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def press(callback, epoch, logs):
        logs["val_accuracy"] = 0.5
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr("nlpseq.tasks.task.DevScore.on_epoch_end", press)
        yield patch
    signal.signal(signal.SIGINT, before)


def test_an_interrupted_training_goes_on_with_the_same_command(
    run, assert_error, trained, arguments, tmp_path, ctrl_c_after_an_epoch, caplog
):
    command = ["train", "tagger", *arguments, "--output", tmp_path / "pos"]
    code, _, err = run(*command)
    assert code == 130
    assert err.endswith("To go on, give the same command again\nnlpseq: interrupted\n")
    ctrl_c_after_an_epoch.undo()
    checkpoint = tmp_path / "pos.checkpoints" / "checkpoint.npz"
    assert [*tmp_path.iterdir()] == [checkpoint.parent]
    other = [*command, "--set", "epochs=4"]
    assert_error(other, f"{checkpoint} is the checkpoint of another training: settings.epochs was")
    assert run(*command)[0] == 0
    assert f"Going on after epoch 1, from {checkpoint}" in caplog.messages
    assert [*tmp_path.iterdir()] == [tmp_path / "pos"]
    again, once = nlpseq.load(tmp_path / "pos"), nlpseq.load(trained[0])
    for weights in zip(again.model.get_weights(), once.model.get_weights(), strict=True):
        np.testing.assert_array_equal(*weights)
    assert again.training["history"]["loss"] == once.training["history"]["loss"]


@few_steps
def test_restart_throws_the_interrupted_training_away(run, assert_error, arguments, tmp_path):
    checkpoint = tmp_path / "pos.checkpoints" / "checkpoint.npz"
    checkpoint.parent.mkdir()
    checkpoint.write_bytes(b"from elsewhere")
    command = ["train", "tagger", *arguments, "--set", "epochs=1", "--output", tmp_path / "pos"]
    assert_error(command, f"{checkpoint} is damaged, or no checkpoint", "--restart")
    assert checkpoint.read_bytes() == b"from elsewhere"
    assert run(*command, "--restart")[0] == 0
    assert [*tmp_path.iterdir()] == [tmp_path / "pos"]


@few_steps
def test_a_training_begins_with_a_saved_model(run, assert_error, files, saved_tagger, tmp_path):
    command = ["train", "tagger", "--train", files / "train.conllu", "--init-from", saved_tagger]
    command += ["--output", tmp_path / "pos", "--set", "epochs=1", "--set", "dropout=0.2"]
    assert_error([*command, "--set", "units=4"], f"`units` is 8 in {saved_tagger}, so it can't be")
    assert run(*command)[0] == 0
    tagger = nlpseq.load(tmp_path / "pos")
    assert (tagger.model.units, tagger.model.dropout) == (8, 0.2)
    assert tagger.training["began_with"] == "tagger"
    assert tagger.training["settings"]["dropout"] == 0.2
    assert "units" not in tagger.training["settings"]


@pytest.mark.slow
@pytest.mark.parametrize("task", ["tagger", "translator"])
def test_a_command_killed_five_times_trains_the_same(files, tmp_path, task):
    small = {"units": 8, "embedding_dim": 8, "epochs": 12, "batch_tokens": 24, "ema": 0.9}
    small["patience"] = 12
    small |= {"checkpoint_minutes": 0, "dropout": 0.4, "keep_last": 2}
    if task == "tagger":
        data, options = [files / "train.conllu"], ["--label", "upos"]
    else:
        data, options = [files / "train.en", files / "train.de"], []
        small |= {"vocab_size": 60, "subword_alpha": 0.2}
    for name, value in small.items():
        options += ["--set", f"{name}={value}"]
    command = [sys.executable, "-m", "nlpseq", "train", task, "--train", *data, "--dev", *data]

    def start(output):
        return subprocess.Popen([*command, *options, "--output", output], stderr=subprocess.PIPE)

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    process = start(whole)
    _, err = process.communicate()
    assert process.returncode == 0, err
    checkpoint = tmp_path / "killed.checkpoints" / "checkpoint.npz"
    rng = np.random.default_rng()
    for steps in rng.integers(1, 4, size=5):
        process, written = start(killed), set()
        while process.poll() is None and len(written) <= steps:
            if checkpoint.exists():
                written.add(checkpoint.stat().st_ino)
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.02))
        process.kill()
        process.communicate()
    process = start(killed)
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert b"Going on" in err
    again, once = nlpseq.load(killed), nlpseq.load(whole)
    for weights in zip(again.model.get_weights(), once.model.get_weights(), strict=True):
        np.testing.assert_array_equal(*weights)
    for task in (again, once):
        task.training["history"].pop("tokens_per_second")
        task.training["best"].pop("tokens_per_second")
    assert again.training["history"] == once.training["history"]
    assert again.training["best"] == once.training["best"]
    names = [[path.name for path in kept_epochs(f"{f}.checkpoints")] for f in (whole, killed)]
    assert names[0] == names[1] != []
