import contextlib
import os

import pytest

from nlpseq.datasets.cache import cached_files, cached_path, new_cached_file


def test_a_name_follows_from_everything_in_the_key_and_from_nothing_else(small_cache):
    one = cached_path({"seed": 1, "sides": ("en", "de")}, ".arrow")
    assert one == cached_path({"sides": ["en", "de"], "seed": 1}, ".arrow")
    assert one.parent == small_cache
    assert one != cached_path({"sides": ["de", "en"], "seed": 1}, ".arrow")


@pytest.mark.usefixtures("small_cache")
def test_what_two_processes_write_at_once_is_whole(monkeypatch):
    path = cached_path({})
    with new_cached_file(path) as stream:
        stream.write(b"one")
        monkeypatch.setattr("os.getpid", lambda: 7)
        with new_cached_file(path) as other:
            other.write(b"other")
        assert path.read_bytes() == b"other"
    assert path.read_bytes() == b"one"
    assert list(path.parent.iterdir()) == [path]


def test_what_is_not_whole_is_not_there(small_cache):
    path = cached_path({})
    with contextlib.suppress(ZeroDivisionError), new_cached_file(path) as stream:
        stream.write(bytes(1 // 0))
    assert not list(small_cache.iterdir())


def test_files_are_made_once(small_cache):
    made = []

    def write(folder):
        made.append(folder)
        (folder / "a").touch()

    folders = [cached_files({"n": 1}, write) for _ in range(2)]
    assert len(made) == 1
    assert folders[0] == folders[1]
    assert os.listdir(small_cache) == [folders[0].name]


@pytest.mark.usefixtures("small_cache")
def test_files_that_could_not_be_made_are_tried_again():
    with pytest.raises(ZeroDivisionError):
        cached_files({}, lambda folder: 1 / 0)
    assert list(cached_files({}, lambda folder: (folder / "a").touch()).iterdir())
