import time

import keras
import numpy as np
import pytest

from nlpseq.training.callbacks import DevScore, Throughput


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


class Sleep(keras.callbacks.Callback):
    """Makes validation slow."""

    def on_test_end(self, logs=None):
        time.sleep(0.3)


@pytest.mark.backends
def test_throughput_counts_training_without_validation(model):
    throughput = Throughput(num_tokens=1000)
    data = {"validation_data": (X, X), "callbacks": [Sleep(), throughput], "verbose": 0}
    history = model.fit(X, X, epochs=2, **data).history
    assert history["tokens_per_second"] == [round(1000 / s) for s in throughput.seconds]
    assert 0 < throughput.seconds[1] < 0.3  # the first epoch compiles


def test_callbacks_called_without_logs_do_nothing():
    throughput = Throughput(num_tokens=1)
    throughput.on_epoch_begin(0)
    for callback in (throughput, DevScore(lambda: {"bleu": 1.0})):
        callback.on_epoch_end(0)
