from pathlib import Path

import pytest

from nlpseq.training.memory import check_memory, step_bytes

GIGABYTE = 1e9


def test_the_estimate_counts_the_target_side_of_the_batch():
    # rows * target width * outputs * 4 bytes * 4 copies
    assert step_bytes((3, 50, 7), output_dim=11) == 3 * 7 * 11 * 16
    assert step_bytes((3, 7), output_dim=11) == 3 * 7 * 11 * 16


def test_the_largest_batch_is_named_with_what_to_do():
    message = (
        r"A batch is larger than memory allows: 1000 x 100 tokens with 10000 outputs each need at "
        r"least 16\.0 GB, and 8\.0 GB are free\. Lower `batch_tokens`"
    )
    with pytest.raises(ValueError, match=message):
        check_memory([(64, 10), (1000, 100), (1, 500)], 10_000, free_bytes=8 * GIGABYTE)


def test_a_sentence_that_is_too_long_by_itself_is_to_be_cut():
    with pytest.raises(ValueError, match=r"1 x 5000000 tokens .* Cut this sentence into shorter"):
        check_memory([(64, 10), (1, 5_000_000)], 1000, free_bytes=8 * GIGABYTE)


def test_what_just_fits_is_allowed():
    check_memory([(1, 10)], output_dim=100, free_bytes=16_000)
    with pytest.raises(ValueError, match="larger than memory"):
        check_memory([(1, 10)], output_dim=100, free_bytes=15_999)


@pytest.mark.parametrize(
    ("shape", "output_dim"),
    [
        ((64, 16), 8000),  # a full batch of the default size, the default vocabulary
        ((1, 5000), 8000),  # a sentence of 5,000 tokens
        ((64, 16), 2000),  # morphology: the most labels that taggers have
    ],
)
def test_ordinary_batches_need_less_than_a_gigabyte(shape, output_dim):
    check_memory([shape], output_dim, free_bytes=GIGABYTE)


def test_by_default_the_system_is_asked(monkeypatch):
    meminfo = "MemTotal:       9000000 kB\nMemFree:        5 kB\nMemAvailable:   2000000 kB\n"
    monkeypatch.setattr(Path, "read_text", lambda path, **_: meminfo)
    check_memory([(1, 100)], output_dim=1_000_000)  # 1.6 GB of 2.048
    with pytest.raises(ValueError, match=r"need at least 3\.2 GB, and 2\.0 GB are free"):
        check_memory([(2, 100)], output_dim=1_000_000)


@pytest.mark.parametrize("file", ["memory.max", "memory.limit_in_bytes"])
def test_a_container_may_have_less(monkeypatch, file):
    texts = {"meminfo": "MemAvailable:   9000000 kB\n", file: "2000000000\n"}
    monkeypatch.setattr(Path, "read_text", lambda path, **_: texts.get(path.name, "max\n"))
    check_memory([(1, 100)], output_dim=1_000_000)  # 1.6 GB
    with pytest.raises(ValueError, match=r"need at least 3\.2 GB, and 2\.0 GB are free"):
        check_memory([(2, 100)], output_dim=1_000_000)


@pytest.mark.parametrize("text", [None, "MemTotal: 9000000 kB\n"])
def test_where_the_system_does_not_say_there_is_no_limit(monkeypatch, text):
    def read_text(path, **_):
        if text is None:
            raise FileNotFoundError(path)
        return text

    monkeypatch.setattr(Path, "read_text", read_text)
    check_memory([(10**6, 10**6)], output_dim=10**6)
