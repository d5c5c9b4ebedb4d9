"""Which pairs a translator can learn from."""

import logging
from collections.abc import Sequence

import numpy as np

from nlpseq.batching.id_rows import lengths_of

logger = logging.getLogger("nlpseq")


def select_pairs(
    source: Sequence[np.ndarray], target: Sequence[np.ndarray], max_length: int
) -> np.ndarray:
    """Leaves out pairs with an empty side, or with too many tokens on one.

    There is nothing to learn from the former, and the latter are mostly not translations. What is
    left out is logged.

    Args:
        source: Source ids of each pair.
        target: Target ids of each pair.
        max_length: Most tokens of a side.

    Returns:
        The numbers of the pairs to learn from, in order, `(pairs,)`.

    Raises:
        ValueError: If no pair is left.

    Example:
        >>> short, long = np.array([4]), np.array([4, 5, 6])
        >>> select_pairs([short, short, long], [long, short, short], max_length=2)
        array([1])
    """
    lengths = np.stack([lengths_of(source), lengths_of(target)], axis=1)
    kept = np.flatnonzero(((lengths >= 1) & (lengths <= max_length)).all(axis=1))
    if not kept.size:
        raise ValueError(
            f"None of {len(lengths)} pairs can be learnt from: on each a side is empty or has "
            f"more than {max_length} tokens. Raise `max_length`, or cut them into shorter ones"
        )
    if len(kept) < len(lengths):
        logger.warning(
            "%d of %d pairs are left out: a side is empty or has more than %d tokens",
            len(lengths) - len(kept),
            len(lengths),
            max_length,
        )
    return kept
