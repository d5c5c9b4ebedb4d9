import gc

import datasets as hf
import pytest

from nlpseq.datasets.row_source import sample_rows, stored_rows

ROWS = 3500
NAMES = hf.ClassLabel(names=["O", "B", "I"])


@pytest.fixture(scope="module")
def rows():
    features = hf.Features({"n": hf.Value("int64"), "tags": hf.List(NAMES)})
    return hf.Dataset.from_dict(
        {"n": range(ROWS), "tags": [[n % 3] for n in range(ROWS)]}, features=features
    )


@pytest.fixture(params=["table", "shards", "generator"])
def stream(request, rows):
    if request.param == "generator":
        return hf.IterableDataset.from_generator(lambda: iter(rows), features=rows.features)
    return rows.to_iterable_dataset(num_shards=1 if request.param == "table" else 3)


def test_a_stream_is_stored_as_it_is_and_goes_when_it_is_no_longer_needed(
    small_cache, rows, stream
):
    stored = stored_rows(stream)
    assert stored.features == rows.features
    assert stored[:] == rows[:]
    assert len(stored.cache_files) == 1
    del stored
    gc.collect()
    assert not list(small_cache.iterdir())


def test_a_short_stream_stays_in_memory(rows, stream):
    stored = stored_rows(stream.take(30))
    assert stored[:] == rows[:30]
    assert not stored.cache_files


def test_a_stream_without_features_takes_those_of_its_values():
    stream = hf.IterableDataset.from_generator(lambda: iter([{"text": "a"}, {"text": "b"}]))
    assert stored_rows(stream)["text"][:] == ["a", "b"]
    mapped = stream.map(lambda row: {"longer": row["text"] * 2})
    assert stored_rows(mapped)["longer"][:] == ["aa", "bb"]


def test_a_stream_that_does_not_fit_on_the_disk_is_refused(small_cache, stream, monkeypatch):
    monkeypatch.setattr("nlpseq.datasets.row_source._SPARE_BYTES", 1 << 60)
    with pytest.raises(ValueError, match=r"no room for this stream\. Give fit\(\.\.\., steps_per"):
        stored_rows(stream)
    assert not list(small_cache.iterdir())


def test_a_stream_without_rows_is_refused():
    empty = hf.IterableDataset.from_generator(lambda: iter([]))
    with pytest.raises(ValueError, match="The stream has no row"):
        stored_rows(empty)


def test_a_sample_of_a_stream_is_its_beginning(rows, stream):
    sample = sample_rows(stream, limit=2000)
    assert sample[:] == rows[:2000]
    assert sample.features == rows.features
    assert sample_rows(stream)[:] == rows[:]


def test_a_sample_of_a_data_set_is_drawn_from_all_of_it(rows):
    assert sample_rows(rows) is rows
    many = hf.concatenate_datasets([rows] * 10)
    samples = [sample_rows(many, limit=5000, seed=seed)["n"][:] for seed in (0, 0, 1)]
    assert [len(sample) for sample in samples] == [5000] * 3
    assert samples[0] == samples[1] != samples[2]
