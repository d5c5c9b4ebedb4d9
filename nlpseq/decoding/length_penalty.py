"""What makes hypotheses of different lengths comparable."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class LengthPenalty:
    """Divisor of a hypothesis' log-probability: its score is `log_prob / penalty(length)`.

    The divisor is `((offset + length) / (offset + 1)) ** alpha`. A log-probability falls with each
    token, so the larger the divisor of long hypotheses, the longer the outputs. In use are:

    | settings | divisor | |
    |---|---|---|
    | `alpha=0` | 1 | none: the most probable output, which is often too short |
    | `offset=5` | `((5 + length) / 6) ** alpha` | GNMT |
    | `alpha=1, offset=0` | `length` | the average log-probability of a token |

    Args:
        alpha: Strength, 0 or more.
        offset: How late the correction sets in, 0 or more.

    Call arguments:
        length: Tokens of the hypothesis, the end token included: a number, or a float tensor of any
            shape.

    Returns:
        The divisor, a number or tensor like `length`. It does not fall with the length.

    Raises:
        ValueError: If `alpha` or `offset` is negative.

    Example:
        >>> LengthPenalty(alpha=1.0)(7)
        2.0

    Reference:
        Wu et al. (2016), equation 14, https://arxiv.org/abs/1609.08144
    """

    alpha: float = 0.6
    offset: float = 5.0

    def __post_init__(self) -> None:
        for name, value in dataclasses.asdict(self).items():
            if not value >= 0:
                raise ValueError(f"`{name}` must be 0 or more. Received: {name}={value}")

    def __call__(self, length: Any) -> Any:
        return ((self.offset + length) / (self.offset + 1)) ** self.alpha


NO_PENALTY = LengthPenalty(alpha=0.0)
GNMT = LengthPenalty(alpha=0.6)
AVERAGE = LengthPenalty(alpha=1.0, offset=0.0)
