import numpy as np
import pytest

from nlpseq.batching.padding import mask_of, pad


def test_each_row_holds_its_sequence_and_then_the_fill_value():
    rng = np.random.default_rng(0)
    sequences = [rng.integers(1, 99, size=length).tolist() for length in (3, 0, 7, 1)]
    padded = pad(sequences, width=9, value=-5)
    assert padded.dtype == np.int32
    assert padded.tolist() == [row + [-5] * (9 - len(row)) for row in sequences]


def test_lists_and_arrays_give_the_same():
    lists = [[4, 5], [], [6]]
    np.testing.assert_array_equal(pad(lists), pad([np.array(x, dtype=np.int64) for x in lists]))


def test_without_a_width_the_longest_sequence_decides():
    assert pad([[1], [2, 3]]).shape == (2, 2)


@pytest.mark.parametrize(("sequences", "shape"), [([], (0, 4)), ([[], []], (2, 4))])
def test_nothing_to_pad_gives_only_padding(sequences, shape):
    padded = pad(sequences, width=4)
    assert padded.shape == shape
    assert not padded.any()


def test_a_sequence_longer_than_the_width_is_named():
    with pytest.raises(ValueError, match=r"width=2, row 1 has length 3"):
        pad([[1], [2, 3, 4]], width=2)


def test_only_integers_are_taken():
    with pytest.raises(TypeError, match=r"must hold integers.*float64"):
        pad([[1.5, 2.0]])


def test_mask_is_true_exactly_at_the_real_tokens():
    mask = mask_of([0, 3, 2], width=3)
    assert mask.dtype == bool
    assert mask.tolist() == [[False] * 3, [True] * 3, [True, True, False]]


def test_mask_of_too_long_a_row_is_an_error():
    with pytest.raises(ValueError, match=r"width=4, row 0 has length 5"):
        mask_of([5, 2], width=4)
