"""The best outputs that a beam of hypotheses leads to."""

import keras
from keras import ops

from nlpseq.decoding.banks import best_of_banks
from nlpseq.decoding.length_penalty import GNMT
from nlpseq.decoding.shrinking import shrinking_loop

IMPOSSIBLE = float("-inf")


def beam_search(
    step,
    state,
    first_ids,
    end_id,
    limits,
    max_length,
    beam_size,
    num_best=1,
    length_penalty=GNMT,
    state_penalty=None,
    banks=None,
    given=(),
):
    """Follows the `beam_size` most probable hypotheses of each row, and keeps those that end.

    At each step the running hypotheses of a row are extended by every token, and the `beam_size`
    most probable extensions are taken. Those that end leave the beam for a store of the `num_best`
    best scores; the others run on. A hypothesis' score is its log-probability divided by
    `length_penalty` of its length, plus the `state_penalty`. A running hypothesis is dropped as
    soon as it can't enter the store any more, even if all its further tokens were certain, it
    became as long as its limit allows, and had no `state_penalty`; a row stops when none runs, the
    search when all rows have stopped.

    So a beam of 1 is `greedy_search`, and a beam that holds all hypotheses finds the best of all.
    The loop is a `shrinking_loop`, and a row's result does not depend on the other rows. Among
    equal log-probabilities the order of the backend's `top_k` decides.

    Args:
        step: Function `(token_ids, state, *given) -> (log_probs, state)`: from the last tokens,
            integers `(rows,)`, to log-probabilities in nats `(rows, vocab_size)` of the next ones;
            `-inf` at tokens that must not come. There are `batch * beam_size` rows: those of the
            first sentence, then those of the second; once some sentences are finished, fewer.
        state: What `step` carries from call to call: any nest of tensors with the batch as first
            axis. The search repeats each for `beam_size` rows a sentence, and moves the rows with
            their hypotheses. So what is the same for all hypotheses of a sentence, as what a
            decoder reads of the source, is better `given`.
        first_ids: Integers, `(batch,)`: what the first step reads, usually the begin token.
        end_id: Id of the token that ends a hypothesis.
        limits: Integers, `(batch,)`: most tokens each row's hypotheses may have, the end token
            included. One that gets there has ended, with or without an end token.
        max_length: Upper bound of `limits`, and the width of the result.
        beam_size: Number of hypotheses that are followed, at least 1.
        num_best: Number of hypotheses to return, from 1 to `beam_size`.
        length_penalty: A `LengthPenalty`, or another function from lengths to divisors that does
            not fall.
        state_penalty: Function `(state, *given)` from the state after a hypothesis' last step, in
            rows as `step` has it, to a number to be added to its score, float `(rows,)`, 0 or
            below; or `None`.
        banks: Function from the state after a step to what `best_of_banks` takes of it:
            `(token_ids, banks, other_banks)`, the first axis `rows`. Then extensions are taken from
            all banks of a row in turns, not the most probable of all. `None`: there are no banks.
        given: What `step` reads besides, and does not change: a tuple of nests of tensors whose
            first axis is the batch, with one row a sentence.

    Returns:
        A dictionary, best hypotheses first. `token_ids`: integers `(batch, num_best, max_length)`,
        the end token included, 0 behind it. `lengths`: integers `(batch, num_best)`, the end token
        included. `log_probs`: float `(batch, num_best)`, the sum over those tokens. `scores`: float
        `(batch, num_best)`, by which they are ordered. Where a row has less than `num_best`
        hypotheses, the places left have length 0 and the score `-inf`.

    Raises:
        ValueError: If `beam_size` or `num_best` is out of range.

    Example:
        The most probable first token is 2, but what begins with 3 is more probable as a whole:

        >>> import numpy as np
        >>> table = np.log([[0.1, 0.1, 0.5, 0.3], [1, 1, 1, 1], [0.3] * 4, [0.1, 0.7, 0.1, 0.1]])
        >>> def look_up(token_ids, state):
        ...     return table[np.array(token_ids)], state
        >>> sizes = {"limits": np.array([5]), "max_length": 5, "beam_size": 3, "num_best": 2}
        >>> found = beam_search(look_up, (), np.array([0]), end_id=1, **sizes)
        >>> np.array(found["token_ids"]).tolist()
        [[[3, 1, 0, 0, 0], [2, 1, 0, 0, 0]]]
        >>> np.exp(np.array(found["log_probs"], "float64")).round(2).tolist()
        [[0.21, 0.15]]

    Reference:
        Sutskever, Vinyals and Le (2014), section 3.2, https://arxiv.org/abs/1409.3215; stopping as
        in Huang, Zhao and Ma (2017), https://arxiv.org/abs/1809.00069, bounded by the limit.
    """
    check_sizes(beam_size, num_best)
    first_ids = ops.cast(first_ids, "int32")[:, None]  # (B, 1)
    limits = ops.minimum(ops.cast(limits, "int32"), max_length)[:, None]  # (B, 1)
    largest_divisor = length_penalty(ops.cast(ops.maximum(limits, 1), "float32"))
    positions = ops.arange(max_length, dtype="int32")  # (L,)

    def extend(time, runs, finished, running, given):
        state = keras.tree.map_structure(_to_rows, running["state"])
        step_log_probs, state = step(_to_rows(running["last_ids"]), state, *given["step"])
        step_log_probs = _from_rows(ops.cast(step_log_probs, "float32"), beam_size)  # (B, W, V)
        taken = running["log_probs"], step_log_probs
        if banks is None:
            log_probs, parents, last_ids = _best_extensions(*taken)
        else:
            of_rows = (_from_rows(x, beam_size) for x in banks(state))
            log_probs, parents, last_ids = best_of_banks(*taken, *of_rows)

        def follow_parents(x):
            return _select(_from_rows(x, beam_size), parents)

        token_ids = _select(running["token_ids"], parents)
        token_ids = ops.where(positions == time, last_ids[:, :, None], token_ids)
        state = keras.tree.map_structure(follow_parents, state)
        time = time + 1
        ended = ops.logical_or(last_ids == end_id, time >= given["limits"])
        scores = log_probs / length_penalty(ops.cast(time, "float32"))
        if state_penalty is not None:
            penalties = state_penalty(keras.tree.map_structure(_to_rows, state), *given["step"])
            scores = scores + _from_rows(penalties, beam_size)
        candidates = {
            "token_ids": token_ids,
            "lengths": ops.zeros_like(last_ids) + time,
            "log_probs": log_probs,
            "scores": ops.where(ended, scores, IMPOSSIBLE),
        }
        finished = _best_of(finished, candidates, num_best)
        can_win = log_probs / given["largest_divisor"] > finished["scores"][:, -1:]
        runs_on = ops.logical_and(can_win, ops.logical_not(ended))
        running = {
            "last_ids": last_ids,
            "log_probs": ops.where(runs_on, log_probs, IMPOSSIBLE),
            "token_ids": token_ids,
            "state": state,
        }
        return ops.any(runs_on, axis=1), finished, running

    first = _empty_hypothesis(limits > 0, beam_size, positions)
    running = {
        "last_ids": ops.repeat(first_ids, beam_size, axis=1),
        "log_probs": first["log_probs"],
        "token_ids": first["token_ids"],
        "state": keras.tree.map_structure(
            lambda x: ops.repeat(ops.expand_dims(x, 1), beam_size, axis=1), state
        ),
    }
    finished = _empty_hypothesis(limits <= 0, num_best, positions)
    given = {"step": given, "limits": limits, "largest_divisor": largest_divisor}
    finished = shrinking_loop(extend, limits[:, 0] > 0, finished, running, given)
    return _blank_where_impossible(finished)


def check_sizes(beam_size, num_best):
    """Refuses sizes that `beam_search` can't work with.

    Args:
        beam_size: As in `beam_search`.
        num_best: As in `beam_search`.

    Raises:
        ValueError: If one is out of range.
    """
    if beam_size < 1:
        raise ValueError(f"`beam_size` must be at least 1. Received: beam_size={beam_size}")
    if not 1 <= num_best <= beam_size:
        raise ValueError(
            "`num_best` must be from 1 to `beam_size`. "
            f"Received: num_best={num_best}, beam_size={beam_size}"
        )


def _empty_hypothesis(is_there, size, positions):
    """`size` places of each sentence: nothing found, or in the first one no tokens at all."""
    is_there = ops.logical_and(is_there, ops.arange(size, dtype="int32") == 0)
    lengths = ops.zeros_like(is_there, dtype="int32")
    log_probs = ops.where(is_there, 0.0, IMPOSSIBLE)
    return {
        "token_ids": lengths[:, :, None] * positions,
        "lengths": lengths,
        "log_probs": log_probs,
        "scores": log_probs,
    }


def _best_extensions(log_probs, step_log_probs):
    """The best of all hypotheses with one token more: log-probabilities, parents and tokens."""
    beam_size, vocab_size = step_log_probs.shape[1:]
    extended = ops.reshape(log_probs[:, :, None] + step_log_probs, (-1, beam_size * vocab_size))
    best, places = ops.top_k(extended, beam_size)
    places = ops.cast(places, "int32")
    return best, places // vocab_size, places % vocab_size


def _best_of(finished, candidates, num_best):
    """The best scores of both, in order."""
    both = {name: ops.concatenate([x, candidates[name]], axis=1) for name, x in finished.items()}
    _, places = ops.top_k(both["scores"], num_best)
    return {name: _select(x, places) for name, x in both.items()}


def _select(x, places):
    """Entries `places`, `(batch, n)`, of the second axis of `x`, `(batch, size, ...)`."""
    batch, size, *_ = ops.shape(x)
    first_rows = size * ops.arange(batch, dtype="int32")[:, None]
    return ops.take(_to_rows(x), first_rows + ops.cast(places, "int32"), axis=0)


def _to_rows(x):
    """From `(batch, size, ...)` to `(batch * size, ...)`."""
    return ops.reshape(x, (-1, *ops.shape(x)[2:]))


def _from_rows(x, size):
    """From `(batch * size, ...)` to `(batch, size, ...)`."""
    return ops.reshape(x, (-1, size, *ops.shape(x)[1:]))


def _blank_where_impossible(finished):
    """Clears places that no hypothesis has taken: equal scores may have moved anything there."""
    found = finished["scores"] > IMPOSSIBLE
    return {
        "token_ids": ops.where(found[:, :, None], finished["token_ids"], 0),
        "lengths": ops.where(found, finished["lengths"], 0),
        "log_probs": ops.where(found, finished["log_probs"], IMPOSSIBLE),
        "scores": finished["scores"],
    }
