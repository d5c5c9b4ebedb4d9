import keras
import numpy as np
import pytest

from nlpseq.training.callbacks import AveragedWeights, DevScore, Throughput


@pytest.fixture
def model():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


X = np.ones((8, 1), dtype="float32")


@pytest.mark.backends
def test_dev_scores_pick_the_best_epoch(model):
    scores = iter([10.0, 30.0, 20.0, 25.0, 99.0])
    weights = []

    def score():
        weights.append(model.get_weights()[0].item())
        return {"bleu": next(scores)}

    best = keras.callbacks.EarlyStopping(
        "val_bleu", mode="max", patience=2, restore_best_weights=True
    )
    history = model.fit(X, X, epochs=9, callbacks=[DevScore(score), best], verbose=0).history
    assert history["val_bleu"] == [10.0, 30.0, 20.0, 25.0]  # stopped two epochs after the best
    assert model.get_weights()[0].item() == weights[1]


def test_several_scores_get_their_names():
    logs = {"loss": 1.0}
    DevScore(lambda: {"bleu": 1.0, "chrf": 2.0}).on_epoch_end(0, logs)
    assert logs == {"loss": 1.0, "val_bleu": 1.0, "val_chrf": 2.0}


class Clock(keras.callbacks.Callback):
    """A time in which a step takes a second, a validation ten, and nothing else any."""

    def __init__(self):
        super().__init__()
        self.now = 100.0

    def perf_counter(self):
        return self.now

    def on_train_batch_end(self, batch, logs=None):
        self.now += 1

    def on_test_end(self, logs=None):
        self.now += 10


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("nlpseq.training.callbacks.time", clock)
    return clock


@pytest.mark.backends
def test_throughput_counts_training_without_validation(model, clock):
    throughput = Throughput(num_tokens=1000)
    data = {"validation_data": (X, X), "callbacks": [clock, throughput], "verbose": 0}
    history = model.fit(X, X, epochs=3, batch_size=4, **data).history
    assert throughput.seconds == [2.0, 2.0, 2.0]
    assert history["tokens_per_second"] == [500, 500, 500]
    assert throughput.total == 3 * (2 + 10)


def test_an_epoch_taken_up_in_its_middle_counts_the_time_before(clock):
    throughput, logs = Throughput(num_tokens=1000), {}
    throughput.set_state({"seconds": [20.0], "elapsed": 9.0, "total": 40.0})
    throughput.on_epoch_begin(1)
    clock.now += 1
    throughput.on_train_batch_end(0)
    assert throughput.get_state()["elapsed"] == 10
    throughput.on_epoch_end(1, logs)
    assert throughput.seconds == [20.0, 10.0]
    assert logs == {"tokens_per_second": 100}
    assert throughput.get_state()["elapsed"] == 0
    assert throughput.total == 41


def test_batches_have_the_rate_since_the_epoch_was_taken_up(monkeypatch):
    now = [50.0]
    monkeypatch.setattr("nlpseq.training.callbacks.time.perf_counter", lambda: now[0])
    throughput, logs = Throughput(num_tokens=1000, num_batches=10), {}
    throughput.set_state({"seconds": [], "elapsed": 7.0, "total": 7.0})
    throughput.on_epoch_begin(0)
    now[0] += 2
    throughput.on_train_batch_end(3, logs)
    assert logs == {"tokens_per_second": 200}  # four batches of a hundred, in two seconds


def test_callbacks_called_without_logs_do_nothing():
    throughput = Throughput(num_tokens=1)
    throughput.on_epoch_begin(0)
    for callback in (throughput, DevScore(lambda: {"bleu": 1.0})):
        callback.on_epoch_end(0)


class Recorder(keras.callbacks.Callback):
    """Records the weights after each step and epoch, and stops the training after some epochs."""

    def __init__(self, epochs):
        super().__init__()
        self.epochs, self.steps, self.epoch_ends = epochs, [], []

    def on_train_batch_end(self, batch, logs=None):
        self.steps.append(self.model.get_weights())

    def on_epoch_end(self, epoch, logs=None):
        self.epoch_ends.append(self.model.get_weights())
        self.model.stop_training = epoch + 1 == self.epochs


def moving_averages(steps, momentum):
    averages = [steps[0]]
    for weights in steps[1:]:
        pairs = zip(averages[-1], weights, strict=True)
        averages.append([momentum * old + (1 - momentum) * new for old, new in pairs])
    return averages


def assert_close(weights, expected):
    for got, wanted in zip(weights, expected, strict=True):
        np.testing.assert_allclose(got, wanted, atol=1e-6)


@pytest.fixture
def averaging(rng):
    """Trains a model with averaged weights, three steps an epoch, and gives it and the averages."""
    data = rng.normal(size=(12, 3)), rng.normal(size=(12, 2))

    def train(recorder, callbacks=()):
        frozen = keras.layers.Dense(3, trainable=False)
        model = keras.Sequential([keras.Input((3,)), frozen, keras.layers.Dense(2)])
        model.compile(keras.optimizers.Adam(0.1, use_ema=True, ema_momentum=0.6), loss="mse")
        callbacks = [AveragedWeights(), *callbacks, recorder]
        settings = {"epochs": 4, "batch_size": 4, "callbacks": callbacks, "verbose": 0}
        model.fit(*data, validation_data=data, **settings)
        return model, moving_averages(recorder.steps, 0.6)[2::3]

    return train


@pytest.mark.backends
@pytest.mark.parametrize("epochs", [1, 2, 4])  # of four: 1 and 2 stop early
def test_each_epoch_and_the_training_end_with_the_average(averaging, epochs):
    recorder = Recorder(epochs)
    model, averages = averaging(recorder)
    assert len(averages) == len(recorder.epoch_ends) == epochs
    for weights, expected in zip(recorder.epoch_ends, averages, strict=True):
        assert_close(weights, expected)
    assert_close(model.get_weights(), averages[-1])
    if epochs > 1:
        assert np.abs(averages[-1][2] - recorder.steps[-1][2]).max() > 1e-3


@pytest.mark.backends
def test_the_best_epoch_is_kept_with_its_average(averaging):
    scores = iter([10.0, 30.0, 20.0, 15.0])
    best = keras.callbacks.EarlyStopping(
        "val_bleu", mode="max", patience=1, restore_best_weights=True
    )
    model, averages = averaging(Recorder(3), [DevScore(lambda: {"bleu": next(scores)}), best])
    assert len(averages) == 3
    assert_close(model.get_weights(), averages[1])
