"""How many slots a batch should have, by the size of the data."""

import numpy as np

# So many batches an epoch, between these bounds, in multiples of 64.
BATCHES_AN_EPOCH = 300
LEAST_TOKENS, MOST_TOKENS = 256, 1024


def suitable_batch_tokens(lengths: np.ndarray) -> int:
    """Finds a token budget for a training: small data want small batches, or it has few steps.

    Args:
        lengths: Tokens of each example, `(examples, sides)`.

    Returns:
        A 300th of the tokens of the wider sides, rounded up to a multiple of 64, but at least 256
        and at most 1024.

    Example:
        >>> [suitable_batch_tokens(np.full((rows, 1), 10)) for rows in (100, 10_000, 1_000_000)]
        [256, 384, 1024]
    """
    share = int(lengths.max(axis=1).sum()) / BATCHES_AN_EPOCH
    return int(np.clip(64 * np.ceil(share / 64), LEAST_TOKENS, MOST_TOKENS))
