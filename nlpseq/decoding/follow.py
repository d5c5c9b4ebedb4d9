"""One hypothesis a row, followed to its end."""

from keras import ops


def follow(step, state, first_ids, end_id, limits, max_length, choose):
    """Takes one token after the other until every row has ended.

    The loop is `ops.while_loop`, so it runs inside a compiled graph, and it stops as soon as all
    rows are finished. A row's result does not depend on the other rows.

    Args:
        step: Function `(token_ids, state) -> (log_probs, state)`: from the last tokens, integers
            `(batch,)`, to log-probabilities in nats `(batch, vocab_size)` of the next ones.
        state: What `step` carries from call to call: any nest of tensors.
        first_ids: Integers, `(batch,)`: what the first step reads, usually the begin token.
        end_id: Id of the token that ends a row.
        limits: Integers, `(batch,)`: most tokens each row may have, the end token included.
        max_length: Steps after which the search stops in any case, and the width of the result;
            at least `limits`.
        choose: Function `(log_probs, time) -> token_ids`: from what `step` gave and the number of
            the step, from 0, to the tokens to go on with, integers `(batch,)`.

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
        >>> def worst(log_probs, time):
        ...     return ops.argmin(log_probs, axis=-1)
        >>> found = follow(look_up, (), np.array([2]), choose=worst, **sizes)
        >>> np.array(found["token_ids"]).tolist(), np.exp(np.array(found["log_probs"])).round(3)
        ([[0, 0]], array([0.01], dtype=float32))
    """
    first_ids = ops.cast(first_ids, "int32")
    limits = ops.cast(limits, "int32")
    positions = ops.arange(max_length, dtype="int32")[None]  # (1, L)
    empty = ops.zeros_like(first_ids)

    def not_all_finished(time, last_ids, found, lengths, log_probs, finished, state):
        return ops.logical_and(time < max_length, ops.logical_not(ops.all(finished)))

    def extend(time, last_ids, found, lengths, log_probs, finished, state):
        step_log_probs, state = step(last_ids, state)
        step_log_probs = ops.cast(step_log_probs, "float32")
        chosen = ops.where(finished, 0, ops.cast(choose(step_log_probs, time), "int32"))
        gained = ops.take_along_axis(step_log_probs, chosen[:, None], axis=-1)[:, 0]
        found = ops.where(positions == time, chosen[:, None], found)
        lengths = ops.where(finished, lengths, time + 1)
        log_probs = ops.where(finished, log_probs, log_probs + gained)
        ended = ops.logical_or(chosen == end_id, lengths >= limits)
        finished = ops.logical_or(finished, ended)
        return time + 1, chosen, found, lengths, log_probs, finished, state

    start = (
        ops.zeros((), dtype="int32"),
        first_ids,
        empty[:, None] * positions,  # (B, L)
        empty,
        ops.cast(empty, "float32"),
        limits <= 0,
        state,
    )
    _, _, found, lengths, log_probs, _, _ = ops.while_loop(not_all_finished, extend, start)
    return {"token_ids": found, "lengths": lengths, "log_probs": log_probs}
