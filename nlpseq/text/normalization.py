"""Tokens that are looked up as one."""

import re
from collections.abc import Sequence

_DIGIT = re.compile(r"\d")


def normalized(tokens: Sequence[str], lowercase: bool, digits: bool) -> Sequence[str]:
    """Turns tokens into what they are looked up as.

    Args:
        tokens: The tokens.
        lowercase: Whether to take them in lower case.
        digits: Whether to take all digits for `0`.

    Returns:
        As many tokens.

    Example:
        >>> normalized(["In", "1984"], lowercase=True, digits=True)
        ['in', '0000']
    """
    if lowercase:
        tokens = [token.lower() for token in tokens]
    return [_DIGIT.sub("0", token) for token in tokens] if digits else tokens
