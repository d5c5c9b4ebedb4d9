import logging

import pytest

from nlpseq.progress import Progress


@pytest.fixture
def seconds(monkeypatch):
    """The clock; a test sets it."""
    now = [100.0]
    monkeypatch.setattr("nlpseq.progress.time.perf_counter", lambda: now[0])
    return now


def test_a_long_step_ends_with_a_line_of_what_was_done_and_how_fast(seconds, caplog):
    caplog.set_level(logging.INFO, "nlpseq")
    with Progress("Encoding", 5000, "rows") as progress:
        progress.add(2000, tokens=30_000)
        seconds[0] += 4
        progress.add(3000, tokens=70_000)
    assert caplog.messages == ["Encoding: 5,000 rows in 4 seconds, 25,000 tokens/s"]


def test_what_is_done_in_one_piece_says_nothing(seconds, caplog):
    caplog.set_level(logging.INFO, "nlpseq")
    with Progress("Labelling", 1, "sentences") as progress:
        seconds[0] += 6
        progress.add(1, tokens=3)
    assert not caplog.messages


def test_a_short_step_says_nothing(seconds, caplog):
    caplog.set_level(logging.INFO, "nlpseq")
    with Progress("Encoding", 5000, "rows") as progress:
        progress.add(5000)
        seconds[0] += 1.9
    assert not caplog.messages


def test_a_step_that_fails_says_nothing_of_its_speed(seconds, caplog):
    caplog.set_level(logging.INFO, "nlpseq")
    progress = Progress("Encoding", None, "rows")
    seconds[0] += 9
    progress.__exit__(ValueError(), None, None)
    assert not caplog.messages
