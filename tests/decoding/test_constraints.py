"""Each condition, in every search, against all sequences that a scripted step function allows."""

import itertools

import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.beam import beam_search
from nlpseq.decoding.constraints import forced_prefix, minimum_length, no_repeat_ngrams
from nlpseq.decoding.greedy import greedy_search
from nlpseq.decoding.length_penalty import NO_PENALTY

pytestmark = pytest.mark.backends

END, FIRST, VOCAB = 1, 2, 4
ROWS, LIMIT = 3, 5


def next_context(context, token):
    """A number for all that has been read, in which the order of the tokens counts."""
    return (3 * context + token + 1) % 7


def look_up(token_ids, state):
    """Log-probabilities of the row's own table, after all the tokens read so far."""
    context = next_context(state["context"], ops.cast(token_ids, "int32"))
    here = ops.one_hot(context, 7, dtype="float32")
    log_probs = ops.einsum("bc,bcv->bv", here, state["tables"])
    return log_probs, {"context": context, "tables": state["tables"]}


@pytest.fixture
def tables(rng):
    """Log-probabilities `(row, context, next token)`."""
    tables = rng.normal(scale=1.5, size=(ROWS, 7, VOCAB)).astype("float32")
    return tables - np.log(np.exp(tables).sum(axis=-1, keepdims=True))


def log_prob_of(table, tokens):
    context, total = 0, 0.0
    for last, token in itertools.pairwise([FIRST, *tokens]):
        context = next_context(context, last)
        total += table[context, token]
    return total


def all_sequences():
    """Every sequence that ends with the end token, or at the limit without one."""
    for length in range(1, LIMIT + 1):
        for tokens in itertools.product(range(VOCAB), repeat=length):
            if END not in tokens[:-1] and (tokens[-1] == END or length == LIMIT):
                yield tokens


def repeats(tokens, size):
    """Whether `size` tokens in a row come twice, counting the first that is read."""
    read = (FIRST, *tokens)
    grams = [read[i : i + size] for i in range(len(read) - size + 1)]
    return len(set(grams)) < len(grams)


def search(tables, constrain, search_function, **options):
    """What is found under conditions: lists of `(tokens, log-probability)`, one a row."""
    state = {"tables": ops.convert_to_tensor(tables), "context": ops.zeros(ROWS, dtype="int32")}
    step, state = constrain(look_up, state)
    limits, first_ids = np.full(ROWS, LIMIT), np.full(ROWS, FIRST)
    found = search_function(step, state, first_ids, END, limits, LIMIT, **options)
    arrays = (ops.convert_to_numpy(found[name]) for name in ("token_ids", "lengths", "log_probs"))
    ids, lengths, log_probs = (x.reshape(ROWS, -1, *x.shape[2:]) for x in arrays)
    ids = ids.reshape(ROWS, -1, LIMIT)
    return [
        [(tuple(i[:n]), p) for i, n, p in zip(*row, strict=True) if n]
        for row in zip(ids, lengths, log_probs, strict=True)
    ]


def check_all(tables, constrain, allows):
    """A beam as wide as the space finds the best sequences of those that `allows(row, tokens)`."""
    options = {"beam_size": 300, "num_best": 8, "length_penalty": NO_PENALTY}
    found = search(tables, constrain, beam_search, **options)
    for row, table in enumerate(tables):
        pairs = [(tokens, log_prob_of(table, tokens)) for tokens in all_sequences()]
        pairs = [pair for pair in pairs if allows(row, pair[0])]
        expected = sorted(pairs, key=lambda pair: -pair[1])[:8]
        assert [tokens for tokens, _ in found[row]] == [tokens for tokens, _ in expected]
        np.testing.assert_allclose([p for _, p in found[row]], [p for _, p in expected], rtol=1e-4)


def check_greedy(tables, constrain, allows):
    """Greedy search takes the best token of those after which an allowed sequence may follow."""
    found = search(tables, constrain, greedy_search)
    for row, table in enumerate(tables):
        left = [tokens for tokens in all_sequences() if allows(row, tokens)]
        expected = ()
        while expected not in left:
            options = {tokens[: len(expected) + 1] for tokens in left}
            options = {o for o in options if o[:-1] == expected and len(o) > len(expected)}
            expected = max(options, key=lambda tokens: log_prob_of(table, tokens))
        [(tokens, log_prob)] = found[row]
        assert tokens == expected
        assert log_prob == pytest.approx(log_prob_of(table, expected), rel=1e-4)


@pytest.mark.parametrize("size", [1, 2, 3, LIMIT + 2])
def test_no_ngram_comes_twice(tables, size):
    def constrain(step, state):
        return no_repeat_ngrams(step, state, size, ROWS, LIMIT)

    def allows(row, tokens):
        return not repeats(tokens, size)

    check_greedy(tables, constrain, allows)
    check_all(tables, constrain, allows)


def test_each_row_has_its_minimum_length(tables):
    lengths = np.array([3, 0, LIMIT])

    def constrain(step, state):
        return minimum_length(step, state, lengths, END)

    def allows(row, tokens):
        return len(tokens) >= lengths[row]

    check_greedy(tables, constrain, allows)
    check_all(tables, constrain, allows)


def test_each_row_begins_with_its_prefix(tables):
    prefixes = [(3, 3), (), (2, 3, 3)]
    padded = np.array([[*prefix, *[0] * (3 - len(prefix))] for prefix in prefixes])

    def constrain(step, state):
        return forced_prefix(step, state, padded)

    def allows(row, tokens):
        return tokens[: len(prefixes[row])] == prefixes[row]

    check_greedy(tables, constrain, allows)
    check_all(tables, constrain, allows)


def test_conditions_hold_together_and_a_prefix_may_repeat_itself(tables):
    prefix = (3, 3, 3)

    def constrain(step, state):
        step, state = forced_prefix(step, state, np.array([prefix] * ROWS))
        step, state = minimum_length(step, state, np.array([LIMIT] * ROWS), END)
        return no_repeat_ngrams(step, state, 2, ROWS, LIMIT)

    def allows(row, tokens):
        after = tokens[3:]
        return (
            tokens[:3] == prefix
            and len(tokens) == LIMIT
            and 3 not in after[:1]
            and (not repeats(tokens[2:], 2))
            and tokens[3:5] != (FIRST, 3)
        )

    check_greedy(tables, constrain, allows)
    check_all(tables, constrain, allows)


def test_where_all_tokens_would_repeat_all_stay_possible(tables):
    def without_end(token_ids, state):
        log_probs, state = look_up(token_ids, state)
        return ops.where(ops.arange(VOCAB) == END, float("-inf"), log_probs), state

    def constrain(_, state):
        return no_repeat_ngrams(without_end, state, 1, ROWS, LIMIT)

    for [(tokens, log_prob)] in search(tables, constrain, greedy_search):
        assert sorted(tokens[:2]) == [0, 3]  # 2 is read first, and so comes only after them
        assert len(tokens) == LIMIT
        assert np.isfinite(log_prob)


def test_a_size_below_1_is_named():
    with pytest.raises(ValueError, match=r"`size` must be at least 1\. Received: size=0"):
        no_repeat_ngrams(look_up, {}, 0, ROWS, LIMIT)
