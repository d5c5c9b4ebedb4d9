import json
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from nlpseq.training.checkpoints import Checkpoint, CheckpointFile, differences

STATE = {
    "model": [np.arange(6, dtype="float32").reshape(2, 3), np.array([7, 8], "uint32")],
    "callbacks": {"BestEpoch": {"best": 1 / 3, "best_weights": None}},
    "iterations": np.int64(5),
}


@pytest.fixture
def file(tmp_path):
    return CheckpointFile(tmp_path / "a" / "b", {"settings": {"seed": 1, "columns": ("x", "y")}})


def test_a_state_comes_back_as_it_was(file):
    assert file.read() is None
    file.write(Checkpoint(epoch=3, batch=2, finished=True, state=STATE))
    found = file.read()
    assert (found.epoch, found.batch, found.finished) == (3, 2, True)
    for array, expected in zip(found.state["model"], STATE["model"], strict=True):
        assert array.dtype == expected.dtype
        np.testing.assert_array_equal(array, expected)
    assert found.state["callbacks"] == STATE["callbacks"]
    assert found.state["iterations"] == 5


def test_a_later_checkpoint_takes_the_place_of_the_one_before(file):
    for epoch in (1, 2):
        file.write(Checkpoint(epoch))
    assert file.read().epoch == 2
    assert list(file.path.parent.iterdir()) == [file.path]


def test_a_failure_while_writing_leaves_the_one_before(file, monkeypatch):
    file.write(Checkpoint(1))
    with pytest.raises(TypeError, match=r"holds JSON values and arrays\. Received: \{1\}"):
        file.write(Checkpoint(2, state={"model": [{1}]}))
    monkeypatch.setattr(np, "savez", lambda stream, **arrays: stream.write(b"PK") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        file.write(Checkpoint(2))
    assert file.read().epoch == 1
    assert list(file.path.parent.iterdir()) == [file.path]


def test_removing_takes_the_empty_folder_along_and_nothing_else(file):
    file.write(Checkpoint(1))
    other = file.path.parent / "other"
    other.touch()
    file.remove()
    assert list(file.path.parent.iterdir()) == [other]
    other.unlink()
    file.remove()
    assert not file.path.parent.exists()
    file.remove()


def test_another_training_is_told_by_what_differs(file):
    file.write(Checkpoint(1))
    other = CheckpointFile(file.path.parent, {"settings": {"seed": 2, "columns": ("x", "y")}})
    message = r"checkpoint\.npz is the checkpoint of another training: settings\.seed was 1, is 2\."
    with pytest.raises(ValueError, match=message):
        other.read()


def test_all_differences_are_named_missing_names_too():
    saved = {"a": 1, "b": {"c": [1], "d": "x" * 99}, "e": 0}
    assert differences(saved, json.loads(json.dumps(saved))) == []
    assert differences(saved, {"a": 2, "b": {"c": [1], "d": "y"}, "f": 3}) == [
        "a was 1, is 2",
        f"b.d was '{'x' * 56}..., is 'y'",
        "f was None, is 3",
        "e was 0, is None",
    ]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "foreign"])
def test_a_damaged_file_is_named_with_what_to_do(file, damage):
    file.write(Checkpoint(1, state={"model": [np.zeros(1000)]}))
    content = bytearray(file.path.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = {"cut": content[:-9], "flipped": content, "empty": b"", "foreign": b"PK hello"}
    file.path.write_bytes(damaged[damage])
    with pytest.raises(ValueError, match=r"npz is damaged, or no checkpoint: .*Remove it to start"):
        file.read()


def test_arrays_of_other_programs_are_no_checkpoint(file):
    file.path.parent.mkdir(parents=True)
    np.savez(file.path, x=np.zeros(3))
    with pytest.raises(ValueError, match="is damaged, or no checkpoint"):
        file.read()


WRITE_FOREVER = """
import sys
import numpy as np
from nlpseq.training.checkpoints import Checkpoint, CheckpointFile
file = CheckpointFile(sys.argv[1], {})
for number in range(1, 10**9):
    file.write(Checkpoint(number, state={"model": [np.full(100_000, number)]}))
    print(number, flush=True)
"""


def test_a_process_killed_while_writing_leaves_a_whole_checkpoint(tmp_path):
    command = [sys.executable, "-c", WRITE_FOREVER, tmp_path]
    for delay in (0.0, 0.005):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            written = int(process.stdout.readline()) + 1
            assert int(process.stdout.readline()) == written
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            written = int([b"2", *process.stdout.read().split()][-1])
        found = CheckpointFile(tmp_path, {}).read()
        assert found.epoch in (written, written + 1)
        assert (found.state["model"][0] == found.epoch).all()
