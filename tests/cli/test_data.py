import datasets as hf
import pytest

from nlpseq.cli.data import load_data
from nlpseq.datasets import load


@pytest.fixture
def jsonl(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_text('{"en": "Go", "de": "Geh"}\n')
    return path


def test_one_name_is_a_file_and_two_are_parallel_text(jsonl, files):
    assert load_data([str(jsonl)])[0] == {"en": "Go", "de": "Geh"}
    both = load_data([str(files / "train.en"), str(files / "train.de")])
    assert both[0]["translation"] == {"en": "the fox runs .", "de": "der Fuchs läuft ."}


@pytest.fixture
def folder(tmp_path):
    """A saved data set with two splits."""
    splits = {name: hf.Dataset.from_dict({"en": [name]}) for name in ("train", "test")}
    hf.disable_progress_bars()
    hf.DatasetDict(splits).save_to_disk(tmp_path / "saved")
    hf.enable_progress_bars()
    return str(tmp_path / "saved")


def test_a_split_is_chosen_by_its_name(folder):
    assert load_data([f"{folder}@test"])[:] == {"en": ["test"]}
    with pytest.raises(ValueError, match=r"has the splits train, test.*Received: split='dev'"):
        load_data([f"{folder}@dev"])
    with pytest.raises(ValueError, match="has the splits train, test: choose one"):
        load_data([folder])


@pytest.mark.parametrize("slice_", ["train", "train[:10%]", "train+test"])
def test_a_hub_id_takes_a_split_too(slice_, monkeypatch):
    asked = []

    def answer(*names, **options):
        asked.append((names, options))
        return hf.Dataset.from_dict({"en": ["Go"]})

    monkeypatch.setattr(load.hf, "load_dataset", answer)
    load_data([f"user/name@{slice_}"])
    assert asked == [(("user/name",), {"split": slice_})]


def test_a_path_may_hold_an_at_sign(tmp_path):
    folder = tmp_path / "me@home"
    folder.mkdir()
    (folder / "a@b.jsonl").write_text('{"en": "Go"}\n')
    assert len(load_data([str(folder / "a@b.jsonl")])) == 1
    hf.Dataset.from_dict({"en": ["Go"]}).save_to_disk(tmp_path / "saved@test")
    assert len(load_data([str(tmp_path / "saved@test")])) == 1
    with pytest.raises(FileNotFoundError, match=r"No such file or folder: .*me@home/none\.jsonl$"):
        load_data([str(folder / "none.jsonl")])


def test_data_without_a_row_are_refused(monkeypatch):
    monkeypatch.setattr(load.hf, "load_dataset", lambda *_, **__: hf.Dataset.from_dict({"en": []}))
    with pytest.raises(ValueError, match=r"^user/name@test has no sentence$"):
        load_data(["user/name@test"])
