"""A training that is interrupted and taken up again ends as one that never stopped."""

import signal

import keras
import numpy as np
import pytest

from nlpseq.batching.batches import Batches
from nlpseq.batching.padding import mask_of, pad
from nlpseq.batching.steps import Steps, passes
from nlpseq.layers.dropout import Dropout
from nlpseq.losses import TokenCrossEntropy
from nlpseq.metrics.accuracy import TokenAccuracy
from nlpseq.training.callbacks import AveragedWeights, BestEpoch, Throughput
from nlpseq.training.checkpoints import CheckpointFile
from nlpseq.training.optimizer import make_optimizer
from nlpseq.training.record import seed_dropout, set_seed
from nlpseq.training.resume import fit

EPOCHS = 4
STEPS = 4
SCORES = [3.0, 9.0, 1.0, 2.0]  # of the epochs: the second is the best


class Tokens(Batches):
    """Two widths; the class of a token is its id modulo 3."""

    def __init__(self):
        rng = np.random.default_rng(0)
        self.lengths = np.array([2] * 8 + [7] * 2)
        self.tokens = [rng.integers(1, 9, size=length) for length in self.lengths]
        super().__init__(self.lengths, batch_tokens=8, shuffle=True, seed=5)
        assert (len(self), len(self.shapes)) == (STEPS, 2)

    def collate(self, rows, widths, row_weights):
        ids = pad([self.tokens[row] for row in rows], widths[0])
        mask = mask_of(self.lengths[rows], widths[0])
        return ids, ids % 3, mask * row_weights[:, None]


class ScoreOfEpoch(keras.callbacks.Callback):
    """Scores by a list, so that an epoch that is run twice or left out shows."""

    def on_epoch_end(self, epoch, logs=None):
        logs["val_score"] = SCORES[epoch]


class Kill(keras.callbacks.Callback):
    """Ends a process after so many batches and epochs; it stands before the checkpoints."""

    def __init__(self, after, how=RuntimeError):
        super().__init__()
        self.left = after
        self.how = how

    def on_train_batch_end(self, batch, logs=None):
        self.left -= 1
        if self.left == 0 and self.how is KeyboardInterrupt:
            signal.raise_signal(signal.SIGINT)
        elif self.left == 0:
            raise self.how("killed")

    def on_epoch_end(self, epoch, logs=None):
        self.on_train_batch_end(epoch)


def train(folder=None, *callbacks, ema=0.0, patience=9, minutes=0.0, identity=1, steps=None):
    """What a new process does: all objects are made anew. Gives the model, logs and best epoch."""
    set_seed(1)
    layers = [keras.layers.Embedding(9, 4), Dropout(0.5), keras.layers.Dense(3)]
    model = keras.Sequential([keras.Input((None,), dtype="int32"), *layers])
    seed_dropout(model, 1)
    batches, metric = Tokens(), TokenAccuracy()
    if steps is not None:
        batches = Steps(passes(batches), steps)
    optimizer = make_optimizer(0.1, EPOCHS * STEPS, clip_norm=1.0, ema=ema)
    eager = keras.backend.backend() == "tensorflow"  # tracing would take longer than the steps
    objective = {"loss": TokenCrossEntropy(), "weighted_metrics": [metric]}
    model.compile(optimizer, **objective, run_eagerly=eager)
    best = BestEpoch("val_score", patience)
    averaging = [AveragedWeights()] if ema else []
    own = [Throughput(batches.num_tokens), *averaging, ScoreOfEpoch(), best, *callbacks]
    file = CheckpointFile(folder, {"number": identity}) if folder else None
    logs = fit(model, batches, EPOCHS, own, file, minutes, metrics=[metric], verbose=0)
    assert len(own[0].seconds) == len(logs.history["loss"])
    assert min(logs.history.pop("tokens_per_second")) > 0
    return model, logs.history, best.best_epoch


def assert_same(one, other):
    for weights in zip(one[0].get_weights(), other[0].get_weights(), strict=True):
        np.testing.assert_array_equal(*weights)
    assert one[1:] == other[1:]


@pytest.fixture(scope="module")
def undisturbed():
    """Trainings that nothing interrupts, each made once."""
    made = {}

    def make(**settings):
        key = tuple(settings.items())
        if key not in made:
            made[key] = train(**settings)
        return made[key]

    return make


def killed(folder, *ends, how=RuntimeError, **settings):
    for end in ends:
        with pytest.raises(how):
            train(folder, Kill(end, how), **settings)
    return train(folder, **settings)


# Five callbacks an epoch: four batches and the end. Behind the last two batches is no checkpoint.
@pytest.mark.backends
@pytest.mark.parametrize("ends", [[1, 1], [3], [5, 5], [7, 2]], ids=str)
def test_a_killed_training_ends_as_if_nothing_had_happened(undisturbed, tmp_path, ends):
    assert_same(killed(tmp_path, *ends), undisturbed())


@pytest.mark.backends
def test_so_does_one_with_averaged_weights(undisturbed, tmp_path):
    assert_same(killed(tmp_path, 2, 11, ema=0.9), undisturbed(ema=0.9))
    plain, averaged = undisturbed()[0], undisturbed(ema=0.9)[0]
    assert not np.array_equal(plain.get_weights()[0], averaged.get_weights()[0])


@pytest.mark.backends
@pytest.mark.parametrize("ends", [[2], [3, 1], [6, 3]], ids=str)
def test_so_does_one_whose_epochs_are_no_passes_over_the_data(undisturbed, tmp_path, ends):
    assert_same(killed(tmp_path, *ends, steps=3), undisturbed(steps=3))


def test_so_does_one_that_stops_early_and_its_end_comes_back_without_a_step(undisturbed, tmp_path):
    settings = {"patience": 1, "ema": 0.9}
    whole = undisturbed(**settings)
    assert (len(whole[1]["loss"]), whole[2]) == (3, 1)
    assert_same(killed(tmp_path, 12, **settings), whole)
    assert_same(train(tmp_path, Kill(1), **settings), whole)


def test_the_end_of_a_whole_training_comes_back_too(undisturbed, tmp_path):
    train(tmp_path, ema=0.9)
    assert_same(train(tmp_path, Kill(1), ema=0.9), undisturbed(ema=0.9))


def test_within_an_epoch_there_is_a_checkpoint_every_few_minutes(tmp_path):
    with pytest.raises(RuntimeError):
        train(tmp_path, Kill(7), minutes=60)
    found = CheckpointFile(tmp_path, {"number": 1}).read()
    assert (found.epoch, found.batch) == (1, 0)


@pytest.mark.parametrize(
    ("end", "place"), [(2, "in epoch 1, after 2 batches"), (3, "after epoch 1")]
)
@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_the_step_and_leaves_a_checkpoint(undisturbed, tmp_path, caplog, end, place):
    caplog.set_level("INFO", "nlpseq")
    assert_same(killed(tmp_path, end, how=KeyboardInterrupt, minutes=60), undisturbed())
    assert caplog.messages[0] == f"Interrupted: the state is in {tmp_path / 'checkpoint.npz'}"
    assert caplog.messages[1] == f"Going on {place}, from {tmp_path / 'checkpoint.npz'}"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_checkpoint_of_another_training_is_refused_before_a_step(tmp_path):
    with pytest.raises(RuntimeError):
        train(tmp_path, Kill(2))
    with pytest.raises(ValueError, match="another training: number was 1, is 2"):
        train(tmp_path, Kill(1), identity=2)
