import math

import keras
import numpy as np
import pytest

from nlpseq.training.compiling import compile_model, learning_rate_schedule


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (0, 0.0),
        (5, 0.5),  # a twentieth of 200 steps is 10: half of the way up
        (10, 1.0),  # the top
        (105, 0.5),  # halfway down 190 steps
        (10 + 19, (1 + math.cos(math.pi / 10)) / 2),
        (200, 0.0),
        (300, 0.0),  # it stays there
    ],
)
def test_schedule_rises_in_a_line_and_falls_in_half_a_cosine(step, expected):
    schedule = learning_rate_schedule(1.0, total_steps=200)
    assert float(schedule(step)) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("total_steps", [1, 2, 3])
def test_the_shortest_training_has_a_schedule_too(total_steps):
    rates = [float(learning_rate_schedule(0.5, total_steps)(step)) for step in range(4)]
    assert max(rates) == pytest.approx(0.5)
    assert min(rates) >= 0


@pytest.fixture
def logits():
    """A model that is its logits: three positions, four classes."""
    layer = keras.layers.EinsumDense("bi,itc->btc", output_shape=(3, 4), kernel_initializer="zeros")
    return keras.Sequential([keras.Input((1,)), layer])


ONE, TARGETS = np.ones((1, 1)), np.array([[2, 1, 3]])
WEIGHTS = np.array([[1.0, 1.0, 0.0]])


@pytest.mark.backends
def test_loss_and_metrics_leave_padding_out(logits):
    compile_model(logits, learning_rate=0.1, total_steps=10, clip_norm=1.0)
    kernel = np.zeros((1, 3, 4))
    kernel[0, 0, 2] = 50.0  # right and sure; the second position is undecided, the third padding
    kernel[0, 2, 0] = 50.0
    logits.set_weights([kernel])
    found = logits.evaluate(ONE, TARGETS, sample_weight=WEIGHTS, return_dict=True, verbose=0)
    assert found["loss"] == pytest.approx(math.log(4) / 2, rel=1e-5)
    assert found["perplexity"] == pytest.approx(2.0, rel=1e-5)  # the square root of 1 * 4
    assert found["accuracy"] == pytest.approx(0.5)


@pytest.mark.backends
def test_gradients_are_clipped_by_their_norm_together(logits):
    compile_model(logits, learning_rate=1.0, total_steps=2, clip_norm=1e-12)
    # Adam divides by |gradient| + 1e-7: clipped that far, a full step comes out as next to none.
    logits.fit(np.repeat(ONE, 4, 0), np.repeat(TARGETS, 4, 0), epochs=2, batch_size=4, verbose=0)
    assert np.abs(logits.get_weights()[0]).max() < 1e-3
    assert logits.optimizer.global_clipnorm == 1e-12
