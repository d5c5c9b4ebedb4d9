"""One hypothesis a row, followed to its end."""

from keras import ops

from nlpseq.decoding.shrinking import shrinking_loop


def follow(step, state, first_ids, end_id, limits, max_length, choose, given=()):
    """Takes one token after the other until every row has ended.

    The loop is a `shrinking_loop`, so it runs inside a compiled graph, it leaves finished rows
    behind, and it stops as soon as all are finished. A row's result does not depend on the other
    rows.

    Args:
        step: Function `(token_ids, state, *given) -> (log_probs, state)`: from the last tokens,
            integers `(rows,)`, to log-probabilities in nats `(rows, vocab_size)` of the next ones.
            There are as many rows as sentences, or, once some are finished, fewer.
        state: What `step` carries from call to call: any nest of tensors whose first axis is the
            batch.
        first_ids: Integers, `(batch,)`: what the first step reads, usually the begin token.
        end_id: Id of the token that ends a row.
        limits: Integers, `(batch,)`: most tokens each row may have, the end token included.
        max_length: Steps after which the search stops in any case, and the width of the result;
            at least `limits`.
        choose: Function `(log_probs, time, places) -> token_ids`: from what `step` gave, the number
            of the step, from 0, and the places of the rows in the batch, integers `(rows,)`, to the
            tokens to go on with, integers `(rows,)`.
        given: What `step` reads besides, and does not change: a tuple of such nests.

    Returns:
        A dictionary. `token_ids`: integers `(batch, max_length)`, the end token included, 0 behind
        it. `lengths`: integers `(batch,)`, tokens found, the end token included; a row without an
        end token stopped at its limit. `log_probs`: float `(batch,)`, the sum over those tokens.

    Example:
        Always the least probable token:

        >>> import numpy as np
        >>> def look_up(token_ids, state):
        ...     return np.log([[0.1, 0.2, 0.7]]), state
        >>> sizes = {"end_id": 1, "limits": np.array([2]), "max_length": 2}
        >>> def worst(log_probs, time, places):
        ...     return ops.argmin(log_probs, axis=-1)
        >>> found = follow(look_up, (), np.array([2]), choose=worst, **sizes)
        >>> np.array(found["token_ids"]).tolist(), np.exp(np.array(found["log_probs"])).round(3)
        ([[0, 0]], array([0.01], dtype=float32))
    """
    limits = ops.minimum(ops.cast(limits, "int32"), max_length)
    positions = ops.arange(max_length, dtype="int32")[None]  # (1, L)
    nothing = ops.zeros_like(limits)

    def extend(time, runs, found, state, given):
        last_ids, state = state
        log_probs, state = step(last_ids, state, *given["step"])
        log_probs = ops.cast(log_probs, "float32")
        chosen = ops.cast(choose(log_probs, time, given["places"]), "int32")
        chosen = ops.where(runs, chosen, 0)
        gained = ops.take_along_axis(log_probs, chosen[:, None], axis=-1)[:, 0]
        found = {
            "token_ids": ops.where(positions == time, chosen[:, None], found["token_ids"]),
            "lengths": ops.where(runs, time + 1, found["lengths"]),
            "log_probs": found["log_probs"] + ops.where(runs, gained, 0.0),
        }
        ended = ops.logical_or(chosen == end_id, found["lengths"] >= given["limits"])
        return ops.logical_and(runs, ops.logical_not(ended)), found, (chosen, state)

    found = {
        "token_ids": nothing[:, None] * positions,  # (B, L)
        "lengths": nothing,
        "log_probs": ops.cast(nothing, "float32"),
    }
    places = ops.arange(ops.shape(limits)[0], dtype="int32")
    given = {"step": given, "limits": limits, "places": places}
    state = ops.cast(first_ids, "int32"), state
    return shrinking_loop(extend, limits > 0, found, state, given)
