import json
import subprocess
import sys

import datasets as hf
import pytest


def tagged(*sentences):
    lines = ["\n".join(word.replace("/", "\t") for word in words.split()) for words in sentences]
    return "\n\n".join(lines) + "\n"


def squeezed(text):
    return [" ".join(line.split()) for line in text.split("\n")]


@pytest.fixture
def saved(tmp_path):
    """A folder with the splits `test` and `train`."""
    hf.disable_progress_bars()
    splits = {name: hf.Dataset.from_dict({"en": ["a"], "de": ["b"]}) for name in ("test", "train")}
    hf.DatasetDict(splits).save_to_disk(tmp_path / "saved")
    hf.enable_progress_bars()
    return tmp_path / "saved"


@pytest.fixture
def treebank(tmp_path):
    """Two files with a leak, a separator that is not empty, and a malformed tag."""
    train, dev = tmp_path / "train.conll", tmp_path / "dev.conll"
    train.write_text(tagged("Ada/B-PER slept/O", "Bob/B-PER slept/O").replace("\n\n", "\n\t\n"))
    dev.write_text(tagged("Bob/B-PER slept/O", "Rome/I-LOC slept/O"))
    return train, dev


def test_leaks_malformed_tags_and_odd_lines_are_told(run, treebank, tmp_path):
    train, dev = treebank
    code, out, err = run("inspect", train, "--dev", dev, "--json", tmp_path / "found.json")
    assert (code, err) == (0, "")
    assert "also in train 1" in squeezed(out)
    assert f"  {train}: white space only in 1 line: 3\n" in out
    assert "dev, tags: malformed I-LOC, where B-LOC would be well-formed: row 1, token 0\n" in out
    report = json.loads((tmp_path / "found.json").read_text())
    assert report["kind"] == "tagging"
    assert report["splits"]["dev"]["also_in_train"] == {"rows": 1, "first": [0]}
    assert report["lines"][str(train)]["white space only"] == {"lines": 1, "first": [3]}


def test_parallel_files_are_inspected_by_their_sides(run, files):
    sides = [files / "train.en", files / "train.de"]
    code, out, _ = run("inspect", *sides, "--test", *sides, "--source", "de")
    assert code == 0
    assert "characters of en for one of de" in out
    assert "pairs also in train 6" in squeezed(out)


def test_all_splits_of_a_folder_are_inspected_train_first(run, saved):
    code, out, _ = run("inspect", saved)
    assert code == 0
    assert out.split("\n")[0].split() == ["train", "test"]
    assert run("inspect", f"{saved}@test")[1].split("\n")[0].split() == ["train"]


def test_dev_data_beside_splits_are_refused(assert_error, saved, files):
    arguments = ["inspect", saved, "--dev", files / "train.en", files / "train.de"]
    assert_error(arguments, "has the splits train, test already: leave --dev and --test out")


def test_of_data_that_can_not_be_read_the_odd_lines_are_told(assert_error, tmp_path):
    path = tmp_path / "a.conll"
    path.write_bytes(b"a\tO\nb\nc\tO\n\xff\tO\n")
    out = assert_error(["inspect", path], f"{path}:4: not UTF-8 (byte 0xff at column 1)")
    assert f"{path}: not UTF-8 in 1 line: 4\n" in out
    assert f"{path}: 1 column in 1 line: 2\n" in out


def test_inspecting_loads_no_keras(files):
    code = f"""
import sys
from nlpseq.cli.main import main
main(["inspect", {str(files / "train.conllu")!r}])
sys.exit(str([name for name in ("keras", "tensorflow", "jax", "torch") if name in sys.modules]))
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert found.stderr == "[]\n"
