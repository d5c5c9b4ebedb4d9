import json
import shutil

import pytest


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


def test_show_describes_a_model(run, saved_tagger, saved_translator, tagger):
    code, out, _ = run("show", saved_tagger)
    assert code == 0
    assert f"{saved_tagger}: a tagger\n" in out
    assert "  label: upos\n" in out
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
    (folder / "labels.jsonl").write_text("")
    assert_error([command, folder, *data], "labels.jsonl is damaged: 0 bytes, saved were")
    (folder / "labels.jsonl").unlink()
    assert_error([command, folder, *data], f"{folder} is incomplete: labels.jsonl is missing")
    config.unlink()
    assert_error([command, folder, *data], f"No saved model at {folder}: the folder has no config")
