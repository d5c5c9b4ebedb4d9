import gzip
import json

import datasets as hf
import pytest

from nlpseq.datasets.load import load_dataset
from nlpseq.datasets.roles import label_strings
from nlpseq.datasets.writing import write_dataset

NAMES = hf.List(hf.ClassLabel(names=["O", "B-PER"]))
FEATURES = hf.Features({"tokens": hf.List(hf.Value("string")), "ner": NAMES})
TAGGED = hf.Dataset.from_dict({"tokens": [["Ada", "ran"], ["Go"]], "ner": [[1, 0], [0]]}, FEATURES)
PAIRS = hf.Dataset.from_dict({"en": ["Go.", "x\u2028y"], "de": ["Geh.", ""]})


@pytest.fixture(autouse=True)
def _quiet(tmp_path, monkeypatch):
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / ".cache")
    hf.disable_progress_bars()
    yield
    hf.enable_progress_bars()


@pytest.mark.parametrize("name", ["a.conll", "a.iob2.gz", "a.tsv", "a.jsonl", "a.parquet"])
def test_labels_are_read_again_with_their_names(tmp_path, name):
    write_dataset(TAGGED, tmp_path / name)
    again = load_dataset(tmp_path / name)
    labels = next(column for column in again.column_names if column != "tokens")
    assert again["tokens"][:] == TAGGED["tokens"][:]
    assert label_strings(again, labels) == [["B-PER", "O"], ["O"]]


def test_written_files_are_as_by_hand(tmp_path):
    write_dataset(TAGGED, tmp_path / "a.conll")
    assert (tmp_path / "a.conll").read_text() == "Ada\tB-PER\nran\tO\n\nGo\tO\n\n"
    write_dataset(TAGGED, tmp_path / "a.jsonl.gz")
    lines = gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).decode().splitlines()
    assert json.loads(lines[0]) == {"tokens": ["Ada", "ran"], "ner": ["B-PER", "O"]}
    write_dataset(TAGGED.rename_column("ner", "upos"), tmp_path / "a.conllu")
    assert (tmp_path / "a.conllu").read_text().startswith("1\tAda\t_\tB-PER\t_")


def test_parquet_keeps_features_and_leaves_nothing_beside_it(tmp_path):
    write_dataset(TAGGED, tmp_path / "a.parquet")
    assert load_dataset(tmp_path / "a.parquet").features == FEATURES
    assert [path.name for path in tmp_path.glob("*.p*")] == ["a.parquet"]


@pytest.mark.parametrize("name", ["a.tsv", "a.txt.gz", "a.json"])
def test_pairs_are_read_again(tmp_path, name):
    write_dataset(PAIRS, tmp_path / name)
    again = load_dataset(tmp_path / name)
    rows = again["translation"][:] if "translation" in again.column_names else list(again)
    assert [list(row.values()) for row in rows] == [["Go.", "Geh."], ["x\u2028y", ""]]


@pytest.mark.parametrize(
    ("dataset", "name", "message"),
    [
        (PAIRS, "a.xml", r"a\.xml: the name must say the format\. .*\.conllu, \.conll, "),
        (PAIRS, "a.conll", r"a\.conll: sentences need a column .*Columns: en, de"),
        (PAIRS, "a.conllu", r"no column `tokens`|There is no column 'tokens'"),
        (hf.Dataset.from_dict({"en": ["a\tb"], "de": ["c"]}), "a.tsv", r"dataset\[0\]: .* a tab"),
        (
            hf.Dataset.from_dict({"tokens": [["a", "b"]], "tags": [["X"]]}),
            "a.conll",
            r"dataset\[0\]: each token needs its labels\. Received: 2 tokens, 1 tags",
        ),
    ],
)
def test_what_can_not_be_written_is_explained_and_not_there(tmp_path, dataset, name, message):
    with pytest.raises(ValueError, match=message):
        write_dataset(dataset, tmp_path / name)
    assert list(tmp_path.glob("a.*")) == []
