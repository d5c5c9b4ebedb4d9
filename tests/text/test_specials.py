import numpy as np
import pytest

from nlpseq.text.specials import (
    BEGIN_ID,
    END_ID,
    PAD_ID,
    SPECIALS,
    UNKNOWN_ID,
    id_list,
    strip_specials,
)


def test_special_tokens_are_in_the_order_of_their_ids():
    assert (PAD_ID, UNKNOWN_ID, BEGIN_ID, END_ID) == (0, 1, 2, 3)
    assert SPECIALS == ("<pad>", "<unk>", "<s>", "</s>")


@pytest.mark.parametrize(
    ("token_ids", "expected"),
    [
        ([2, 7, 8, 3, 0, 0], [7, 8]),
        ([7, 3, 8, 3], [7]),  # what follows the first end is no text
        ([7, 1, 8], [7, 1, 8]),  # no end: the decoder ran into its limit; unknown stays
        ([0, 7, 0], [7]),
        ([3], []),
        ([], []),
    ],
)
def test_only_ids_of_text_before_the_first_end_are_kept(token_ids, expected):
    assert strip_specials(token_ids) == expected


@pytest.mark.parametrize("dtype", ["int32", "int64", "uint8"])
def test_arrays_become_python_integers(dtype):
    ids = id_list(np.array([5, 6], dtype=dtype), vocab_size=7)
    assert ids == [5, 6]
    assert [type(token_id) for token_id in ids] == [int, int]


def test_no_ids_are_fine():
    assert id_list([], vocab_size=4) == []
    assert id_list(np.zeros(0, dtype="float32"), vocab_size=4) == []


@pytest.mark.parametrize("token_ids", [[[5], [6]], [5.0], ["5"], 5, [True]])
def test_anything_but_one_row_of_integers_is_refused(token_ids):
    with pytest.raises(ValueError, match="one row of integers"):
        id_list(token_ids, vocab_size=9)


@pytest.mark.parametrize("bad", [-1, 9])
def test_an_id_out_of_range_is_named(bad):
    with pytest.raises(ValueError, match=rf"from 0 to 8\. Received: {bad}"):
        id_list([5, bad, 6], vocab_size=9)
