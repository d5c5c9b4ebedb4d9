import argparse
import json

import datasets as hf
import pytest

from nlpseq.cli.training_data import TrainingData, load_training_data, report_leaks


def options(train, **given):
    names = {"dev": None, "test": None, "no_dev": False, **given}
    return argparse.Namespace(train=[str(train)], **names)


@pytest.fixture
def pairs_file(tmp_path):
    """A function that writes a file of so many pairs."""

    def write(size):
        path = tmp_path / f"{size}.tsv"
        path.write_text("".join(f"sentence {n}\tSatz {n}\n" for n in range(size)))
        return path

    return write


def test_dev_data_are_cut_and_told(pairs_file, capsys):
    path = pairs_file(1000)
    data = load_training_data(options(path), lambda train: {})
    assert data.cut
    assert len(data.train) + len(data.dev) == 1000
    assert capsys.readouterr().out == (
        f"Dev data: {len(data.dev)} of the 1,000 rows of {path}, always the same ones, are held "
        "out. --dev names others, --no-dev learns from all\n"
    )


def test_they_are_not_cut_where_they_are_named_or_not_wanted_or_too_few(pairs_file, capsys):
    dev = pairs_file(3)
    for given, size in ({"dev": [str(dev)]}, 3), ({"no_dev": True}, 0):
        data = load_training_data(options(pairs_file(1000), **given), lambda train: {})
        assert (len(data.train), len(data.dev or []), data.cut) == (1000, size, False)
        assert capsys.readouterr().out == ""
    assert load_training_data(options(pairs_file(199)), lambda train: {}).dev is None
    assert capsys.readouterr().out == "No dev data: fewer than 200 rows to cut them from\n"


@pytest.fixture
def save(tmp_path):
    def save(**splits):
        hf.disable_progress_bars()
        rows = {name: hf.Dataset.from_dict({"en": [name], "de": ["x"]}) for name in splits}
        hf.DatasetDict(rows).save_to_disk(tmp_path / "saved")
        hf.enable_progress_bars()
        return tmp_path / "saved"

    return save


def test_the_splits_of_a_folder_are_used(save, capsys):
    folder = save(test=1, validation=1, train=1)
    data = load_training_data(options(folder), lambda train: {})
    assert (data.train["en"][:], data.dev["en"][:]) == (["train"], ["validation"])
    assert data.test is None  # only what is asked for
    assert capsys.readouterr().out == f"Dev data: the split 'validation' of {folder}\n"


def test_a_folder_without_a_train_split_is_explained(save):
    folder = save(en=1, de=1)
    with pytest.raises(ValueError, match=rf"has the splits .*choose one, .* {folder}@"):
        load_training_data(options(folder), lambda train: {})


def test_leaks_are_told_and_recorded(capsys):
    train = hf.Dataset.from_dict({"en": ["a", "b", "c"], "de": ["x", "y", "z"]})
    test = hf.Dataset.from_dict({"en": ["a", "b", "q", "r"], "de": ["x", "o", "y", "z"]})
    clean = hf.Dataset.from_dict({"en": ["q"], "de": ["r"]})
    found = report_leaks(TrainingData(train, clean, test, False), {"source": "en", "target": "de"})
    assert found == {
        "dev": {"rows": 1, "same": 0, "source": 0, "target": 0},
        "test": {"rows": 4, "same": 1, "source": 2, "target": 3},
    }
    assert capsys.readouterr().out == (
        "Leakage: 1 of 4 test rows (2 sources, 3 targets) are in the training data too. "
        "`nlpseq inspect` shows which\n"
    )


def test_what_is_known_of_the_columns_is_known_from_the_training_data(tmp_path):
    path = tmp_path / "reviews.jsonl"
    rows = ({"review": f"text {n % 250}", "title": "x", "stars": n % 5} for n in range(500))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    data = load_training_data(options(path), lambda dataset: {"text": dataset.column_names[0]})
    assert 0 < len(data.dev) < 100
    assert not {*data.dev["review"]} & {*data.train["review"]}  # rows of one text stay together
    leaks = report_leaks(data._replace(test=data.train.select([0, 1])), {"text": "review"})
    assert (leaks["dev"]["same"], leaks["test"]["same"]) == (0, 2)
