import numpy as np
import pytest
from keras import ops

from nlpseq.layers.word_dropout import WordDropout

pytestmark = pytest.mark.backends

TOKENS = np.concatenate([np.arange(2, 10_002), np.zeros(5000)]).reshape(100, -1).astype("int32")


def test_the_right_share_becomes_unknown_and_padding_stays():
    dropped = ops.convert_to_numpy(WordDropout(0.3, unknown_id=1)(TOKENS, training=True))
    changed = dropped != TOKENS
    assert set(dropped[changed].tolist()) == {1}
    assert not changed[TOKENS == 0].any()
    assert changed[TOKENS > 0].mean() == pytest.approx(0.3, abs=0.02)


def test_each_call_drops_others():
    drop = WordDropout(0.3, seed=5)
    first, second = (ops.convert_to_numpy(drop(TOKENS, training=True)) for _ in range(2))
    assert (first != second).any()


@pytest.mark.parametrize(("rate", "training"), [(0.3, False), (0.3, None), (0.0, True)])
def test_nothing_happens_outside_training_or_without_a_rate(rate, training):
    kept = ops.convert_to_numpy(WordDropout(rate)(TOKENS, training=training))
    np.testing.assert_array_equal(kept, TOKENS)


@pytest.mark.parametrize("rate", [-0.1, 1.0])
def test_a_rate_out_of_range_is_refused(rate):
    with pytest.raises(ValueError, match=rf"must be in \[0, 1\)\. Received: rate={rate}"):
        WordDropout(rate)
