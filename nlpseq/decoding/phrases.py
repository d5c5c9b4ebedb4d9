"""A condition on outputs: phrases that must be in them."""

from keras import ops

from nlpseq.decoding.constraints import NOTHING, unless_none_is_left


def include_phrases(step, state, phrases, limits, end_id):
    """Keeps hypotheses from ending before they have all the phrases that each row asks for.

    A phrase is some tokens in a row, and it is there as soon as a hypothesis has them, wherever,
    also where another phrase has some of them in common with it. As long as what is missing fits
    into what is left of the row's limit, any token may come but the end; then only those that keep
    it so. So each output has all phrases, if the limit has room for them one after the other; a row
    whose limit has not is under no condition.

    That is all which greedy search and sampling can do. For a beam it is not enough: hypotheses
    that begin a phrase are mostly less probable than others, and would fall out of it. `banks`
    keeps places for them.

    Args:
        step: As in `beam_search`.
        state: What `step` carries before its first call.
        phrases: Integers above 0, `(batch, phrases, tokens)`, 0 behind the tokens of a phrase, and
            where a row has fewer phrases. No end token is among them.
        limits: Integers, `(batch,)`: as in the search.
        end_id: Id of the token that ends a hypothesis.

    Returns:
        A step function and a state.

    Example:
        A step function that always prefers 2, and then the end:

        >>> import numpy as np
        >>> from nlpseq.decoding.greedy import greedy_search
        >>> table = np.log([[0.1, 0.3, 0.4, 0.2]] * 4)
        >>> def look_up(token_ids, state):
        ...     return table[np.array(token_ids)], state
        >>> limits = np.array([4])
        >>> step, state = include_phrases(look_up, (), np.array([[[3, 3], [2, 0]]]), limits, 1)
        >>> found = greedy_search(step, state, np.array([0]), 1, limits=limits, max_length=4)
        >>> np.array(found["token_ids"]).tolist()
        [[2, 2, 3, 3]]
    """
    phrases = ops.cast(phrases, "int32")
    nowhere = ops.zeros_like(phrases, dtype="bool")
    remembered = {
        "phrases": phrases,
        "matches": nowhere,  # whether the last tokens are the first ones of a phrase, up to here
        "met": ops.all(phrases == 0, axis=-1),  # (B, P)
        "left": ops.cast(limits, "int32"),
        "begun": nowhere[:, 0, 0],  # the first token that is read is none of the output
    }

    def constrained(token_ids, states, *given):
        state, own = states
        log_probs, state = step(token_ids, state, *given)
        tokens = ops.where(own["begun"], ops.cast(token_ids, "int32"), NOTHING)
        matches, met = _after(own, tokens[:, None])
        own = {**own, "matches": matches[:, 0], "met": met[:, 0], "left": own["left"] - 1}
        own["begun"] = ops.ones_like(own["begun"])
        token_ids, needed, missing = _needed_next(own)
        too_many = _spread(token_ids, needed, missing, log_probs) > own["left"][:, None]
        is_end = ops.arange(log_probs.shape[-1], dtype="int32") == end_id
        too_early = ops.logical_and(is_end, missing[:, None] > 0)
        banned = ops.logical_or(too_many, too_early)
        return unless_none_is_left(log_probs, banned), (state, own)

    return constrained, (state, remembered)


def phrase_banks(remembered):
    """How many tokens of its phrases a hypothesis has with each next token: its bank in a beam.

    Args:
        remembered: What the condition of `include_phrases` remembers after a step.

    Returns:
        Integers: the tokens of the phrases, `(rows, n)`, in any order, some perhaps several times;
        the bank with each of them, `(rows, n)`; and that with any other token, `(rows,)`.
    """
    token_ids, needed, missing = _needed_next(remembered)
    total = ops.sum(_lengths(remembered["phrases"]), axis=1)
    return token_ids, total[:, None] - needed, total - missing


def _needed_next(own):
    """The tokens of phrases, how many are needed after each, `(rows, n)`; and after any other."""
    rows = ops.shape(own["phrases"])[0]
    token_ids = ops.reshape(own["phrases"], (rows, -1))
    matches, met = _after(own, token_ids)
    lengths = _lengths(own["phrases"])
    places = 1 + ops.arange(ops.shape(own["phrases"])[2], dtype="int32")
    begun = ops.max(ops.where(matches, places, 0), axis=-1)  # (rows, n, P)
    begun = ops.max(ops.where(met, 0, begun), axis=-1)  # one phrase only can be gone on with
    needed = ops.sum(ops.where(met, 0, lengths[:, None]), axis=-1) - begun
    missing = ops.sum(ops.where(own["met"], 0, lengths), axis=-1)
    return token_ids, needed, missing


def _after(own, token_ids):
    """`matches` and `met` after each of some tokens, `(rows, n)`."""
    phrases, matches = own["phrases"][:, None], own["matches"]
    before = ops.concatenate([ops.ones_like(matches[:, :, :1]), matches[:, :, :-1]], axis=2)
    is_next = ops.logical_and(phrases == token_ids[:, :, None, None], phrases > 0)
    matches = ops.logical_and(before[:, None], is_next)  # (rows, n, P, L)
    behind = ops.concatenate([phrases[..., 1:], ops.zeros_like(phrases[..., :1])], axis=-1)
    ends = ops.logical_and(matches, behind == 0)
    return matches, ops.logical_or(own["met"][:, None], ops.any(ends, axis=-1))


def _lengths(phrases):
    return ops.sum(ops.cast(phrases > 0, "int32"), axis=-1)


def _spread(token_ids, values, others, log_probs):
    """A value for each token of the vocabulary: those given of some, `others` of all others."""
    rows = ops.arange(ops.shape(token_ids)[0], dtype="int32")[:, None]
    places = ops.stack([ops.zeros_like(token_ids) + rows, token_ids], axis=-1)
    everywhere = ops.zeros_like(log_probs, dtype="int32") + others[:, None]
    return ops.scatter_update(everywhere, ops.reshape(places, (-1, 2)), ops.reshape(values, (-1,)))
