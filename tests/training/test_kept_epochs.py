import json

import pytest

from nlpseq.saving import new_folder
from nlpseq.training.kept_epochs import KeptEpochs, kept_epochs, remove_epochs


def save(folder, epoch, logs):
    with new_folder(folder, {"epoch": epoch, "logs": logs}, overwrite=True):
        pass


def run(callback, scores, start=0):
    for epoch, score in enumerate(scores, start=start):
        callback.on_epoch_end(epoch, {"val_f1": score})
        yield [folder.name for folder in kept_epochs(callback.folder)]


SCORES = [5.0, 9.0, 1.0, 9.0, 2.0]


@pytest.mark.parametrize(
    ("last", "best", "expected"),
    [
        (2, 0, [[1], [1, 2], [2, 3], [3, 4], [4, 5]]),
        (0, 1, [[1], [2], [2], [2], [2]]),  # of equal ones the first
        (0, 2, [[1], [1, 2], [1, 2], [2, 4], [2, 4]]),
        (1, 1, [[1], [2], [2, 3], [2, 4], [2, 5]]),
        (9, 9, [[1], [1, 2], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5]]),
    ],
)
def test_the_last_and_the_best_are_kept(tmp_path, last, best, expected):
    callback = KeptEpochs(tmp_path, save, last, best, "val_f1")
    found = list(run(callback, SCORES))
    assert found == [[f"epoch-{number:03}" for number in epochs] for epochs in expected]
    for folder in kept_epochs(tmp_path):
        config = json.loads((folder / "config.json").read_text())
        assert folder.name == f"epoch-{config['epoch']:03}"
        assert config["logs"] == {"val_f1": SCORES[config["epoch"] - 1]}


def test_a_training_that_goes_on_keeps_what_it_would_have_kept(tmp_path):
    first = KeptEpochs(tmp_path, save, 1, 1, "val_f1")
    *_, _ = run(first, SCORES[:3])
    (tmp_path / "checkpoint.npz").touch()
    again = KeptEpochs(tmp_path, save, 1, 1, "val_f1")
    again.set_state(json.loads(json.dumps(first.get_state())))
    assert list(run(again, SCORES[3:], start=3)) == [
        ["epoch-002", "epoch-004"],
        ["epoch-002", "epoch-005"],
    ]


def test_epochs_of_an_earlier_training_are_not_mixed_in_and_can_be_removed(tmp_path):
    *_, _ = run(KeptEpochs(tmp_path, save, 1, 0, "val_f1"), SCORES)
    with pytest.raises(FileExistsError, match="holds epochs of an earlier training, epoch-005 and"):
        KeptEpochs(tmp_path, save, 1, 0, "val_f1")
    (tmp_path / "epoch-mine").mkdir()
    (tmp_path / "epoch-mine" / "notes.txt").touch()
    with pytest.raises(FileExistsError, match="epoch-mine exists and is not a saved nlpseq model"):
        remove_epochs(tmp_path)
    assert len(kept_epochs(tmp_path)) == 2
    (tmp_path / "epoch-mine").rename(tmp_path / "mine")
    remove_epochs(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
