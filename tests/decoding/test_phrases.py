"""The condition in each search, against all sequences that a scripted step function allows."""

import functools
import itertools

import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.beam import beam_search
from nlpseq.decoding.greedy import greedy_search
from nlpseq.decoding.length_penalty import NO_PENALTY
from nlpseq.decoding.phrases import include_phrases, phrase_banks

pytestmark = pytest.mark.backends

END, FIRST, VOCAB = 1, 2, 5
# Of the second row nothing is asked; the third one has no room for anything else.
PHRASES = [[(3, 3)], [], [(4,), (3, 2)]]
LIMITS = [4, 4, 3]


def next_context(context, token):
    """A number for all that has been read, in which the order of the tokens counts."""
    return (3 * context + token + 1) % 7


def look_up(token_ids, state):
    """Log-probabilities of the row's own table, after all the tokens read so far."""
    context = next_context(state["context"], ops.cast(token_ids, "int32"))
    here = ops.one_hot(context, 7, dtype="float32")
    log_probs = ops.einsum("bc,bcv->bv", here, state["tables"])
    return log_probs, {"context": context, "tables": state["tables"]}


def make_tables(rng, rows):
    """Log-probabilities `(row, context, next token)`."""
    tables = rng.normal(scale=1.5, size=(rows, 7, VOCAB)).astype("float32")
    return tables - np.log(np.exp(tables).sum(axis=-1, keepdims=True))


def log_prob_of(table, tokens):
    context, total = 0, 0.0
    for last, token in itertools.pairwise([FIRST, *tokens]):
        context = next_context(context, last)
        total += table[context, token]
    return total


def is_in(phrase, tokens):
    places = range(len(tokens) - len(phrase) + 1)
    return any(tuple(tokens[i : i + len(phrase)]) == tuple(phrase) for i in places)


def has_all(phrases, tokens):
    return all(is_in(phrase, tokens) for phrase in phrases)


def padded(phrases):
    width = max((len(row) for row in phrases), default=0)
    length = max(len(phrase) for row in phrases for phrase in row)
    array = np.zeros((len(phrases), width, length), int)
    for i, row in enumerate(phrases):
        for j, phrase in enumerate(row):
            array[i, j, : len(phrase)] = phrase
    return array


def search(tables, phrases, limits, search_function, **options):
    """What is found: lists of `(tokens, log-probability)`, one a row."""
    rows, limits = len(tables), np.array(limits)
    state = {"tables": ops.convert_to_tensor(tables), "context": ops.zeros(rows, dtype="int32")}
    step, state = include_phrases(look_up, state, padded(phrases), limits, END)
    if search_function is not greedy_search:
        options["banks"] = lambda state: phrase_banks(state[1])
    first_ids, longest = np.full(rows, FIRST), int(limits.max())
    found = search_function(step, state, first_ids, END, limits, longest, **options)
    arrays = (ops.convert_to_numpy(found[name]) for name in ("token_ids", "lengths", "log_probs"))
    ids, lengths, log_probs = (x.reshape(rows, -1, *x.shape[2:]) for x in arrays)
    ids = ids.reshape(rows, -1, longest)
    return [
        [(tuple(map(int, i[:n])), p) for i, n, p in zip(*row, strict=True) if n]
        for row in zip(ids, lengths, log_probs, strict=True)
    ]


def allowed_sequences(phrases, limit):
    """Every sequence with all phrases that ends, or is as long as the limit."""
    for length in range(1, limit + 1):
        for tokens in itertools.product(range(VOCAB), repeat=length):
            ends = END not in tokens[:-1] and (tokens[-1] == END or length == limit)
            if ends and has_all(phrases, tokens):
                yield tokens


def test_beam_as_wide_as_the_space_finds_the_best_of_all_that_have_the_phrases(rng):
    tables = make_tables(rng, 3)
    options = {"beam_size": 320, "num_best": 8, "length_penalty": NO_PENALTY}
    found = search(tables, PHRASES, LIMITS, beam_search, **options)
    for row, limit in enumerate(LIMITS):
        allowed = allowed_sequences(PHRASES[row], limit)
        pairs = [(tokens, log_prob_of(tables[row], tokens)) for tokens in allowed]
        expected = sorted(pairs, key=lambda pair: -pair[1])[:8]
        assert [tokens for tokens, _ in found[row]] == [tokens for tokens, _ in expected]
        np.testing.assert_allclose([p for _, p in found[row]], [p for _, p in expected], rtol=1e-4)


def test_greedy_search_takes_the_best_token_after_which_the_phrases_still_fit(rng):
    tables = make_tables(rng, 3)
    for row, [(tokens, log_prob)] in enumerate(search(tables, PHRASES, LIMITS, greedy_search)):
        left = set(allowed_sequences(PHRASES[row], LIMITS[row]))
        expected = ()
        while expected not in left:
            size = len(expected) + 1
            options = {t[:size] for t in left if t[: size - 1] == expected and len(t) >= size}
            expected = max(options, key=lambda tokens: log_prob_of(tables[row], tokens))
        assert tokens == expected
        assert log_prob == pytest.approx(log_prob_of(tables[row], expected), rel=1e-4)


def needed(phrases, tokens):
    """Fewest tokens that are missing, where phrases have none in common."""
    missing = [phrase for phrase in phrases if not is_in(phrase, tokens)]
    begun = [
        size
        for phrase in missing
        for size in range(1, len(phrase))
        if tuple(tokens[len(tokens) - size :]) == phrase[:size]
    ]
    return sum(map(len, missing)) - max(begun, default=0)


def plain_search(table, phrases, limit, beam_size):
    """One row, with lists of tuples: of each number of missing tokens the best, in turns."""
    running, finished = [((), 0.0)], []
    for length in range(1, limit + 1):
        banks = {}
        for (tokens, _), token in itertools.product(running, range(VOCAB)):
            after = (*tokens, token)
            missing = needed(phrases, after)
            if missing <= limit - length and not (token == END and missing):
                banks.setdefault(missing, []).append((after, log_prob_of(table, after)))
        ranked = [sorted(banks[b], key=lambda pair: -pair[1]) for b in sorted(banks)]
        turns = itertools.chain(*itertools.zip_longest(*ranked))
        taken = [pair for pair in turns if pair][:beam_size]
        finished += [p for p in taken if p[0][-1] == END or length == limit]
        finished = sorted(finished, key=lambda pair: -pair[1])[:beam_size]
        worst = finished[-1][1] if len(finished) == beam_size else -np.inf
        running = [p for p in taken if p[0][-1] != END and p[1] > worst]
    return finished


def ranked(pairs):
    """The tokens, best first; of equally good ones, in their own order: rounding decides else."""
    return [tokens for tokens, _ in sorted(pairs, key=lambda pair: (-round(pair[1], 3), pair[0]))]


@pytest.mark.parametrize("beam_size", [1, 2, 5])
def test_narrow_beam_equals_a_plain_search_with_banks_alone_and_in_a_batch(rng, beam_size):
    phrases = [[(3, 4)], [], [(4,), (3, 2, 2)], [(2,)], [(3,), (4,), (2,)], [(4, 4, 4)]]
    limits = [6, 6, 7, 1, 5, 7]
    tables = make_tables(rng, len(phrases))
    options = {"beam_size": beam_size, "num_best": beam_size, "length_penalty": NO_PENALTY}
    together = search(tables, phrases, limits, beam_search, **options)
    for row, found in enumerate(together):
        expected = plain_search(tables[row], phrases[row], limits[row], beam_size)
        assert ranked(found) == ranked(expected)
        np.testing.assert_allclose([p for _, p in found], [p for _, p in expected], rtol=1e-4)
        if phrases[row]:
            one = tables[[row]], phrases[row : row + 1], limits[row : row + 1]
            [alone] = search(*one, beam_search, **options)
            assert ranked(alone) == ranked(found)


@pytest.mark.parametrize(
    "search_function",
    [
        greedy_search,
        functools.partial(beam_search, beam_size=1),
        functools.partial(beam_search, beam_size=4, num_best=4),
    ],
)
def test_phrases_with_tokens_in_common_are_there_wherever_there_is_room(rng, search_function):
    phrases = [
        [tuple(rng.integers(2, VOCAB, size=rng.integers(1, 4))) for _ in range(3)]
        for _ in range(20)
    ]
    limits = [sum(map(len, row)) for row in phrases]
    tables = make_tables(rng, len(phrases))
    for row, found in enumerate(search(tables, phrases, limits, search_function)):
        assert found
        assert all(has_all(phrases[row], tokens) for tokens, _ in found)


def test_a_row_without_room_is_under_no_condition(rng):
    tables = make_tables(rng, 2)
    phrases, limits = [[(3, 4, 3)], [(4,)]], [2, 2]
    options = {"beam_size": 20, "length_penalty": NO_PENALTY}
    [free], [bound] = search(tables, phrases, limits, beam_search, **options)
    best = max(allowed_sequences([], 2), key=functools.partial(log_prob_of, tables[0]))
    assert free[0] == best
    assert 4 in bound[0]
