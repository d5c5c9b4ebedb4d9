"""The best token at each step."""

from keras import ops


def greedy_search(step, state, first_ids, end_id, limits, max_length):
    """Follows the most probable token until every row has ended.

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

    Returns:
        A dictionary. `token_ids`: integers `(batch, max_length)`, the end token included, 0 behind
        it. `lengths`: integers `(batch,)`, tokens found, the end token included; a row without an
        end token stopped at its limit. `log_probs`: float `(batch,)`, the sum over those tokens.

    Example:
        A step function that always prefers the next higher token:

        >>> import numpy as np
        >>> def count(token_ids, state):
        ...     return np.log(np.eye(5)[np.array(token_ids) + 1] * 0.9 + 0.02), state
        >>> result = greedy_search(
        ...     count, (), np.array([1, 2]), end_id=4, limits=np.array([9, 1]), max_length=9
        ... )
        >>> np.array(result["token_ids"])[:, :4].tolist(), np.array(result["lengths"]).tolist()
        ([[2, 3, 4, 0], [3, 0, 0, 0]], [3, 1])
    """
    first_ids = ops.cast(first_ids, "int32")
    limits = ops.cast(limits, "int32")
    positions = ops.arange(max_length, dtype="int32")[None]  # (1, L)
    empty = ops.zeros_like(first_ids)

    def not_all_finished(time, last_ids, found, lengths, log_probs, finished, state):
        return ops.logical_and(time < max_length, ops.logical_not(ops.all(finished)))

    def extend(time, last_ids, found, lengths, log_probs, finished, state):
        scores, state = step(last_ids, state)
        best = ops.cast(ops.argmax(scores, axis=-1), "int32")
        best = ops.where(finished, 0, best)
        gained = ops.where(finished, 0.0, ops.cast(ops.max(scores, axis=-1), "float32"))
        found = ops.where(positions == time, best[:, None], found)
        lengths = ops.where(finished, lengths, time + 1)
        ended = ops.logical_or(best == end_id, lengths >= limits)
        finished = ops.logical_or(finished, ended)
        return time + 1, best, found, lengths, log_probs + gained, finished, state

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
