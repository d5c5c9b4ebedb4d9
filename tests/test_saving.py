import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nlpseq.saving import FORMAT, check_free, new_file, new_folder, read_config


def save(folder, labels="NOUN", **options):
    with new_folder(folder, {"task": "tagger"}, **options) as path:
        (path / "labels.txt").write_text(labels)
        (path / "weights.h5").write_bytes(b"12345678")


def content(folder):
    return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


@pytest.fixture
def saved(tmp_path):
    save(tmp_path / "run")
    return tmp_path / "run"


def test_what_was_saved_is_read_again(saved):
    config = read_config(saved)
    assert (config["task"], config["format"]) == ("tagger", FORMAT)
    assert sorted(config["files"]) == ["labels.txt", "weights.h5"]
    assert os.listdir(saved.parent) == ["run"]  # no temporary folder is left


def test_parents_are_made_and_an_empty_folder_is_free(tmp_path):
    save(tmp_path / "a" / "b")
    (tmp_path / "empty").mkdir()
    save(str(tmp_path / "empty"))
    assert read_config(tmp_path / "a" / "b") == read_config(tmp_path / "empty")


def test_the_folder_can_be_read_by_others_as_any_new_folder(saved):
    assert saved.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("overwrite", [False, True])
def test_an_error_while_writing_leaves_nothing_new_behind(tmp_path, error, overwrite):
    if overwrite:
        save(tmp_path / "run", labels="old")
    before = {path.name: content(path) for path in tmp_path.iterdir()}

    def half_a_save():
        with new_folder(tmp_path / "run", {}, overwrite) as path:
            (path / "labels.txt").write_text("ne")
            raise error

    with pytest.raises(error):
        half_a_save()
    assert {path.name: content(path) for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_an_error_while_replacing_brings_the_old_folder_back(saved, monkeypatch, error):
    before = content(saved)
    rename = Path.rename

    def rename_but_not_the_new_one(path, target):
        if (path / "labels.txt").read_text() == "new":
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename_but_not_the_new_one)
    with pytest.raises(error):
        save(saved, labels="new", overwrite=True)
    assert content(saved) == before
    assert os.listdir(saved.parent) == ["run"]


KILLED_HALFWAY = """
import os, signal, sys
from nlpseq.saving import new_folder
with new_folder(sys.argv[1], {}, overwrite=True) as path:
    (path / "labels.txt").write_text("ne")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("there_before", [False, True])
def test_a_killed_process_never_leaves_half_a_model(tmp_path, there_before):
    run = tmp_path / "run"
    if there_before:
        save(run)
    found = subprocess.run([sys.executable, "-c", KILLED_HALFWAY, str(run)], check=False)
    assert found.returncode == -signal.SIGKILL
    assert run.exists() == there_before
    if there_before:
        assert read_config(run)["task"] == "tagger"
    save(run, overwrite=True)  # what the crash left is in nobody's way
    assert read_config(run)["task"] == "tagger"


def test_a_saved_model_is_replaced_only_when_that_is_said(saved):
    with pytest.raises(FileExistsError, match=r"run already holds a saved model.*overwrite=True"):
        save(saved, labels="VERB")
    assert (saved / "labels.txt").read_text() == "NOUN"
    save(saved, labels="VERB", overwrite=True)
    assert (saved / "labels.txt").read_text() == "VERB"
    assert read_config(saved)["files"]["labels.txt"]["size_bytes"] == 4
    assert os.listdir(saved.parent) == ["run"]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize(
    "files",
    [
        {"thesis.tex": "years of work"},
        {"config.json": '{"model_type": "bert"}'},  # another program's
        {"config.json": "[]"},
        {"config.json": '{"format": 1, "fi'},
    ],
)
def test_what_nlpseq_did_not_write_is_never_replaced(tmp_path, files, overwrite):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(FileExistsError, match=r"is not a saved nlpseq model, so it is left alone"):
        check_free(tmp_path, overwrite)


def test_a_file_is_no_place_for_a_folder(tmp_path):
    (tmp_path / "run").write_text("a file")
    with pytest.raises(FileExistsError, match="run exists and is not a saved nlpseq model"):
        check_free(tmp_path / "run", overwrite=True)
    with pytest.raises(PermissionError, match=r"pos cannot be written: .*run is not a folder"):
        check_free(tmp_path / "run" / "pos")


def test_a_folder_that_may_not_be_written_to_is_found_out_before(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)  # root may do anything
    with pytest.raises(PermissionError, match=r"pos cannot be written: .* you may write to"):
        check_free(tmp_path / "runs" / "pos")


def cut_short(file):
    file.write_bytes(file.read_bytes()[:-3])


def alter(file):
    file.write_bytes(b"x" + file.read_bytes()[1:])


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        ("weights.h5", Path.unlink, r"run is incomplete: weights\.h5 is missing\. Copy it again"),
        ("weights.h5", cut_short, r"weights\.h5 is damaged: 5 bytes, saved were 8\. Copy"),
        ("labels.txt", alter, r"labels\.txt is damaged: its checksum differs\. Copy"),
        ("config.json", cut_short, r"config\.json is damaged: .*\. Copy the folder again"),
    ],
)
def test_damage_is_named(saved, name, damage, message):
    damage(saved / name)
    with pytest.raises(ValueError, match=message):
        read_config(saved)


@pytest.mark.parametrize("text", ['{"model_type": "bert"}', "[]", "null"])
def test_the_config_of_another_program_is_told_apart(saved, text):
    (saved / "config.json").write_text(text)
    with pytest.raises(ValueError, match=r"run is not a saved nlpseq model: .* names no format"):
        read_config(saved)


def test_a_newer_format_asks_for_a_newer_nlpseq(saved):
    newer = {"format": FORMAT + 1, "whatever": "comes"}
    (saved / "config.json").write_text(json.dumps(newer))
    message = rf"run has format {FORMAT + 1}; this version of nlpseq reads format {FORMAT}\. Update"
    with pytest.raises(ValueError, match=message):
        read_config(saved)


def test_a_folder_that_is_no_model_is_not_found(tmp_path):
    with pytest.raises(
        FileNotFoundError, match=r"No saved model at .*run: there is no such folder"
    ):
        read_config(tmp_path / "run")
    with pytest.raises(FileNotFoundError, match=r"the folder has no config\.json"):
        read_config(tmp_path)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    def write(content, error=None):
        with new_file(tmp_path / "a") as stream:
            stream.write(content)
            assert (tmp_path / "a").exists() == (content != b"first")
            if error:
                raise error

    write(b"first")
    for error in (KeyboardInterrupt, OSError):
        with pytest.raises(error):
            write(b"half", error)
        assert content(tmp_path) == {"a": b"first"}
    write(b"second")
    assert content(tmp_path) == {"a": b"second"}
