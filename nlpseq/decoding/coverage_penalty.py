"""What an output loses for source tokens that it has not looked at."""

import dataclasses
from typing import Any

from keras import ops

LEAST = 1e-9  # what no look at all counts as: its logarithm is finite


@dataclasses.dataclass(frozen=True)
class CoveragePenalty:
    """A number, 0 or below, to be added to a hypothesis' score when it ends.

    It is `beta * sum_j log(min(c_j, 1))` over the real source tokens `j`, where `c_j` is the sum of
    the attention weights that the steps of the hypothesis gave to token `j`. It is 0 where each
    token has been looked at as much as one step looks in all.

    Args:
        beta: Strength, 0 or more.

    Call arguments:
        coverage: Float, `(..., source_time)`: sums of attention weights.
        mask: Bool, a shape that goes with it, `True` at real tokens.

    Returns:
        Float, `(...,)`.

    Raises:
        ValueError: If `beta` is negative.

    Example:
        >>> import numpy as np
        >>> mask = np.array([[True, True, False]])
        >>> penalty = CoveragePenalty(beta=1.0)(np.array([[2.5, 0.5, 0.0]]), mask)
        >>> np.array(penalty).round(2).tolist()
        [-0.69]

    Reference:
        Wu et al. (2016), equation 14, https://arxiv.org/abs/1609.08144
    """

    beta: float = 0.2

    def __post_init__(self) -> None:
        if not self.beta >= 0:
            raise ValueError(f"`beta` must be 0 or more. Received: beta={self.beta}")

    def __call__(self, coverage: Any, mask: Any) -> Any:
        logs = ops.log(ops.clip(coverage, LEAST, 1.0))
        return self.beta * ops.sum(ops.where(mask, logs, 0.0), axis=-1)
