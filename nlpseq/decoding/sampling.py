"""Outputs drawn by chance."""

import numpy as np
from keras import ops

from nlpseq.decoding.follow import follow


def sample(
    step,
    state,
    first_ids,
    end_id,
    limits,
    max_length,
    uniforms,
    temperature=1.0,
    top_k=0,
    top_p=1.0,
    given=(),
):
    """Draws each token from the distribution that the step function gives.

    The tokens of a step are put in order, the most probable one first; of their probabilities,
    raised to the power `1 / temperature`, the first `top_k` are kept, of these the first that make
    up `top_p`; and the token is taken at which the sum of what is kept exceeds the row's next
    uniform number. So chance is an argument: the same numbers give the same outputs in whatever
    batch, and, but for rounding, on whatever backend.

    Args:
        step: As in `follow`.
        state: As in `follow`.
        first_ids: As in `follow`.
        end_id: As in `follow`.
        limits: As in `follow`.
        max_length: As in `follow`.
        uniforms: Float, `(batch, time)`: a number from `[0, 1)` for each row and step, at least
            `max_length` of each row.
        temperature: Above 0. The smaller, the more probable the outputs.
        top_k: Number of tokens to choose from at each step, 1 or more; 0 for all of them. 1 is
            greedy search.
        top_p: Share of the probability, above 0 and at most 1, that the tokens to choose from at
            each step make up together; the last of them makes it full. 1 for all.
        given: As in `follow`.

    Returns:
        What `follow` returns. `log_probs` are those of `step`, before `temperature`, `top_k` and
        `top_p`.

    Raises:
        ValueError: If `temperature`, `top_k` or `top_p` is out of range.

    Example:
        >>> import numpy as np
        >>> def look_up(token_ids, state):
        ...     return np.log([[0.1, 0.2, 0.4, 0.3]] * 2), state
        >>> sizes = {"end_id": 1, "limits": np.array([4, 4]), "max_length": 4}
        >>> uniforms = np.array([[0.39, 0.41, 0.69, 0.71], [0.91, 0.89, 0.0, 0.0]])
        >>> found = sample(look_up, (), np.array([2, 2]), uniforms=uniforms, **sizes)
        >>> np.array(found["token_ids"]).tolist()
        [[2, 3, 3, 1], [0, 1, 0, 0]]

    Reference:
        `top_k`: Fan, Lewis and Dauphin (2018), section 5.1, https://arxiv.org/abs/1805.04833;
        `top_p`: Holtzman et al. (2020), section 3.1, https://arxiv.org/abs/1904.09751
    """
    check_sampling(temperature, top_k, top_p)
    uniforms = ops.cast(uniforms, "float32")

    def draw(log_probs, time, places):
        vocab_size = log_probs.shape[-1]
        kept = min(top_k, vocab_size) if top_k else vocab_size
        ordered, token_ids = ops.top_k(log_probs, kept)
        # Not `ops.softmax`, which warns where one token only is kept.
        shares = ops.exp((ordered - ordered[:, :1]) / temperature)
        shares = shares / ops.sum(shares, axis=-1, keepdims=True)
        before = ops.cumsum(shares, axis=-1) - shares
        shares = ops.where(before < top_p, shares, 0.0)
        sums = ops.cumsum(shares, axis=-1)
        numbers = ops.take(ops.take(uniforms, time, axis=1), places)[:, None] * sums[:, -1:]
        # Rounding may leave the number at the full sum; no token behind those that count is taken.
        passed = ops.logical_and(sums <= numbers, sums < sums[:, -1:])
        places = ops.sum(ops.cast(passed, "int32"), axis=-1, keepdims=True)
        return ops.take_along_axis(ops.cast(token_ids, "int32"), places, axis=-1)[:, 0]

    return follow(step, state, first_ids, end_id, limits, max_length, draw, given)


def chances(count, *seeds):
    """Numbers to sample with, the same ones wherever they are asked for.

    Args:
        count: How many.
        *seeds: What they follow from, integers: a seed, the number of the sentence, that of the
            sample.

    Returns:
        Float32, `(count,)`, from `[0, 1)`. Of more numbers the first ones are the same.

    Example:
        >>> bool((chances(3, 0, 7) == chances(9, 0, 7)[:3]).all())
        True
    """
    return np.random.default_rng(seeds).random(count, dtype=np.float32)


def check_sampling(temperature, top_k, top_p):
    """Refuses settings that `sample` can't work with.

    Args:
        temperature: As in `sample`.
        top_k: As in `sample`.
        top_p: As in `sample`.

    Raises:
        ValueError: If one is out of range.
    """
    if not temperature > 0:
        raise ValueError(f"`temperature` must be above 0. Received: temperature={temperature}")
    if top_k < 0:
        raise ValueError(f"`top_k` must be 0, for all, or more. Received: top_k={top_k}")
    if not 0 < top_p <= 1:
        raise ValueError(f"`top_p` must be above 0 and at most 1. Received: top_p={top_p}")
