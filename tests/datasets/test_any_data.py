import datasets as hf
import pandas as pd
import pytest

from nlpseq.datasets.any_data import as_dataset, choose_split, dev_split, is_splits, training_data

ROWS = [{"tokens": ["a", "b"], "tags": ["X", "Y"]}, {"tokens": [], "tags": []}]
COLUMNS = {"tokens": [["a", "b"], []], "tags": [["X", "Y"], []]}
DATASET = hf.Dataset.from_dict(COLUMNS)


@pytest.mark.parametrize("data", [ROWS, tuple(ROWS), COLUMNS, pd.DataFrame(ROWS), {"all": DATASET}])
def test_rows_of_any_kind_make_the_same_data_set(data):
    dataset = as_dataset(data)
    assert dataset.features == DATASET.features
    assert list(dataset) == ROWS


def test_the_index_of_a_data_frame_is_no_column():
    frame = pd.DataFrame(ROWS, index=[7, 9])
    assert as_dataset(frame).column_names == ["tokens", "tags"]


def test_data_sets_stay_as_they_are():
    stream = DATASET.to_iterable_dataset()
    assert as_dataset(DATASET) is DATASET
    assert as_dataset(stream) is stream


def test_splits_are_chosen_by_name():
    splits = hf.DatasetDict(train=DATASET, test=DATASET.select([0]))
    assert len(as_dataset(splits, "test")) == 1
    message = r'has the splits train, test: choose one, .*data\["train"\]'
    with pytest.raises(ValueError, match=message):
        as_dataset(splits)
    with pytest.raises(ValueError, match=message + r"\. Received: split='dev'"):
        as_dataset(splits, "dev")
    with pytest.raises(ValueError, match=r"no splits: leave split='dev' out"):
        as_dataset(ROWS, "dev")


def test_only_dictionaries_of_data_sets_are_splits():
    assert is_splits({"a": DATASET, "b": DATASET.to_iterable_dataset()})
    assert not is_splits({"a": DATASET, "b": [1]})
    assert not is_splits({})
    assert choose_split({"only": 7}, None, "x") == 7


def test_the_dev_split_has_one_of_the_usual_names():
    assert dev_split(["train", "dev", "validation"]) == "validation"
    assert dev_split(["train", "test"]) is None


def test_of_splits_train_is_learnt_from_and_the_dev_split_validates():
    one, two, three = (DATASET.select([0]) for _ in range(3))
    splits = {"test": three, "validation": two, "train": one}
    assert training_data(splits) == (one, two)
    assert training_data(splits, three) == (one, three)
    assert training_data({"train": one, "test": two}) == (one, None)
    assert training_data({"part": one}) == (one, None)
    train, dev = training_data(ROWS, ROWS)
    assert train[:] == dev[:] == COLUMNS
    with pytest.raises(ValueError, match=r"splits a, b: choose one, .*Received: split='train'"):
        training_data({"a": one, "b": two})


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        ("train.conllu", TypeError, r"nlpseq.load_dataset reads files\. Received: str"),
        (7, TypeError, r"must be a Hugging Face data set, a list of dictionaries.* Received: int"),
        ([], ValueError, r"make no data set: there is no row"),
        ([["a", "b"]], ValueError, r"rows\[0\] must be a dictionary\. Received: \['a', 'b'\]"),
        ([{"a": 1}, {"b": 1}], ValueError, r"rows\[1\] must have the keys of rows\[0\], a\. .* b"),
        ([{"a": 1}, {"a": "x"}], ValueError, r"The rows make no data set: "),
        ({"a": [1], "b": [1, 2]}, ValueError, r"The rows make no data set: "),
    ],
)
def test_what_is_no_data_set_is_explained(data, kind, message):
    with pytest.raises(kind, match=message):
        as_dataset(data)
