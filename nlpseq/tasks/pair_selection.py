"""Which pairs a translator can learn from."""

import logging
from collections.abc import Sequence

import numpy as np

logger = logging.getLogger("nlpseq")


def select_pairs(
    source: Sequence[np.ndarray], target: Sequence[np.ndarray], max_length: int
) -> list[int]:
    """Leaves out pairs with an empty side, or with too many tokens on one.

    There is nothing to learn from the former, and the latter are mostly not translations. What is
    left out is logged.

    Args:
        source: Source ids of each pair.
        target: Target ids of each pair.
        max_length: Most tokens of a side.

    Returns:
        The numbers of the pairs to learn from, in order.

    Raises:
        ValueError: If no pair is left.

    Example:
        >>> import numpy as np
        >>> short, long = np.array([4]), np.array([4, 5, 6])
        >>> select_pairs([short, short, long], [long, short, short], max_length=2)
        [1]
    """
    pairs = list(zip(source, target, strict=True))
    kept = [
        number
        for number, pair in enumerate(pairs)
        if all(1 <= len(side) <= max_length for side in pair)
    ]
    if not kept:
        raise ValueError(
            f"None of {len(pairs)} pairs can be learnt from: on each a side is empty or has "
            f"more than {max_length} tokens. Raise `max_length`, or cut them into shorter ones"
        )
    if len(kept) < len(pairs):
        logger.warning(
            "%d of %d pairs are left out: a side is empty or has more than %d tokens",
            len(pairs) - len(kept),
            len(pairs),
            max_length,
        )
    return kept
