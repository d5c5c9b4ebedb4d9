"""A beam whose places are shared among hypotheses that are at different stages."""

from keras import ops

IMPOSSIBLE = float("-inf")


def best_of_banks(log_probs, step_log_probs, token_ids, banks, other_banks):
    """The extensions that a beam takes, each bank of a row its share of the places.

    A bank is a number that says how far a hypothesis has come, such as how many tokens of phrases
    that must be in the output it has. Banks take their most probable extensions in turns, the
    highest bank first, until all places are taken. So each has about as many, and where one has
    fewer extensions than that, the others have its places.

    Args:
        log_probs: Float, `(batch, beam_size)`: those of the hypotheses so far; `-inf` of none.
        step_log_probs: Float, `(batch, beam_size, vocab_size)`: those of each next token.
        token_ids: Integers, `(batch, beam_size, n)`: tokens that may change the bank, in any order;
            some may be there several times.
        banks: Integers, 0 or above, `(batch, beam_size, n)`: the bank with each of these tokens.
        other_banks: Integers, `(batch, beam_size)`: the bank with any other token.

    Returns:
        Of `beam_size` extensions, `(batch, beam_size)` each: their log-probabilities, float; the
        places of the hypotheses that are extended, and the tokens, integers.

    Example:
        Two hypotheses that 2 would bring into the next bank; without banks nobody would take it:

        >>> import numpy as np
        >>> log_probs, step_log_probs = np.log([[0.6, 0.4]]), np.log([[[0.6, 0.3, 0.1]] * 2])
        >>> token_ids, banks, others = np.array([[[2], [2]]]), np.array([[[1], [1]]]), [[0, 0]]
        >>> found = best_of_banks(log_probs, step_log_probs, token_ids, banks, np.array(others))
        >>> np.exp(np.array(found[0], "float64")).round(2).tolist()
        [[0.06, 0.36]]
        >>> [np.array(x).tolist() for x in found[1:]]
        [[[0, 0]], [[2, 0]]]

    Reference:
        Post and Vilar (2018), section 3.2: dynamic beam allocation,
        https://arxiv.org/abs/1804.06609
    """
    beam_size, vocab_size = step_log_probs.shape[1:]
    step_log_probs = ops.cast(step_log_probs, "float32")
    log_probs = ops.cast(log_probs, "float32")[:, :, None]
    token_ids = ops.cast(token_ids, "int32")
    # Each token once: by itself where it may change the bank, else among the best of all others.
    own = ops.where(_came_before(token_ids), IMPOSSIBLE, _at(step_log_probs, token_ids))
    rest = _without(step_log_probs, token_ids)
    others, other_ids = ops.top_k(rest, min(beam_size, vocab_size))
    other_ids = ops.cast(other_ids, "int32")
    other_banks = ops.zeros_like(other_ids) + ops.cast(other_banks, "int32")[:, :, None]
    candidates = log_probs + ops.concatenate([others, own], axis=-1)  # (B, W, K)
    all_ids = ops.concatenate([other_ids, token_ids], axis=-1)
    all_banks = ops.concatenate([other_banks, ops.cast(banks, "int32")], axis=-1)
    parents = ops.zeros_like(all_ids) + ops.arange(beam_size, dtype="int32")[:, None]
    candidates, all_ids, all_banks, parents = (
        ops.reshape(x, (ops.shape(x)[0], -1)) for x in (candidates, all_ids, all_banks, parents)
    )
    _, places = ops.top_k(-_turns(candidates, all_banks), beam_size)
    return tuple(
        ops.take_along_axis(x, ops.cast(places, "int32"), axis=1)
        for x in (candidates, parents, all_ids)
    )


def _turns(candidates, banks):
    """When each candidate, `(batch, n)`, is taken: a number for each, impossible ones last."""
    places = ops.arange(ops.shape(candidates)[1], dtype="int32")
    one, other = candidates[:, :, None], candidates[:, None]
    first = ops.logical_and(one == other, places[:, None] > places)  # among equals
    better = ops.logical_or(other > one, first)
    rivals = ops.logical_and(better, banks[:, :, None] == banks[:, None])
    ranks = ops.sum(ops.cast(rivals, "int32"), axis=-1)  # within the bank
    highest = ops.max(banks)
    turns = ranks * (highest + 1) + highest - banks
    last = (highest + 1) * ops.shape(candidates)[1]
    return ops.where(candidates > IMPOSSIBLE, turns, last)


def _came_before(token_ids):
    """Whether a token is among those before it on the last axis."""
    places = ops.arange(ops.shape(token_ids)[-1], dtype="int32")
    same = token_ids[..., :, None] == token_ids[..., None, :]
    return ops.any(ops.logical_and(same, places[:, None] > places), axis=-1)


def _at(values, token_ids):
    return ops.take_along_axis(values, token_ids, axis=-1)


def _without(log_probs, token_ids):
    """The same log-probabilities, with some tokens made impossible."""
    vocab_size = log_probs.shape[-1]
    flat = ops.reshape(log_probs, (-1, vocab_size))
    rows = ops.arange(ops.shape(flat)[0], dtype="int32")[:, None]
    ids = ops.reshape(token_ids, (ops.shape(flat)[0], -1))
    places = ops.reshape(ops.stack([ops.zeros_like(ids) + rows, ids], axis=-1), (-1, 2))
    impossible = ops.zeros_like(places[:, 0], dtype="float32") + IMPOSSIBLE
    return ops.reshape(ops.scatter_update(flat, places, impossible), ops.shape(log_probs))
