import datasets as hf
import pytest

from nlpseq.datasets.inspection import inspect_splits

ROWS = {"text": ["a b"], "tokens": [["a", "b"]], "upos": [["X", "Y"]], "ner": [["O", "O"]]}


def test_tokens_make_it_tagging_and_all_labels_are_inspected():
    report = inspect_splits({"train": hf.Dataset.from_dict(ROWS)})
    assert report["kind"] == "tagging"
    assert list(report["splits"]["train"]["labels"]) == ["upos", "ner"]


def test_named_columns_win():
    data = hf.Dataset.from_dict({**ROWS, "de": ["c"]})
    labels = inspect_splits({"a": data}, label=["ner"])["splits"]["a"]["labels"]
    assert list(labels) == ["ner"]
    report = inspect_splits({"a": data}, source="text", target="de")
    assert (report["kind"], list(report["splits"]["a"]["sides"])) == ("pairs", ["text", "de"])


def test_data_without_tokens_and_sides_are_explained():
    with pytest.raises(ValueError, match=r"Name the two sides with source= and target="):
        inspect_splits({"train": hf.Dataset.from_dict({"text": ["a"]})})
