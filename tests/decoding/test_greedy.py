import contextlib

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.greedy import greedy_search

pytestmark = pytest.mark.backends

END = 1
LETTERS = "_.abcdefghijklmnopqrstuvwxyz"  # id 0 is padding, id 1 ends a word


def ids_of(words, width=9):
    """Ids of words that end with a full stop, then full stops up to the width."""
    return np.array([[LETTERS.index(x) for x in word.ljust(width, ".")] for word in words], "int32")


def spell(token_ids, state):
    """Prefers the next letter of each row's word, with probability 0.9."""
    words, time = state
    letters = ops.take_along_axis(words, time[:, None], axis=1)[:, 0]
    likely = ops.one_hot(letters, len(LETTERS), dtype="float32")
    return ops.log(0.9 * likely + 0.1 / 27 * (1 - likely)), (words, time + 1)


def search_words(words, limits=None, max_length=9):
    limits = [max_length] * len(words) if limits is None else limits
    first_ids = np.zeros(len(words), "int32")
    state = (ops.convert_to_tensor(ids_of(words)), ops.convert_to_tensor(first_ids))
    result = greedy_search(spell, state, first_ids, END, np.array(limits), max_length)
    return {name: ops.convert_to_numpy(x) for name, x in result.items()}


def text_of(row):
    return "".join(LETTERS[i] for i in row)


def test_spells_words_that_end_at_different_times():
    result = search_words(["greedy", "is", "", "short"])
    assert [text_of(row) for row in result["token_ids"]] == [
        "greedy.__",
        "is.______",
        ".________",
        "short.___",
    ]
    assert result["lengths"].tolist() == [7, 3, 1, 6]  # the end token is counted
    np.testing.assert_allclose(result["log_probs"], np.log(0.9) * result["lengths"], rtol=1e-5)


def test_each_row_stops_at_its_own_limit():
    result = search_words(["greedy", "greedy", "is", "greedy"], limits=[3, 9, 3, 0])
    assert [text_of(row) for row in result["token_ids"]] == [
        "gre______",
        "greedy.__",
        "is.______",
        "_________",
    ]
    assert result["lengths"].tolist() == [3, 7, 3, 0]
    np.testing.assert_allclose(result["log_probs"], np.log(0.9) * result["lengths"], rtol=1e-5)


def test_stops_at_max_length_in_any_case():
    result = search_words(["greedy", "is"], max_length=4)
    assert [text_of(row) for row in result["token_ids"]] == ["gree", "is._"]
    assert result["lengths"].tolist() == [4, 3]


def test_stops_when_all_rows_have_ended():
    read = []

    def step(token_ids, state):
        read.append(text_of(ops.convert_to_numpy(token_ids)))
        return spell(token_ids, state)

    state = (ops.convert_to_tensor(ids_of(["is", "a", "it"])), ops.zeros(3, dtype="int32"))
    with one_python_call_a_step():
        greedy_search(step, state, np.array([0, 0, 0]), END, np.array([9, 9, 9]), max_length=9)
    assert read == ["___", "iai", "s.t"]


def one_python_call_a_step():
    """JAX traces a loop once, other backends run it in Python."""
    if keras.backend.backend() != "jax":
        return contextlib.nullcontext()
    import jax

    return jax.disable_jit()


@pytest.fixture
def tables(rng):
    """Log-probabilities `(row, last token, next token)`, of which a step reads each row's own."""
    tables = rng.normal(scale=2, size=(6, 5, 5)).astype("float32")
    return tables - np.log(np.exp(tables).sum(axis=-1, keepdims=True))


def look_up(token_ids, state):
    """The table entry of the last token, moved on by one at each step."""
    tables, time = state
    last = ops.one_hot((token_ids + time) % 5, 5, dtype="float32")
    return ops.einsum("bi,bij->bj", last, tables), (tables, time + 1)


def search_tables(tables, limits):
    state = (ops.convert_to_tensor(tables), ops.zeros(len(tables), dtype="int32"))
    first_ids = np.full(len(tables), 2)
    result = greedy_search(look_up, state, first_ids, END, limits, max_length=8)
    return {name: ops.convert_to_numpy(x) for name, x in result.items()}


def plain_search(table, limit):
    """One row, in plain Python."""
    found, log_prob, last = [], 0.0, 2
    while last != END and len(found) < limit:
        scores = table[(last + len(found)) % 5]
        last = int(np.argmax(scores))
        found.append(last)
        log_prob += scores[last]
    return found, log_prob


@pytest.mark.parametrize("times", [1, 7])
def test_equals_a_plain_loop_over_single_rows(tables, times):
    tables = np.concatenate([tables + 0.1 * i for i in range(times)])  # 7: the batch is halved
    limits = np.tile([8, 8, 8, 8, 5, 2], times)
    result = search_tables(tables, limits)
    for row, (table, limit) in enumerate(zip(tables, limits, strict=True)):
        found, log_prob = plain_search(table, limit)
        assert result["token_ids"][row].tolist() == found + [0] * (8 - len(found))
        assert result["lengths"][row] == len(found)
        assert result["log_probs"][row] == pytest.approx(log_prob, rel=1e-5)


def test_other_rows_change_nothing(tables):
    limits = np.array([8, 3, 8, 8, 5, 2])
    together = search_tables(tables, limits)
    for row in range(6):
        alone = search_tables(tables[row : row + 1], limits[row : row + 1])
        for name, x in together.items():
            np.testing.assert_array_equal(alone[name][0], x[row])


def test_runs_inside_a_compiled_model():
    class Speller(keras.Model):
        def call(self, words):
            limits = ops.sum(ops.cast(words != END, "int32"), axis=1) + 1
            state = (words, ops.zeros_like(words[:, 0]))
            return greedy_search(
                spell, state, ops.zeros_like(words[:, 0]), END, limits, ops.shape(words)[1]
            )

    result = Speller().predict_on_batch(ids_of(["greedy", "is"], width=8))
    assert [text_of(row) for row in result["token_ids"]] == ["greedy._", "is._____"]
    assert result["lengths"].tolist() == [7, 3]
    np.testing.assert_allclose(result["log_probs"], np.log(0.9) * result["lengths"], rtol=1e-5)
