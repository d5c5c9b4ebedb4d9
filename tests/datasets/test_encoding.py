import datasets as hf
import numpy as np
import pyarrow as pa
import pytest

from nlpseq.datasets.encoding import encoded, id_column

TEXTS = ["ab", "", "zebra", *["x" * n for n in range(20)]]


class CodePoints:
    """Encodes texts, and counts in a file how often: it is called in other processes."""

    def __init__(self, folder):
        self.log = folder / "calls"
        self.log.touch()

    def __call__(self, rows):
        with self.log.open("a") as log:
            log.write("x")
        texts = rows["text"][:]
        if "bad" in texts:
            raise ValueError("a bad text")
        return pa.table({"ids": id_column([np.array(list(map(ord, t))) for t in texts], 0, 200)})

    @property
    def calls(self):
        return len(self.log.read_text())


@pytest.fixture
def encode(tmp_path):
    return CodePoints(tmp_path)


@pytest.fixture
def texts():
    return hf.Dataset.from_dict({"text": TEXTS})


def expected():
    return [list(map(ord, text)) for text in TEXTS]


def test_what_many_processes_encode_is_in_order_on_the_disk(
    small_cache, encode, texts, monkeypatch
):
    monkeypatch.setattr("nlpseq.datasets.encoding.ROWS_AT_ONCE", 5)
    table = encoded(texts, encode, {}, processes=2)
    assert table["ids"].to_pylist() == expected()
    (path,) = small_cache.iterdir()
    assert hf.Dataset.from_file(str(path))["ids"][:] == expected()
    assert encode.calls == 5


@pytest.mark.usefixtures("small_cache")
def test_the_same_rows_and_settings_are_encoded_once_wherever_they_come_from(
    encode, texts, tmp_path
):
    first = encoded(texts, encode, {"pieces": 3})
    texts.to_parquet(tmp_path / "texts.parquet")
    again = hf.Dataset.from_parquet(str(tmp_path / "texts.parquet"), cache_dir=tmp_path)
    assert encoded(again, encode, {"pieces": 3}).equals(first)
    assert encode.calls == 1


@pytest.mark.usefixtures("small_cache")
def test_other_settings_or_rows_are_encoded(encode, texts):
    encoded(texts, encode, {"pieces": 3})
    encoded(texts, encode, {"pieces": 4})
    encoded(texts.select([*range(1, len(TEXTS)), 0]), encode, {"pieces": 3})
    assert encode.calls == 3


def test_few_rows_leave_no_file(small_cache, encode, texts):
    assert encoded(texts.select(range(9)), encode, {})["ids"].to_pylist() == expected()[:9]
    assert not small_cache.exists()


def test_an_error_says_where_and_leaves_no_file(small_cache, encode, monkeypatch):
    monkeypatch.setattr("nlpseq.datasets.encoding.ROWS_AT_ONCE", 5)
    texts = hf.Dataset.from_dict({"text": [*TEXTS[:13], "bad"]})
    with pytest.raises(ValueError, match="In the rows 10 to 13: a bad text"):
        encoded(texts, encode, {})
    assert not list(small_cache.iterdir())


@pytest.mark.parametrize(
    ("smallest", "largest", "kind"),
    [(0, 255, "uint8"), (0, 8000, "uint16"), (0, 70_000, "uint32"), (-1, 200, "int16")],
)
def test_ids_take_as_many_bytes_as_the_largest_needs(smallest, largest, kind):
    column = id_column([np.array([smallest, largest]), np.array([], int)], smallest, largest)
    assert str(column.type.value_type) == kind
    assert column.to_pylist() == [[smallest, largest], []]
