"""Sums and searches over all tag paths of a linear chain: the arithmetic of a CRF.

A path `y` over a row of `L` real tokens has the score

    start[y_1] + sum_t emissions[t, y_t] + sum_t transitions[y_t, y_(t+1)] + end[y_L]

(Lample et al. 2016, section 2.2, with the borders `y_0`, `y_(n+1)` as vectors of their own), and
the probability `exp(score) / Z` (Lafferty et al. 2001). There are `tags ** L` paths; each function
here walks over the time steps once instead. What they have in common:

- `emissions`: float, `(batch, time, tags)`; whatever its type, all sums are made in float32.
- `mask`: bool, `(batch, time)`, `True` at real tokens, padding on the right, at least one real
  token a row. `None` means that nothing is padding. What stands at padding changes nothing.
- `transitions`: float, `(tags, tags)`, score of a move `[from, to]`; `start`, `end`: `(tags,)`.

A move that must never be made has the score `FORBIDDEN`, a tag that a position can't have the
emission `IMPOSSIBLE`. Both are finite, so that scores and gradients are too.

References:
    Lafferty, McCallum and Pereira (2001), "Conditional Random Fields". Lample et al. (2016),
    sections 2.1 and 2.2, https://arxiv.org/abs/1603.01360. Forward-backward and Viterbi: Rabiner
    (1989), "A Tutorial on Hidden Markov Models", sections III.A, III.B and V.A (scaling).
    The n best paths: Seshadri and Sundberg (1994), "List Viterbi decoding algorithms with
    applications", section II.A, the parallel algorithm.
"""

from keras import ops

from nlpseq.layers.reversal import last_steps, reverse_sequences

# Far below what the emissions of a sentence add up to, and float32 still tells tenths there.
FORBIDDEN = -1e6
# So low that adding scores to it changes nothing: no sum over paths ever sees it.
IMPOSSIBLE = -1e30
# Smallest sum of probabilities that the fast recursion relies on. What float32 rounds to zero
# (below 1e-38) is nothing beside it, and its inverse is far from overflowing in gradients.
_TINY = 1e-30


def path_scores(emissions, tags, mask, transitions, start, end):
    """Scores of given paths.

    Args:
        emissions: As above.
        tags: Integers in `[0, tags)`, `(batch, time)`; anything at padding.
        mask: As above.
        transitions: As above.
        start: As above.
        end: As above.

    Returns:
        Float32, `(batch,)`.

    Example:
        >>> import numpy as np
        >>> emissions = np.array([[[1.0, 0.0], [0.0, 2.0]]])
        >>> moves, zeros = np.array([[0.0, 5.0], [0.0, 0.0]]), np.zeros(2)
        >>> float(path_scores(emissions, np.array([[0, 1]]), None, moves, zeros, zeros)[0])
        8.0
    """
    emissions, transitions, start, end = _float32(emissions, transitions, start, end)
    real = _real_steps(emissions, mask)
    weights = ops.cast(real, "float32")
    tags = ops.where(real, ops.cast(tags, "int32"), 0)
    emitted = ops.take_along_axis(emissions, tags[..., None], axis=-1)[..., 0]  # (B, T)
    moves = tags[:, :-1] * emissions.shape[-1] + tags[:, 1:]  # (B, T-1)
    moved = ops.take(ops.reshape(transitions, (-1,)), moves, axis=0)
    last_tags = last_steps(tags[..., None], real)[:, 0]
    ends = ops.take(start, tags[:, 0], axis=0) + ops.take(end, last_tags, axis=0)
    return ops.sum(emitted * weights, axis=1) + ops.sum(moved * weights[:, 1:], axis=1) + ends


def log_partition(emissions, mask, transitions, start, end):
    """`log Z`: the log of the sum of `exp(score)` over all paths of a row.

    Its gradient is not that of the recursion: the derivative of `log Z` by any score is how
    probable it is that a path contains that score, which the forward-backward pass has found
    already. So no loop is differentiated, and the gradient is as stable as the marginals are. It
    is a gradient of first order: derivatives of it are wrong.

    Args:
        emissions: As above.
        mask: As above.
        transitions: As above.
        start: As above.
        end: As above.

    Returns:
        Float32, `(batch,)`.

    Example:
        >>> import numpy as np
        >>> zeros = np.zeros(3)
        >>> log_z = log_partition(np.zeros((1, 2, 3)), None, np.zeros((3, 3)), zeros, zeros)
        >>> round(float(log_z[0]), 4)  # log(9): nine equally good paths
        2.1972
    """
    emissions, transitions, start, end = scores = _float32(emissions, transitions, start, end)
    real = _real_steps(emissions, mask)
    constants = [ops.stop_gradient(score) for score in scores]
    present, forward, log_z = _forward_backward(real, *constants)
    # One step of the recursion for all time steps at once, from states that are held constant:
    # by `transitions[i, j]` its derivative is the probability of `i` before `j`, given `j`. (Where
    # `_recursion` has lost `j`, it is 0, not large: the scores are beyond reason already.)
    shift = ops.max(constants[1], axis=0)
    reached = ops.matmul(ops.exp(forward[:, :-1]), ops.exp(transitions - shift))
    moved = ops.log(ops.maximum(reached, _TINY))
    linear = (
        ops.sum(present * emissions, axis=(1, 2))
        + ops.sum(present[:, 1:] * moved, axis=(1, 2))
        + ops.sum(present[:, 0] * start, axis=-1)
        + ops.sum(last_steps(present, real) * end, axis=-1)
    )
    return log_z + (linear - ops.stop_gradient(linear))


def marginals(emissions, mask, transitions, start, end):
    """How probable each tag is at each step: the share of all paths that pass through it.

    Args:
        emissions: As above.
        mask: As above.
        transitions: As above.
        start: As above.
        end: As above.

    Returns:
        Float32 in `[0, 1]`, `(batch, time, tags)`: sums to 1 over the tags of a real token, and
        is 0 at padding. No gradient flows through it.

    Example:
        Two tags that must alternate, and a hint about the last one:

        >>> import numpy as np
        >>> emissions = np.log([[[1.0, 1.0], [1.0, 1.0], [3.0, 1.0]]])
        >>> moves, zeros = np.array([[FORBIDDEN, 0.0], [0.0, FORBIDDEN]]), np.zeros(2)
        >>> np.array(marginals(emissions, None, moves, zeros, zeros)).round(2).tolist()
        [[[0.75, 0.25], [0.25, 0.75], [0.75, 0.25]]]
    """
    real = _real_steps(emissions, mask)
    scores = _float32(emissions, transitions, start, end)
    return _forward_backward(real, *(ops.stop_gradient(score) for score in scores))[0]


def viterbi(emissions, mask, transitions, start, end):
    """The best path of each row.

    Args:
        emissions: As above.
        mask: As above.
        transitions: As above.
        start: As above.
        end: As above.

    Returns:
        Tags, int32, `(batch, time)`, 0 at padding, and scores, float32, `(batch,)`.

    Example:
        >>> import numpy as np
        >>> emissions = np.array([[[1.0, 0.0], [0.0, 2.0]]])
        >>> moves, zeros = np.array([[0.0, FORBIDDEN], [0.0, 0.0]]), np.zeros(2)
        >>> tags, scores = viterbi(emissions, None, moves, zeros, zeros)
        >>> np.array(tags).tolist(), np.array(scores).tolist()
        ([[1, 1]], [2.0])
    """
    tags, scores = nbest_viterbi(emissions, mask, transitions, start, end, n=1)
    return tags[:, 0], scores[:, 0]


def nbest_viterbi(emissions, mask, transitions, start, end, n):
    """The `n` best paths of each row: at each step, the `n` best ways to reach each tag.

    Args:
        emissions: As above.
        mask: As above.
        transitions: As above.
        start: As above.
        end: As above.
        n: Number of paths, at least 1.

    Returns:
        Tags, int32, `(batch, n, time)`, 0 at padding, and scores, float32, `(batch, n)`, best
        first; no gradient flows through them. All paths differ. A row with fewer than `n` paths
        (`tags ** length`) is filled up with scores `IMPOSSIBLE`, whose tags mean nothing.

    Raises:
        ValueError: If `n` is below 1.

    Example:
        >>> import numpy as np
        >>> emissions, zeros = np.array([[[1.0, 0.0], [0.0, 2.5]]]), np.zeros(2)
        >>> tags, scores = nbest_viterbi(emissions, None, np.zeros((2, 2)), zeros, zeros, n=3)
        >>> np.array(tags).tolist(), np.array(scores).tolist()
        ([[[0, 1], [1, 1], [0, 0]]], [[3.5, 2.5, 1.0]])
    """
    if n < 1:
        raise ValueError(f"`n` must be at least 1. Received: n={n}")
    scores = _float32(emissions, transitions, start, end)
    emissions, transitions, start, end = (ops.stop_gradient(score) for score in scores)
    num_tags = emissions.shape[-1]
    real = _real_steps(emissions, mask)
    # A state is a tag and a rank among the ways to reach it: `tag * n + rank`.
    no_move = ops.arange(num_tags * n, dtype="int32")[None]  # (1, K*n)
    moves = ops.repeat(ops.transpose(transitions), n, axis=1)  # (to, from states)
    first_rank = ops.where(ops.arange(n) == 0, 0.0, IMPOSSIBLE)
    first = ops.reshape((start + emissions[:, 0])[..., None] + first_rank, (-1, num_tags * n))

    def extend(carry, step):
        scores, _ = carry
        emitted, is_real = step[:, :-1, None], step[:, -1:] > 0
        best, origins = ops.top_k(scores[:, None] + moves, n)  # (B, to, n)
        best = ops.reshape(best + emitted, (-1, num_tags * n))
        origins = ops.cast(ops.reshape(origins, (-1, num_tags * n)), "int32")
        carry = ops.where(is_real, best, scores), ops.where(is_real, origins, no_move)
        return carry, carry

    # Step t leads from t to t + 1, and the last one nowhere: so a row of length 1 needs no case of
    # its own. One array, since TensorFlow's scan takes only one where the time axis is open.
    steps = ops.concatenate([emissions, ops.cast(real, "float32")[..., None]], axis=-1)[:, 1:]
    steps = ops.transpose(ops.pad(steps, [(0, 0), (0, 1), (0, 0)]), (1, 0, 2))
    (scores, _), (_, origins) = ops.scan(extend, (first, ops.zeros_like(first, "int32")), steps)
    scores, states = ops.top_k(scores + ops.repeat(end, n), n)  # (B, n)

    def trace_back(state, origins):
        state = ops.take_along_axis(origins, state, axis=1)
        return state, state

    _, states = ops.scan(trace_back, ops.cast(states, "int32"), origins, reverse=True)
    tags = ops.transpose(states, (1, 2, 0)) // n  # (B, n, T)
    return ops.where(real[:, None], tags, 0), scores


def _float32(*scores):
    return [ops.cast(score, "float32") for score in scores]


def _real_steps(emissions, mask):
    if mask is None:
        return ops.ones(ops.shape(emissions)[:2], dtype="bool")
    return ops.cast(mask, "bool")


def _forward_backward(real, emissions, transitions, start, end):
    """The marginals; the log sums over all ways to each tag, up to a constant a step; `log Z`.

    The ways from a tag to the end are the ways to it in the reversed row, with all moves reversed:
    both directions are one recursion, side by side. Both contain the step's own emission.
    """
    sides = ops.stack([emissions, reverse_sequences(emissions, real)])
    sides = ops.transpose(sides, (2, 0, 1, 3))  # (T, 2, B, K)
    moves = ops.stack([transitions, ops.transpose(transitions)])  # (2, from, to)
    borders = ops.stack([start, end])[:, None]  # (2, 1, K)
    weights = ops.cast(real, "float32")
    states, maxima = _recursion(sides, moves, borders, ops.transpose(weights))
    forward, backward = ops.unstack(ops.transpose(states, (1, 2, 0, 3)), 2)
    present = ops.softmax(forward + reverse_sequences(backward, real) - emissions, axis=-1)
    log_z = ops.logsumexp(last_steps(forward, real) + end, axis=-1)
    log_z = log_z + ops.sum(ops.transpose(maxima[:, 0, :, 0]) * weights, axis=1)
    return ops.where(real[..., None], present, 0.0), forward, log_z


def _recursion(sides, moves, borders, weights):
    """The log sums over all ways to each tag, and the maxima of each step, taken away from them.

    A step is a matrix product with the exponentials of the moves, many times faster than a
    `logsumexp` over all pairs of tags. It loses a tag all of whose allowed predecessors are some 70
    nats worse than the best tag there (scores beyond reason, or a path that breaks a rule): if that
    has happened to any tag, all is computed again, slowly and exactly.
    """
    best_moves = ops.max(moves, axis=1, keepdims=True)  # (2, 1, to)
    factors = ops.exp(moves - best_moves)

    def fast(states):
        return ops.log(ops.maximum(ops.matmul(ops.exp(states), factors), _TINY)) + best_moves

    def exact(states):
        return ops.logsumexp(states[..., None] + moves[:, None], axis=-2)

    states, maxima = _scan(fast, sides, borders)
    lost = ops.matmul(ops.exp(states[:-1]), factors) < _TINY  # (T-1, 2, B, to)
    lost = ops.logical_and(lost, sides[1:] > IMPOSSIBLE / 2)
    lost = ops.logical_and(lost, weights[1:, None, :, None] > 0)
    return ops.cond(ops.any(lost), lambda: _scan(exact, sides, borders), lambda: (states, maxima))


def _scan(move, sides, borders):
    def normalized(scores):
        maximum = ops.max(scores, axis=-1, keepdims=True)
        return scores - maximum, maximum

    def extend(carry, emitted):
        return normalized(move(carry[0]) + emitted), carry

    # Each step gives what it was given: the last one is for nothing, and a row of length 1 needs
    # no case of its own.
    _, outputs = ops.scan(extend, normalized(sides[0] + borders), ops.roll(sides, -1, axis=0))
    return outputs
