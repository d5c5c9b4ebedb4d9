import json
import shutil

import pytest
import sacrebleu

pytestmark = pytest.mark.usefixtures("models_built_once")


def test_scores_are_printed_and_written(run, saved_tagger, tagger, tagged, files, tmp_path):
    data, path = files / "train.conllu", tmp_path / "scores.json"
    code, out, err = run("evaluate", saved_tagger, "--data", data, "--json", path)
    scores = tagger.evaluate(tagged)
    assert (code, err) == (0, "")
    assert json.loads(path.read_text()) == scores
    assert f"  accuracy: {scores['accuracy']:.4f}\n" in out
    assert f"  tokens: {scores['tokens']}\n" in out
    assert "  unknown_accuracy: None\n" in out


def test_a_translator_is_scored_on_two_files(run, saved_translator, translator, pairs, files):
    code, out, _ = run(
        "evaluate", saved_translator, "--data", files / "train.en", files / "train.de"
    )
    scores = translator.evaluate(pairs)
    assert code == 0
    assert f"  bleu: {scores['bleu']:.4f}\n" in out
    assert f"  bleu_signature: {scores['bleu_signature']}\n" in out


def test_a_beam_is_for_a_translator(
    run, assert_error, saved_translator, translator, saved_tagger, pairs, files
):
    data = [files / "train.en", files / "train.de"]
    _, out, _ = run("evaluate", saved_translator, "--data", *data, "--beam-size", 3)
    assert f"bleu: {translator.evaluate(pairs, beam_size=3)['bleu']:.4f}" in out
    arguments = ("evaluate", saved_tagger, "--data", files / "train.conllu", "--beam-size", 3)
    assert_error(arguments, "is a tagger; --beam-size needs a translator")


def test_a_translator_is_scored_against_files_of_references(
    run, assert_error, saved_translator, translator, saved_tagger, pairs, files, tmp_path
):
    other = tmp_path / "other.de"
    other.write_text("".join(f"ein {text}\n" for text in pairs["de"]), encoding="utf-8")
    data = ["--data", files / "train.en", files / "train.de"]
    start = ["evaluate", saved_translator, *data, "--references"]
    path = tmp_path / "scores.json"
    code, _, _ = run(*start, files / "train.de", other, "--beam-size", 2, "--json", path)
    assert code == 0
    scores = json.loads(path.read_text())
    found = translator.predict(pairs["en"][:], beam_size=2)
    streams = [pairs["de"][:], [f"ein {text}" for text in pairs["de"]]]
    assert scores["bleu"] == pytest.approx(sacrebleu.corpus_bleu(found, streams).score)
    assert scores["sentences"] == len(found)
    other.write_text("ein Fuchs\n")
    count = f"{files / 'train.en'} {files / 'train.de'} has {len(pairs)}, {other} has 1"
    assert_error([*start, other], f"a line for each pair of the data: {count}")
    assert_error([*start, other, files / "train.de"], f"{other} has 1, {files / 'train.de'} has")
    arguments = ["evaluate", saved_tagger, "--data", files / "train.conllu", "--references", other]
    assert_error(arguments, "is a tagger; --references needs a translator")


def test_data_that_do_not_fit_the_model_are_named(assert_error, saved_tagger, files, tmp_path):
    path = tmp_path / "a.conll"
    path.write_text("fox\tNOUN\n")
    message = "There is no column 'upos'. Columns: tokens, tags"
    assert_error(["evaluate", saved_tagger, "--data", path], message)
    parallel = [files / "train.en", files / "train.de"]
    assert_error(["evaluate", saved_tagger, "--data", *parallel], "no column 'tokens'")


def test_a_file_for_the_scores_that_cannot_be_written_is_named(assert_error, saved_tagger, files):
    out = assert_error(
        ["evaluate", saved_tagger, "--data", files / "train.conllu", "--json", files / "no" / "a"],
        f"{files / 'no' / 'a'}: No such file or directory",
    )
    assert "accuracy" in out  # the work is not lost


@pytest.fixture
def wrong(tmp_path):
    """Sentences of which a tagger gets all labels right but for those of `kite`."""
    path = tmp_path / "wrong.conllu"
    words = ["the\t_\tDET", "kite\t_\tVERB", "flies\t_\tVERB", "a\t_\tDET", "kite\t_\tVERB"]
    lines = [f"{i}\t{word}" + "\t_" * 6 for i, word in enumerate(words, start=1)]
    path.write_text("\n".join(lines) + "\n\n")
    return path


def test_the_most_frequent_errors_are_printed_with_a_table(run, saved_tagger, wrong):
    code, out, _ = run("evaluate", saved_tagger, "--data", wrong, "--errors")
    assert code == 0
    assert "Most frequent errors of upos:\n       2 x VERB taken for NOUN: kite\n" in out
    table = "reference  DET  NOUN  VERB\nDET          2     .     .\nNOUN         .     .     .\n"
    assert f"{table}VERB         .     2     1\n" in out


def test_errors_are_drawn(run, saved_tagger, wrong, tmp_path):
    path = tmp_path / "errors.png"
    code, out, _ = run("evaluate", saved_tagger, "--data", wrong, "--picture", path)
    assert code == 0
    assert f"Drawn in {path}\n" in out
    assert "Most frequent errors" not in out
    assert path.read_bytes().startswith(b"\x89PNG")


def test_every_column_has_scores_errors_and_a_picture(run, saved_joint_tagger, tmp_path):
    data, path = tmp_path / "a.jsonl", tmp_path / "errors.png"
    rows = {"tokens": ["Bob", "left"], "upos": ["X", "VERB"], "ner": ["I-PER", "O"]}
    data.write_text(json.dumps(rows) + "\n")
    options = ["--data", data, "--errors", "--picture", path]
    code, out, _ = run("evaluate", saved_joint_tagger, *options)
    assert code == 0
    assert "  upos:\n    accuracy: 0.5000\n" in out
    assert "  ner:\n    accuracy: 1.0000\n" in out
    assert "    types:\n      PER:\n        precision: 1.0000\n" in out
    assert "  score: 0.7500\n" in out
    assert "Most frequent errors of upos:\n       1 x X taken for PROPN: Bob\n" in out
    pictures = [tmp_path / f"errors-{column}.png" for column in ("upos", "ner")]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


@pytest.mark.parametrize("option", [["--errors"], ["--picture", "errors.png"]])
def test_errors_are_those_of_a_tagger(assert_error, saved_translator, files, option):
    data = ["--data", files / "train.en", files / "train.de"]
    message = f"{saved_translator} is a translator; --errors and --picture need a tagger"
    assert assert_error(["evaluate", saved_translator, *data, *option], message) == ""


def test_show_describes_a_model(run, saved_tagger, saved_translator, tagger):
    code, out, _ = run("show", saved_tagger)
    assert code == 0
    assert f"{saved_tagger}: a tagger\n" in out
    assert "  labels of upos: NOUN, " in out
    assert "  trained, sentences: 8\n" in out
    best = tagger.training["best"]
    assert f"Best epoch:\n  epoch: {best['epoch']}\n" in out
    assert f"  val_accuracy: {best['val_accuracy']:.4f}\n" in out
    assert "Total params" in out
    assert "  decoder: state_handoff\n" in run("show", saved_translator)[1]


def test_a_model_that_was_not_trained_is_described_too(run, tagged, tmp_path):
    from nlpseq.tasks.tagger import Tagger

    Tagger.from_dataset(tagged, units=4, embedding_dim=4).save_pretrained(tmp_path / "run")
    code, out, _ = run("show", tmp_path / "run")
    assert code == 0
    assert "trained" not in out


@pytest.mark.parametrize("command", ["show", "evaluate", "tag"])
def test_a_model_folder_cut_short_is_named(assert_error, command, saved_tagger, files, tmp_path):
    folder = shutil.copytree(saved_tagger, tmp_path / "run")
    data = ["--data", files / "train.conllu"] if command == "evaluate" else []
    config = folder / "config.json"
    whole = config.read_text()
    config.write_text(whole[:50])
    assert_error([command, folder, *data], f"{config} is damaged")
    config.write_text(whole)
    labels = folder / "labels-upos.jsonl"
    labels.write_text("")
    assert_error([command, folder, *data], "labels-upos.jsonl is damaged: 0 bytes, saved were")
    labels.unlink()
    assert_error([command, folder, *data], f"{folder} is incomplete: labels-upos.jsonl is missing")
    config.unlink()
    assert_error([command, folder, *data], f"No saved model at {folder}: the folder has no config")
