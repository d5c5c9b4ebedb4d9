import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from nlpseq.datasets.mapped import mapped_table, release_pages

SMAPS = Path("/proc/self/smaps")


@pytest.fixture
def file(tmp_path):
    """An Arrow file of 4 MB."""
    table = pa.table({"ids": np.arange(500_000)})
    with (
        pa.OSFile(str(tmp_path / "ids.arrow"), "wb") as sink,
        pa.ipc.new_stream(sink, table.schema) as writer,
    ):
        writer.write_table(table, max_chunksize=1000)
    return tmp_path / "ids.arrow"


def kilobytes_in_memory(file):
    """What the system says that this process has of a mapped file."""
    parts = SMAPS.read_text().split(str(file))[1:]
    return sum(int(re.search(r"Rss: +(\d+) kB", part)[1]) for part in parts)


@pytest.mark.skipif(not SMAPS.exists(), reason="Linux alone tells what is in memory")
def test_pages_are_in_memory_from_when_they_are_read_until_they_are_released(file):
    table = mapped_table(file)
    release_pages()
    assert kilobytes_in_memory(file) == 0
    assert table["ids"].to_numpy().sum() == 499_999 * 250_000
    assert kilobytes_in_memory(file) > 3500
    release_pages()
    assert kilobytes_in_memory(file) == 0


def test_values_are_the_same_after_pages_are_released(file):
    table = mapped_table(file)
    seen = table["ids"].chunk(7).to_numpy()
    release_pages()
    np.testing.assert_array_equal(seen, np.arange(7000, 8000))
    np.testing.assert_array_equal(table["ids"].to_numpy(), np.arange(500_000))


def test_a_table_outlives_its_name_and_its_file(file):
    ids = mapped_table(file)["ids"]
    file.unlink()
    release_pages()
    assert ids[-1].as_py() == 499_999
