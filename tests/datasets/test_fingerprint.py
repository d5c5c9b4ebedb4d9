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


def test_a_row_behind_the_first_block_counts_too():
    rows = hf.Dataset.from_dict({"n": list(range(12_500))})
    assert fingerprint(rows) != fingerprint(rows.select([*range(12_499), 0]))


def test_how_arrow_lays_rows_out_does_not_matter():
    rows = {"text": ["a", "", None, "déjà"], "n": [1, None, 3, 4], "pair": [{"en": "x"}] * 4}
    kinds = {"text": hf.Value("string"), "n": hf.Value("int8"), "pair": {"en": hf.Value("string")}}
    large = {**kinds, "text": hf.Value("large_string"), "n": hf.Value("int64")}
    narrow, wide = (hf.Dataset.from_dict(rows, hf.Features(kind)) for kind in (kinds, large))
    twice = hf.concatenate_datasets([wide, wide])
    cut = hf.concatenate_datasets([twice.select([0]), twice.select(range(5, 8))])
    assert fingerprint(narrow) == fingerprint(wide) == fingerprint(cut)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["ab", "c"], ["a", "bc"]),
        ([None, ""], ["", None]),
        (["1"], [1]),
        ([[["a"], []]], [[[], ["a"]]]),
        ([1.5], [1.25]),
        ([{"en": "a", "de": "b"}], [{"en": "b", "de": "a"}]),
    ],
)
def test_values_that_only_look_alike_differ(one, other):
    datasets = [hf.Dataset.from_dict({"column": rows}) for rows in (one, other)]
    assert fingerprint(datasets[0]) != fingerprint(datasets[1])


def test_workers_find_the_same(monkeypatch):
    rows = {"text": [str(number) for number in range(25_000)]}
    alone = fingerprint(hf.Dataset.from_dict(rows))
    monkeypatch.setattr("nlpseq.datasets.fingerprint._IN_WORKERS", 20_000)
    assert fingerprint(hf.Dataset.from_dict(rows)) == alone
