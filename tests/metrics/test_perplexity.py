import keras
import numpy as np
import pytest

from nlpseq.metrics.perplexity import Perplexity


def numpy_perplexity(batches):
    """All tokens of all batches in one list, then the definition."""
    losses, weights = [], []
    for targets, logits, batch_weights in batches:
        log_probs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
        for place in np.ndindex(*targets.shape):
            losses.append(-log_probs[place][targets[place]])
            weights.append(batch_weights[place])
    return np.exp(np.average(losses, weights=weights))


@pytest.fixture
def batches():
    """Two batches of different size, width, padding and difficulty."""
    rng = np.random.default_rng(0)

    def batch(rows, width, scale):
        targets = rng.integers(0, 5, size=(rows, width))
        logits = rng.normal(scale=scale, size=(rows, width, 5)).astype("float32")
        weights = (np.arange(width) < rng.integers(1, width + 1, size=(rows, 1))).astype("float32")
        return targets, logits, weights

    return [batch(2, 3, 0.1), batch(4, 9, 3.0)]


@pytest.mark.backends
def test_metric_is_exp_of_the_mean_over_all_tokens_of_all_batches(batches):
    metric = Perplexity()
    for targets, logits, weights in batches:
        metric.update_state(targets, logits, sample_weight=weights)
    assert float(metric.result()) == pytest.approx(numpy_perplexity(batches), rel=1e-5)


@pytest.mark.backends
def test_metric_without_weights_counts_every_position(batches):
    metric = Perplexity()
    metric.update_state(*batches[0][:2])
    expected = numpy_perplexity([(*batches[0][:2], np.ones((2, 3)))])
    assert float(metric.result()) == pytest.approx(expected, rel=1e-5)


@pytest.mark.backends
def test_metric_begins_anew_after_a_reset(batches):
    metric = Perplexity()
    metric.update_state(*batches[0])
    metric.reset_state()
    metric.update_state(*batches[1])
    assert float(metric.result()) == pytest.approx(numpy_perplexity(batches[1:]), rel=1e-5)


@pytest.mark.backends
def test_evaluate_gives_the_weights_to_the_metric(batches):
    targets, logits, weights = batches[1]
    model = keras.Sequential([keras.Input((9, 5)), keras.layers.Identity()])
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        weighted_metrics=[Perplexity()],
    )
    scores = model.evaluate(
        logits, targets, sample_weight=weights, batch_size=3, verbose=0, return_dict=True
    )
    assert scores["perplexity"] == pytest.approx(numpy_perplexity(batches[1:]), rel=1e-5)


def test_metric_round_trips_through_its_config():
    twin = keras.saving.deserialize_keras_object(
        keras.saving.serialize_keras_object(Perplexity(name="ppl"))
    )
    assert isinstance(twin, Perplexity)
    assert twin.name == "ppl"
