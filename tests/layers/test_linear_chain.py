from itertools import pairwise, product

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers import linear_chain
from nlpseq.layers.linear_chain import FORBIDDEN, IMPOSSIBLE

pytestmark = pytest.mark.backends

LENGTHS = [5, 1, 3, 2]
MASK = np.arange(5)[None] < np.array(LENGTHS)[:, None]


def draw(scale=1.0, with_rules=False):
    """Four rows of five steps (garbage at padding) and the scores of moves between three tags."""
    rng = np.random.default_rng(0)
    emissions = (rng.normal(size=(4, 5, 3)) * scale).astype("float32")
    transitions, start, end = (
        rng.normal(size=shape).astype("float32") for shape in ((3, 3), (3,), (3,))
    )
    if with_rules:
        transitions[0, 1] = transitions[1, 1] = transitions[2, 0] = FORBIDDEN
        start[2] = end[0] = FORBIDDEN
    return emissions, transitions, start, end


CHAINS = {
    "free": draw(),
    "with_rules": draw(with_rules=True),
    "large": draw(scale=1e3),
    "large_with_rules": draw(scale=1e3, with_rules=True),
}
each_chain = pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)


def every_path(emissions, transitions, start, end):
    """All paths of one row, `(paths, time)`, and their scores in float64."""
    paths = np.array(list(product(range(len(start)), repeat=len(emissions))))
    scores = [
        float(start[path[0]])
        + float(end[path[-1]])
        + sum(float(row[tag]) for row, tag in zip(emissions, path, strict=True))
        + sum(float(transitions[move]) for move in pairwise(path))
        for path in paths
    ]
    return paths, np.array(scores)


def rows_of(chain):
    """For each row: its number, its length, all its paths and their scores."""
    emissions, *moves = chain
    for b, length in enumerate(LENGTHS):
        yield b, length, *every_path(emissions[b, :length], *moves)


def arrays(outputs):
    return [ops.convert_to_numpy(x) for x in outputs]


def assert_near(found, expected):
    np.testing.assert_allclose(ops.convert_to_numpy(found), expected, rtol=1e-6, atol=1e-3)


def gradients(function, *values):
    """Gradients of the sum of `function(*values)`: what a step of gradient descent takes away."""

    class Function(keras.Model):
        def __init__(self):
            super().__init__()
            self.parameters_of_it = [self.add_weight(shape=value.shape) for value in values]

        def call(self, inputs):
            return function(*(ops.convert_to_tensor(x) for x in self.parameters_of_it))

    model = Function()
    model.set_weights(values)
    model.compile(keras.optimizers.SGD(1.0), loss=lambda y_true, y_pred: ops.sum(y_pred))
    model.train_on_batch(np.zeros(len(LENGTHS)), np.zeros(len(LENGTHS)))
    return [old - new for old, new in zip(values, model.get_weights(), strict=True)]


@each_chain
def test_path_scores_add_up(chain):
    emissions, *moves = chain
    for choice in (0, 1, -1):
        tags = np.full((4, 5), -7)  # anything at padding
        expected = []
        for b, length, paths, scores in rows_of(chain):
            tags[b, :length] = paths[choice]
            expected.append(scores[choice])
        result = linear_chain.path_scores(emissions, tags, MASK, *moves)
        assert_near(result, expected)


@each_chain
def test_log_partition_is_the_sum_over_all_paths(chain):
    emissions, *moves = chain
    expected = [np.logaddexp.reduce(scores) for _, _, _, scores in rows_of(chain)]
    result = linear_chain.log_partition(emissions, MASK, *moves)
    assert_near(result, expected)


@each_chain
def test_marginals_are_shares_of_all_paths(chain):
    emissions, *moves = chain
    result = ops.convert_to_numpy(linear_chain.marginals(emissions, MASK, *moves))
    expected = np.zeros((4, 5, 3))
    for b, length, paths, scores in rows_of(chain):
        probabilities = np.exp(scores - np.logaddexp.reduce(scores))
        expected[b, :length] = np.einsum("p,ptk->tk", probabilities, np.eye(3)[paths])
    np.testing.assert_allclose(result, expected, atol=1e-5)
    assert np.all(result[~MASK] == 0)


@each_chain
def test_viterbi_finds_the_best_path(chain):
    emissions, *moves = chain
    tags, best = arrays(linear_chain.viterbi(emissions, MASK, *moves))
    for b, length, paths, scores in rows_of(chain):
        np.testing.assert_array_equal(tags[b, :length], paths[scores.argmax()])
        assert_near(best[b], scores.max())
    assert tags.dtype == "int32"
    assert np.all(tags[~MASK] == 0)


@pytest.mark.parametrize("n", [2, 7, 40])
@pytest.mark.parametrize("chain", [CHAINS["free"], CHAINS["large_with_rules"]])
def test_nbest_viterbi_finds_the_best_paths_in_order(chain, n):
    emissions, *moves = chain
    tags, best = arrays(linear_chain.nbest_viterbi(emissions, MASK, *moves, n=n))
    assert tags.shape == (4, n, 5)
    for b, length, paths, scores in rows_of(chain):
        found = min(n, len(paths))  # 3, 9, 27 or 243 paths
        expected = -np.sort(-scores)[:found]
        assert_near(best[b, :found], expected)
        assert np.all(best[b, found:] == np.float32(IMPOSSIBLE))
        score_of = {tuple(path): score for path, score in zip(paths, scores, strict=True)}
        chosen = [tuple(path) for path in tags[b, :found, :length].tolist()]
        assert len(set(chosen)) == found
        assert_near(best[b, :found], [score_of[path] for path in chosen])
        assert np.all(tags[b, :, length:] == 0)


def test_nbest_viterbi_names_the_bad_number():
    with pytest.raises(ValueError, match=r"`n` must be at least 1.*n=0"):
        linear_chain.nbest_viterbi(*CHAINS["free"][:1], None, *CHAINS["free"][1:], n=0)


def test_gradients_of_log_partition_are_expected_counts():
    chain = CHAINS["free"]
    expected = [np.zeros(x.shape) for x in chain]
    for b, length, paths, scores in rows_of(chain):
        for path, p in zip(paths, np.exp(scores - np.logaddexp.reduce(scores)), strict=True):
            for place, where in [(2, path[0]), (3, path[-1])]:
                expected[place][where] += p
            for move in pairwise(path):
                expected[1][move] += p
            expected[0][b, np.arange(length), path] += p
    found = gradients(lambda e, *moves: linear_chain.log_partition(e, MASK, *moves), *chain)
    for gradient, counts in zip(found, expected, strict=True):
        np.testing.assert_allclose(gradient, counts, atol=1e-5)


@pytest.mark.parametrize("name", ["with_rules", "large_with_rules"])
def test_gradients_stay_finite_and_equal_the_marginals_under_rules(name):
    emissions, *moves = CHAINS[name]
    found, *of_moves = gradients(
        lambda e, *moves: linear_chain.log_partition(e, MASK, *moves), emissions, *moves
    )
    expected = ops.convert_to_numpy(linear_chain.marginals(emissions, MASK, *moves))
    np.testing.assert_allclose(found, expected, atol=1e-3)  # of numbers near 1e3, in float32
    assert all(np.isfinite(gradient).all() for gradient in of_moves)


def test_a_way_that_seems_hopeless_is_not_lost():
    """The only way into the best last tag leads through a tag 1000 nats below the others."""
    emissions = np.array([[[1000.0, 0.0, 0.0], [0.0, 0.0, 3000.0]]], "float32")
    transitions, zeros = np.zeros((3, 3), "float32"), np.zeros(3, "float32")
    transitions[0, 2] = transitions[2, 2] = FORBIDDEN
    log_z = linear_chain.log_partition(emissions, None, transitions, zeros, zeros)
    assert float(log_z[0]) == 3000
    found = ops.convert_to_numpy(linear_chain.marginals(emissions, None, transitions, zeros, zeros))
    np.testing.assert_array_equal(found, [[[0, 1, 0], [0, 0, 1]]])


def test_where_every_path_breaks_a_rule_all_is_finite():
    emissions = np.zeros((1, 2, 2), "float32")
    zeros = np.zeros(2, "float32")
    transitions = np.full((2, 2), FORBIDDEN, "float32")
    log_z = linear_chain.log_partition(emissions, None, transitions, zeros, zeros)
    np.testing.assert_allclose(ops.convert_to_numpy(log_z), [FORBIDDEN + np.log(4)], rtol=1e-6)


def test_long_rows_lose_no_precision():
    emissions = np.full((1, 400, 5), 1.5, "float32")
    moves = np.zeros((5, 5), "float32"), np.zeros(5, "float32"), np.zeros(5, "float32")
    log_z = linear_chain.log_partition(emissions, None, *moves)
    np.testing.assert_allclose(ops.convert_to_numpy(log_z), [400 * (1.5 + np.log(5))], rtol=1e-5)
    marginals = ops.convert_to_numpy(linear_chain.marginals(emissions, None, *moves))
    np.testing.assert_allclose(marginals, np.full((1, 400, 5), 0.2), rtol=1e-5)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_precision_is_left_at_once(dtype):
    emissions, *moves = CHAINS["free"]
    half = ops.cast(emissions, dtype)
    exact = ops.convert_to_numpy(ops.cast(half, "float32"))
    for function in (linear_chain.log_partition, linear_chain.marginals):
        result = ops.convert_to_numpy(function(half, MASK, *moves))
        assert result.dtype == "float32"
        np.testing.assert_array_equal(result, ops.convert_to_numpy(function(exact, MASK, *moves)))


class AllAnswers(keras.layers.Layer):
    def call(self, emissions, mask=None):
        moves = CHAINS["free"][1:]
        return [
            linear_chain.log_partition(emissions, mask, *moves),
            linear_chain.marginals(emissions, mask, *moves),
            *linear_chain.viterbi(emissions, mask, *moves),
            *linear_chain.nbest_viterbi(emissions, mask, *moves, n=4),
        ]


def test_padding_and_compilation_change_nothing():
    """A model with open batch and time answers for the batch what each row alone is answered."""
    symbols = [keras.Input((None, 3)), keras.Input((None,), dtype="bool")]
    model = keras.Model(symbols, AllAnswers()(*symbols))
    emissions = CHAINS["free"][0]
    log_z, marginals, tags, best, n_tags, n_best = arrays(model.predict_on_batch([emissions, MASK]))
    for b, length in enumerate(LENGTHS):
        alone = arrays(AllAnswers()(emissions[b : b + 1, :length]))
        for of_batch, of_row in zip(
            [log_z[b], marginals[b, :length], tags[b, :length], best[b], n_best[b]],
            [*alone[:4], alone[5]],
            strict=True,
        ):
            np.testing.assert_allclose(of_batch, of_row[0], rtol=1e-5)
        found = min(4, 3**length)
        np.testing.assert_array_equal(n_tags[b, :found, :length], alone[4][0, :found])
