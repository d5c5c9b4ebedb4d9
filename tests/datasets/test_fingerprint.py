import datasets as hf
import pytest

from nlpseq.datasets.fingerprint import fingerprint

ROWS = {"tokens": [["a", "b"], ["c"], ["d"]], "upos": [["X", "Y"], ["X"], ["Z"]]}


def test_the_same_rows_have_the_same_fingerprint_wherever_they_come_from(tmp_path):
    dataset = hf.Dataset.from_dict(ROWS)
    dataset.to_parquet(tmp_path / "a.parquet")
    read = hf.Dataset.from_parquet(str(tmp_path / "a.parquet"), cache_dir=tmp_path)
    chosen = hf.concatenate_datasets([dataset, dataset]).select([3, 1, 5])
    assert len({fingerprint(d) for d in (dataset, read, chosen)}) == 1
    assert fingerprint(dataset).startswith("3 rows, ")


@pytest.mark.parametrize(
    "change",
    [
        {"upos": [["X", "Y"], ["X"], ["X"]]},
        {"tokens": [["a"], ["b", "c"], ["d"]]},
        {"tokens": [["c"], ["a", "b"], ["d"]]},
        {"extra": [1, 2, 3]},
    ],
    ids=str,
)
def test_any_other_value_or_order_gives_another(change):
    other = hf.Dataset.from_dict({**ROWS, **change})
    assert fingerprint(other) != fingerprint(hf.Dataset.from_dict(ROWS))


def test_a_row_behind_the_first_thousand_counts_too():
    rows = hf.Dataset.from_dict({"n": list(range(2500))})
    assert fingerprint(rows) != fingerprint(rows.select([*range(2499), 0]))
