import datasets as hf
import pytest

from nlpseq.datasets.predictions import add_predictions

NAMES = hf.List(hf.ClassLabel(names=["long", "short"]))
FEATURES = {"length": NAMES, "loud": hf.Value("string")}
ROWS = hf.Dataset.from_dict({"tokens": [["Go"], ["Stop", "x"], []], "length": ["?", "?", "?"]})


@pytest.fixture(autouse=True)
def _quiet():
    hf.disable_progress_bars()
    yield
    hf.enable_progress_bars()


def read(batch):
    return batch["tokens"]


def predict(sentences):
    for tokens in sentences:
        labels = ["short" if len(token) < 3 else "long" for token in tokens]
        yield labels, " ".join(tokens).upper()


EXPECTED = [
    {"tokens": ["Go"], "length": [1], "loud": "GO"},
    {"tokens": ["Stop", "x"], "length": [0, 1], "loud": "STOP X"},
    {"tokens": [], "length": [], "loud": ""},
]


@pytest.mark.parametrize("rows", [ROWS, ROWS.to_iterable_dataset(), ROWS.with_format("numpy")])
def test_columns_are_added_or_replaced_with_their_features(rows):
    found = add_predictions(rows, read, predict, FEATURES)
    assert list(found.with_format(None)) == EXPECTED
    assert found.features["length"] == NAMES
    assert ROWS["length"][:] == ["?"] * 3


def test_predictions_follow_the_order_of_the_rows(monkeypatch):
    monkeypatch.setattr("nlpseq.datasets.predictions._ROWS_AT_ONCE", 2)
    found = add_predictions(ROWS.select([2, 0, 1]), read, predict, FEATURES)
    assert found["loud"][:] == ["", "GO", "STOP X"]


def test_a_stream_is_read_as_far_as_it_is_needed():
    seen = []

    def endless():
        while True:
            seen.append(1)
            yield {"tokens": ["Go"]}

    stream = hf.IterableDataset.from_generator(endless)
    first = next(iter(add_predictions(stream, read, predict, FEATURES)))
    assert first == EXPECTED[0]
    assert len(seen) <= 4097


def test_a_label_without_a_name_is_an_error():
    with pytest.raises(ValueError, match="medium"):
        add_predictions(ROWS, read, lambda rows: ((["medium"],) for _ in rows), {"length": NAMES})
