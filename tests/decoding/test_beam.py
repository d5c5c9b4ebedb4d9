import contextlib
import itertools

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.beam import beam_search
from nlpseq.decoding.greedy import greedy_search
from nlpseq.decoding.length_penalty import AVERAGE, GNMT, NO_PENALTY

pytestmark = pytest.mark.backends

END, FIRST = 1, 2
PENALTIES = {
    "none": (NO_PENALTY, lambda length: 1.0),
    "gnmt": (GNMT, lambda length: ((5 + length) / 6) ** 0.6),
    "average": (AVERAGE, lambda length: length),
}
each_penalty = pytest.mark.parametrize(
    ("penalty", "divisor"), PENALTIES.values(), ids=PENALTIES.keys()
)
CONTEXTS = 23


def next_context(context, token):
    """A number for all that has been read, in which the order of the tokens counts."""
    return (5 * context + token + 1) % CONTEXTS


def look_up(token_ids, state):
    """Log-probabilities of the row's own table, after all the tokens read so far."""
    context = next_context(state["context"], ops.cast(token_ids, "int32"))
    here = ops.one_hot(context, CONTEXTS, dtype="float32")
    # Not a product: tables may have -inf.
    rows = ops.where(here[:, :, None] > 0, state["tables"], 0.0)
    return ops.sum(rows, axis=1), {"context": context, "tables": state["tables"]}


def log_prob_of(table, tokens):
    context, total = 0, 0.0
    for last, token in itertools.pairwise([FIRST, *tokens]):
        context = next_context(context, last)
        total += table[context, token]
    return total


def make_tables(rng, rows, vocab_size):
    """Log-probabilities `(row, context, next token)`."""
    tables = rng.normal(scale=1.5, size=(rows, CONTEXTS, vocab_size)).astype("float32")
    return tables - np.log(np.exp(tables).sum(axis=-1, keepdims=True))


def search_tables(tables, limits, beam_size, search=beam_search, max_length=None, **options):
    limits = np.array(limits)
    state = {
        "tables": ops.convert_to_tensor(tables),
        "context": ops.zeros(len(tables), dtype="int32"),
    }
    if search is beam_search:
        options["beam_size"] = beam_size
    first_ids = np.full(len(tables), FIRST)
    max_length = max_length or int(limits.max())
    found = search(look_up, state, first_ids, END, limits, max_length, **options)
    return {name: ops.convert_to_numpy(x) for name, x in found.items()}


def all_sequences(vocab_size, limit):
    """Every sequence that ends with the end token, or at the limit without one."""
    for length in range(1, limit + 1):
        for tokens in itertools.product(range(vocab_size), repeat=length):
            if END not in tokens[:-1] and (tokens[-1] == END or length == limit):
                yield tokens


def plain_beam_search(table, limit, beam_size, num_best, divisor):
    """One row, with lists of tuples, to the very end: it never stops early."""
    running, finished = [((), 0.0)], []
    for _ in range(limit):
        extended = [
            ((*tokens, token), log_prob_of(table, (*tokens, token)))
            for tokens, _ in running
            for token in range(table.shape[-1])
        ]
        best = sorted(extended, key=lambda pair: -pair[1])[:beam_size]
        ended = [pair for pair in best if pair[0][-1] == END or len(pair[0]) == limit]
        running = [pair for pair in best if pair not in ended]
        finished += ended
    return sorted(finished, key=lambda pair: -pair[1] / divisor(len(pair[0])))[:num_best]


def check_row(found, row, expected, divisor):
    """What was found in a row is `expected`: pairs of tokens and log-probability."""
    width = found["token_ids"].shape[-1]
    padded = [list(tokens) + [0] * (width - len(tokens)) for tokens, _ in expected]
    assert found["token_ids"][row].tolist() == padded
    assert found["lengths"][row].tolist() == [len(tokens) for tokens, _ in expected]
    log_probs = np.array([log_prob for _, log_prob in expected])
    np.testing.assert_allclose(found["log_probs"][row], log_probs, rtol=1e-4)
    scores = log_probs / np.array([divisor(len(tokens)) for tokens, _ in expected])
    np.testing.assert_allclose(found["scores"][row], scores, rtol=1e-4)


@each_penalty
def test_beam_as_wide_as_the_space_finds_the_best_of_all_sequences(rng, penalty, divisor):
    tables, limits = make_tables(rng, rows=3, vocab_size=3), [4, 2, 3]
    found = search_tables(tables, limits, beam_size=24, num_best=5, length_penalty=penalty)
    for row, limit in enumerate(limits):
        pairs = [(tokens, log_prob_of(tables[row], tokens)) for tokens in all_sequences(3, limit)]
        pairs.sort(key=lambda pair: -pair[1] / divisor(len(pair[0])))
        check_row(found, row, pairs[:5], divisor)


@pytest.mark.parametrize("rows", [6, 30])  # 30: the batch is halved
@each_penalty
def test_narrow_beam_equals_a_plain_search_that_never_stops_early(rng, penalty, divisor, rows):
    tables, limits = make_tables(rng, rows, vocab_size=4), [7, 7, 5, 7, 2, 6] * (rows // 6)
    found = search_tables(tables, limits, beam_size=3, num_best=2, length_penalty=penalty)
    for row, limit in enumerate(limits):
        check_row(found, row, plain_beam_search(tables[row], limit, 3, 2, divisor), divisor)


@each_penalty
def test_beam_of_one_is_greedy_search(rng, penalty, divisor):
    tables, limits = make_tables(rng, rows=8, vocab_size=5), [6, 6, 6, 4, 0, 1, 6, 6]
    greedy = search_tables(tables, limits, 1, search=greedy_search)
    assert len(set(greedy["lengths"])) > 3
    found = search_tables(tables, limits, 1, length_penalty=penalty)
    for name, expected in greedy.items():
        np.testing.assert_allclose(found[name][:, 0], expected, rtol=1e-6)


def test_other_rows_change_nothing(rng):
    tables, limits = make_tables(rng, rows=5, vocab_size=4), [8, 3, 8, 5, 6]
    together = search_tables(tables, limits, beam_size=3, num_best=3)
    for row, limit in enumerate(limits):
        alone = search_tables(tables[[row]], [limit], beam_size=3, num_best=3, max_length=8)
        for name, x in together.items():
            np.testing.assert_array_equal(alone[name][0], x[row])


def test_stops_at_max_length_in_any_case(rng):
    tables = make_tables(rng, rows=3, vocab_size=4)
    found = search_tables(tables, [9, 2, 5], beam_size=2, num_best=2, max_length=4)
    expected = search_tables(tables, [4, 2, 4], beam_size=2, num_best=2)
    for name, x in expected.items():
        np.testing.assert_array_equal(found[name], x)


def test_n_best_are_sorted_and_distinct(rng):
    tables = make_tables(rng, rows=4, vocab_size=4)
    found = search_tables(tables, [6] * 4, beam_size=6, num_best=6)
    assert (np.diff(found["scores"], axis=1) <= 0).all()
    assert all(len(set(map(tuple, row))) == 6 for row in found["token_ids"])


def test_equal_log_probs_still_give_distinct_hypotheses_the_same_each_time():
    tables = np.full((3, CONTEXTS, 4), np.log(0.25), "float32")
    found = search_tables(tables, [3, 3, 3], beam_size=7, num_best=7, length_penalty=AVERAGE)
    assert all(len(set(map(tuple, row))) == 7 for row in found["token_ids"])
    np.testing.assert_allclose(found["scores"], np.log(0.25), rtol=1e-6)
    alone = search_tables(tables[:1], [3], beam_size=7, num_best=7, length_penalty=AVERAGE)
    for row in found["token_ids"]:
        np.testing.assert_array_equal(row, alone["token_ids"][0])


# Next-token probabilities after each last token, of `_`, `.`, the first token `<`, `a`, `b`, `c`.
LETTERS = "_.<abc"
SHORT_OR_LONG = {
    "<": {".": 0.3, "a": 0.5, "b": 0.2},  # "." ends at once ...
    "a": {"c": 0.9, ".": 0.1},
    "c": {".": 0.9, "b": 0.1},  # ... but "ac." is the most probable
    "b": {"b": 0.9, ".": 0.1},
}


def search_letters(probabilities, read=None, **options):
    table = np.full((len(LETTERS), len(LETTERS)), -np.inf, "float32")
    for last, row in probabilities.items():
        for letter, probability in row.items():
            table[LETTERS.index(last), LETTERS.index(letter)] = np.log(probability)

    def step(token_ids, state):
        if read is not None:
            read.append(text_of(ops.convert_to_numpy(token_ids)))
        return ops.take(ops.convert_to_tensor(table), token_ids, axis=0), state

    limits = np.array([options.pop("limit", 9)])
    found = beam_search(step, (), np.array([FIRST]), END, limits, 9, **options)
    return {name: ops.convert_to_numpy(x)[0] for name, x in found.items()}


def text_of(token_ids):
    return "".join(LETTERS[i] for i in token_ids)


def texts_of(found):
    pairs = zip(found["token_ids"], found["lengths"], strict=True)
    return [text_of(row[:length]) for row, length in pairs]


def test_finished_hypotheses_wait_until_no_running_one_can_win():
    found = search_letters(SHORT_OR_LONG, beam_size=2, length_penalty=NO_PENALTY)
    assert texts_of(found) == ["ac."]
    assert found["log_probs"][0] == pytest.approx(np.log(0.5 * 0.9 * 0.9))


@pytest.mark.parametrize(
    ("penalty", "limit", "best", "steps"),
    [
        (NO_PENALTY, 9, "ac.", 3),  # "acb", 0.045 so far, is already below 0.405
        (AVERAGE, 4, "ac.", 3),  # log(0.2 * 0.9**2) / 4, all that "bbb" can reach, is too low
        (AVERAGE, 7, "ac.", 6),  # after six, a seventh one is no longer enough
        (AVERAGE, 8, "bbbbbbbb", 8),  # a long output of few surprises wins, if it has the time
    ],
)
def test_stops_as_soon_as_no_running_hypothesis_can_win(penalty, limit, best, steps):
    read = []
    with one_python_call_a_step():
        found = search_letters(
            SHORT_OR_LONG, read, limit=limit, beam_size=3, length_penalty=penalty
        )
    assert texts_of(found) == [best]
    assert len(read) == steps


def one_python_call_a_step():
    """JAX traces a loop once, other backends run it in Python."""
    if keras.backend.backend() != "jax":
        return contextlib.nullcontext()
    import jax

    return jax.disable_jit()


def test_places_without_a_hypothesis_are_empty():
    one_way = {"<": {"a": 1.0}, "a": {".": 0.5, "c": 0.5}, "c": {".": 1.0}}
    found = search_letters(one_way, beam_size=4, num_best=4, length_penalty=GNMT)
    assert texts_of(found) == ["ac.", "a.", "", ""]
    assert found["scores"].tolist()[2:] == found["log_probs"].tolist()[2:] == [-np.inf] * 2
    assert not found["token_ids"][2:].any()


def test_row_without_room_has_one_empty_hypothesis():
    found = search_letters(SHORT_OR_LONG, limit=0, beam_size=3, num_best=2)
    assert texts_of(found) == ["", ""]
    assert found["log_probs"].tolist() == found["scores"].tolist() == [0.0, -np.inf]


def test_runs_inside_a_compiled_model(rng):
    class Searcher(keras.Model):
        def call(self, tables):
            state = {"tables": tables, "context": ops.cast(tables[:, 0, 0] * 0, "int32")}
            limits = ops.cast(tables[:, 0, 0] * 0, "int32") + 6
            max_length = ops.shape(tables)[1] - CONTEXTS + 6
            first_ids = limits * 0 + FIRST
            return beam_search(look_up, state, first_ids, END, limits, max_length, 3, 2)

    tables = make_tables(rng, rows=3, vocab_size=4)
    expected = search_tables(tables, [6, 6, 6], beam_size=3, num_best=2)
    searcher = Searcher()
    for rows in (3, 2):  # the second shape makes Keras relax the first
        for name, x in searcher.predict_on_batch(tables[:rows]).items():
            np.testing.assert_allclose(x, expected[name][:rows], rtol=1e-5)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ({"beam_size": 0}, r"`beam_size` must be at least 1.*beam_size=0"),
        ({"beam_size": 2, "num_best": 0}, r"`num_best` must be from 1.*num_best=0, beam_size=2"),
        ({"beam_size": 2, "num_best": 3}, r"`num_best` must be from 1.*num_best=3, beam_size=2"),
    ],
)
def test_rejects_sizes_out_of_range(sizes, message):
    with pytest.raises(ValueError, match=message):
        search_letters(SHORT_OR_LONG, **sizes)
