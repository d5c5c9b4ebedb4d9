import keras
import numpy as np
import pytest

from nlpseq.metrics.accuracy import TokenAccuracy, sentence_accuracy, token_accuracy

REFERENCE = [["A", "B", "C"], ["A"], ["B", "B"]]
PREDICTED = [["A", "B", "A"], ["A"], ["C", "C"]]


def test_every_token_counts_the_same_whatever_its_sentence():
    assert token_accuracy(PREDICTED, REFERENCE) == 3 / 6


def test_a_sentence_counts_when_all_its_labels_are_right():
    assert sentence_accuracy(PREDICTED, REFERENCE) == 1 / 3


@pytest.mark.parametrize("accuracy", [token_accuracy, sentence_accuracy])
def test_ids_are_labels_too(accuracy):
    assert accuracy([[0, 1]], [[0, 1]]) == 1.0
    assert accuracy([[0]], [[1]]) == 0.0


@pytest.mark.parametrize("accuracy", [token_accuracy, sentence_accuracy])
def test_sentences_of_different_length_are_named(accuracy):
    with pytest.raises(ValueError, match="Received: 2 and 1 in sentence 1"):
        accuracy([["A"], ["A", "B"]], [["A"], ["A"]])
    with pytest.raises(ValueError, match=r"as many sentences\. Received: 1 and 2"):
        accuracy([["A"]], [["A"], ["A"]])


def test_the_accuracy_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="at least one label"):
        token_accuracy([[]], [[]])
    with pytest.raises(ValueError, match="at least one sentence"):
        sentence_accuracy([], [])


@pytest.mark.backends
def test_every_token_of_an_epoch_counts_alike(rng):
    """Two batches of different width, with padding: as one list of tokens."""
    metric, right = TokenAccuracy(), []
    for rows, width in [(3, 5), (2, 9)]:
        logits = rng.normal(size=(rows, width, 4))
        labels = rng.integers(-1, 4, size=(rows, width))  # -1: never right
        mask = np.arange(width) < rng.integers(1, width, size=(rows, 1))
        metric.update_state(labels, logits.astype("float32"), mask.astype("float32"))
        right += (logits.argmax(axis=-1) == labels)[mask].tolist()
    assert float(metric.result()) == pytest.approx(sum(right) / len(right))


@pytest.mark.backends
def test_without_weights_every_token_counts():
    metric = TokenAccuracy()
    metric.update_state(np.array([[1, 0, -1, 1]]), np.array([[[0.0, 1.0]] * 4], "float32"))
    assert float(metric.result()) == 2 / 4


@pytest.mark.backends
def test_the_metric_round_trips_through_its_config():
    serialized = keras.saving.serialize_keras_object(TokenAccuracy(name="right"))
    assert keras.saving.deserialize_keras_object(serialized).name == "right"
