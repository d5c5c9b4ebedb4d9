"""How probable a model takes a given text to be, token by token."""

from typing import NamedTuple

import numpy as np


class TokenScore(NamedTuple):
    """How probable a text is, or a translation after its source.

    Attributes:
        log_prob: Its log-probability, in nats: the sum of those of its tokens.
        tokens: The tokens; where the end counts, `</s>` is the last.
        token_log_probs: The log-probability of each, after the tokens before it.
    """

    log_prob: float
    tokens: list[str]
    token_log_probs: list[float]


def token_score(tokens: list[str], log_probs: np.ndarray) -> TokenScore:
    """Makes a score of what a model says.

    Args:
        tokens: The tokens.
        log_probs: The log-probability of each, float, `(tokens,)`.

    Returns:
        The score.

    Example:
        >>> token_score(["a", "</s>"], np.array([-1.0, -0.5])).log_prob
        -1.5
    """
    exact = log_probs.astype(np.float64)
    return TokenScore(float(exact.sum()), tokens, exact.tolist())
