import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.dropout import Dropout

pytestmark = pytest.mark.backends

ONES = np.ones((40, 5, 50), "float32")

either = pytest.mark.parametrize("locked", [False, True])


def dropped(layer, inputs=ONES):
    return ops.convert_to_numpy(layer(inputs, training=True))


@either
def test_the_share_is_dropped_and_the_expectation_stays(locked):
    found = dropped(Dropout(0.3, locked))
    assert np.unique(found) == pytest.approx([0, 1 / 0.7])
    assert (found == 0).mean() == pytest.approx(0.3, abs=0.05)
    assert found.mean() == pytest.approx(1, abs=0.07)


def test_only_locked_all_steps_of_a_sentence_lose_the_same_entries():
    of_steps, of_sentences = dropped(Dropout(0.5)), dropped(Dropout(0.5, locked=True))
    assert (of_steps[:, 0] != of_steps[:, 1]).any()
    assert (of_sentences == of_sentences[:, :1]).all()
    assert (of_sentences[0] != of_sentences[1]).any()


def test_locked_padding_does_not_change_what_is_dropped():
    wider = np.pad(ONES, [(0, 0), (0, 4), (0, 0)])
    narrow, wide = (dropped(Dropout(0.5, locked=True, seed=3), x) for x in (ONES, wider))
    np.testing.assert_array_equal(wide[:, :5], narrow)


@either
def test_each_call_drops_others(locked):
    layer = Dropout(0.5, locked)
    assert (dropped(layer) != dropped(layer)).any()


@either
def test_the_state_of_its_seed_decides_what_a_layer_drops(locked):
    layer = Dropout(0.5, locked)
    [variable] = layer.variables
    before = ops.convert_to_numpy(variable)
    first = dropped(layer)
    keras.random.uniform(())  # draws from the generators of the process
    variable.assign(before)
    np.testing.assert_array_equal(dropped(layer), first)


def test_layers_without_a_seed_follow_from_that_of_python():
    found = []
    for seed in (1, 1, 2):
        keras.utils.set_random_seed(seed)
        found.append(dropped(Dropout(0.5)))
    np.testing.assert_array_equal(found[0], found[1])
    assert (found[0] != found[2]).any()


@either
@pytest.mark.parametrize(("rate", "training"), [(0.3, False), (0.3, None), (0.0, True)])
def test_nothing_happens_outside_training_or_without_a_rate(locked, rate, training):
    kept = ops.convert_to_numpy(Dropout(rate, locked)(ONES, training=training))
    np.testing.assert_array_equal(kept, ONES)


@pytest.mark.parametrize("rate", [-0.1, 1.0])
def test_a_rate_out_of_range_is_refused(rate):
    with pytest.raises(ValueError, match=rf"must be in \[0, 1\)\. Received: rate={rate}"):
        Dropout(rate)
