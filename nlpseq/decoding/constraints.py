"""Step functions that keep outputs from being what they must not be.

Each function here takes a step function and the state before its first call, and gives back both
with a condition more: a pair to hand on to the next one, or to any search of this room. The new
state is `(state, own)`: that of the step inside, and what the condition has to remember. A token
that must not come has the log-probability `-inf`; the others keep theirs, so that the
log-probability of an output is still the one that the model gives it.
"""

from keras import ops

IMPOSSIBLE = float("-inf")
NOTHING = -1  # no token is there


def no_repeat_ngrams(step, state, size, batch_size, max_length):
    """Keeps each hypothesis from having the same `size` tokens in a row twice.

    The first token that is read counts, and where all tokens that are possible would repeat
    something, they stay possible: there is no dead end, and a forced prefix may repeat itself.

    Args:
        step: As in `beam_search`.
        state: What `step` carries before its first call.
        size: Number of tokens, at least 1.
        batch_size: Rows of the first axis of `state`, an integer or tensor.
        max_length: As in the search.

    Returns:
        A step function and a state.

    Raises:
        ValueError: If `size` is below 1.

    Example:
        A step function that always prefers 2, with no token twice:

        >>> import numpy as np
        >>> from nlpseq.decoding.greedy import greedy_search
        >>> table = np.log([[0.1, 0.1, 0.5, 0.3]] * 4)
        >>> def look_up(token_ids, state):
        ...     return table[np.array(token_ids)], state
        >>> step, state = no_repeat_ngrams(look_up, (), size=1, batch_size=1, max_length=4)
        >>> sizes = {"end_id": 1, "limits": np.array([4]), "max_length": 4}
        >>> found = greedy_search(step, state, first_ids=np.array([0]), **sizes)
        >>> np.array(found["token_ids"]).tolist()
        [[2, 3, 1, 0]]

    Reference:
        Paulus, Xiong and Socher (2018), section 2.5, https://arxiv.org/abs/1705.04304
    """
    if size < 1:
        raise ValueError(f"`size` must be at least 1. Received: size={size}")
    # As many more places as keep the slices below from ever being empty.
    empty = ops.zeros((batch_size, max_length + size - 1), dtype="int32") + NOTHING

    def constrained(token_ids, states, *given):
        state, history = states
        log_probs, state = step(token_ids, state, *given)
        last = ops.cast(token_ids, "int32")[:, None]
        history = ops.concatenate([last, history[:, :-1]], axis=1)  # the newest token first
        log_probs = unless_none_is_left(log_probs, _next_of_repeated(history, size, log_probs))
        return log_probs, (state, history)

    return constrained, (state, empty)


def minimum_length(step, state, lengths, end_id):
    """Keeps hypotheses from ending before they have as many tokens as each row asks for.

    Args:
        step: As in `beam_search`.
        state: What `step` carries before its first call.
        lengths: Integers, `(batch,)`: fewest tokens of each row, the end token included.
        end_id: Id of the token that ends a hypothesis.

    Returns:
        A step function and a state.

    Example:
        >>> import numpy as np
        >>> from nlpseq.decoding.greedy import greedy_search
        >>> table = np.log([[0.1, 0.6, 0.2, 0.1]] * 4)
        >>> def look_up(token_ids, state):
        ...     return table[np.array(token_ids)], state
        >>> step, state = minimum_length(look_up, (), lengths=np.array([3]), end_id=1)
        >>> sizes = {"end_id": 1, "limits": np.array([4]), "max_length": 4}
        >>> found = greedy_search(step, state, first_ids=np.array([0]), **sizes)
        >>> np.array(found["token_ids"]).tolist()
        [[2, 2, 1, 0]]
    """

    def constrained(token_ids, states, *given):
        state, missing = states
        log_probs, state = step(token_ids, state, *given)
        is_end = ops.arange(log_probs.shape[-1], dtype="int32") == end_id
        too_early = ops.logical_and(missing[:, None] > 0, is_end)
        return ops.where(too_early, IMPOSSIBLE, log_probs), (state, missing - 1)

    return constrained, (state, ops.cast(lengths, "int32") - 1)


def forced_prefix(step, state, prefixes):
    """Makes the hypotheses of each row begin with tokens that are given.

    Args:
        step: As in `beam_search`.
        state: What `step` carries before its first call.
        prefixes: Integers, `(batch, prefix_time)`: the first tokens of each row, 0 behind them. A
            row without any is free.

    Returns:
        A step function and a state.

    Example:
        >>> import numpy as np
        >>> from nlpseq.decoding.greedy import greedy_search
        >>> table = np.log([[0.1, 0.6, 0.2, 0.1]] * 4)
        >>> def look_up(token_ids, state):
        ...     return table[np.array(token_ids)], state
        >>> step, state = forced_prefix(look_up, (), prefixes=np.array([[3, 2, 0]]))
        >>> sizes = {"end_id": 1, "limits": np.array([4]), "max_length": 4}
        >>> found = greedy_search(step, state, first_ids=np.array([0]), **sizes)
        >>> np.array(found["token_ids"]).tolist(), np.exp(np.array(found["log_probs"])).round(3)
        ([[3, 2, 1, 0]], array([0.012], dtype=float32))
    """

    def constrained(token_ids, states, *given):
        state, coming = states
        log_probs, state = step(token_ids, state, *given)
        forced = coming[:, 0][:, None]  # not `[:, :1]`, of which TensorFlow may not know the shape
        others = ops.logical_and(forced > 0, ops.arange(log_probs.shape[-1]) != forced)
        coming = ops.concatenate([coming[:, 1:], ops.zeros_like(forced)], axis=1)
        return ops.where(others, IMPOSSIBLE, log_probs), (state, coming)

    return constrained, (state, ops.cast(prefixes, "int32"))


def _next_of_repeated(history, size, log_probs):
    """Which tokens, `(rows, vocab_size)`, have already come after the last `size - 1` ones."""
    rows, vocab_size = ops.shape(history)[0], log_probs.shape[-1]
    steps = ops.shape(history)[1] - size + 1  # how long ago an n-gram may have ended
    comes_after = history[:, size - 1 : size - 1 + steps] != NOTHING
    for k in range(size - 1):
        same = history[:, k + 1 : k + 1 + steps] == history[:, k : k + 1]
        comes_after = ops.logical_and(comes_after, same)
    tokens = ops.where(comes_after, history[:, :steps], vocab_size)  # one more place, for none
    first_places = (vocab_size + 1) * ops.arange(rows, dtype="int32")[:, None]
    places = ops.reshape(first_places + tokens, (-1, 1))
    counts = ops.scatter(places, ops.ones_like(places[:, 0]), (rows * (vocab_size + 1),))
    return ops.reshape(counts, (rows, vocab_size + 1))[:, :vocab_size] > 0


def unless_none_is_left(log_probs, banned):
    """Makes tokens impossible, but where no other would be possible.

    Args:
        log_probs: Float, `(rows, vocab_size)`.
        banned: Bool, that shape.

    Returns:
        Float, that shape.

    Example:
        >>> import numpy as np
        >>> banned = np.array([[True, False], [True, True]])
        >>> np.array(unless_none_is_left(np.log([[0.5, 0.5]] * 2), banned)).round(1).tolist()
        [[-inf, -0.7], [-0.7, -0.7]]
    """
    left = ops.where(banned, IMPOSSIBLE, log_probs)
    is_any_left = ops.any(left > IMPOSSIBLE, axis=-1, keepdims=True)
    return ops.where(is_any_left, left, log_probs)
