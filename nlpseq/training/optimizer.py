"""The optimizer of every training: Adam, learning-rate schedule, clipping, averaged weights."""

import math
from typing import Any, Literal

import keras
from keras import ops

Schedule = Literal["cosine", "inverse_sqrt", "constant", "plateau"]

SCHEDULES = ("cosine", "inverse_sqrt", "constant")
WARMUP_SHARE = 0.05


@keras.saving.register_keras_serializable(package="nlpseq")
class WarmupSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """A learning rate that rises in a line and then falls.

    In step `t`, counted from 1, with `w` warm-up steps of `n`: `t / w` of the highest rate while
    `t <= w`; after that

    - `"cosine"`: `(1 + cos(pi * (t - w) / (n - w))) / 2` of it, 0 in the last step;
    - `"inverse_sqrt"`: `sqrt(w / t)` of it;
    - `"constant"`: all of it.

    Args:
        learning_rate: The highest rate.
        total_steps: Steps of the whole training.
        decay: `"cosine"`, `"inverse_sqrt"` or `"constant"`.
        warmup_steps: By default a twentieth of all steps, at least one.

    Call arguments:
        step: Steps already done: 0 in the first one, as Keras counts.

    Raises:
        ValueError: If `decay` is unknown.

    Example:
        >>> schedule = WarmupSchedule(0.002, total_steps=1000)
        >>> [round(float(schedule(step)), 6) for step in (0, 24, 49, 524, 999)]
        [4e-05, 0.001, 0.002, 0.001, 0.0]

    Reference:
        Cosine: Loshchilov and Hutter (2017), equation 5 without restarts,
        https://arxiv.org/abs/1608.03983. Inverse square root: Vaswani et al. (2017), equation 3,
        https://arxiv.org/abs/1706.03762
    """

    def __init__(
        self,
        learning_rate: float,
        total_steps: int,
        decay: str = "cosine",
        warmup_steps: int | None = None,
    ) -> None:
        super().__init__()
        if decay not in SCHEDULES:
            raise ValueError(
                f"`decay` must be one of {', '.join(SCHEDULES)}. Received: decay={decay!r}"
            )
        self.learning_rate = learning_rate
        self.total_steps = total_steps
        self.decay = decay
        self.warmup_steps = warmup_steps or max(1, round(total_steps * WARMUP_SHARE))

    def __call__(self, step: Any) -> Any:
        step = ops.cast(step, "float32") + 1
        rising = ops.minimum(step / self.warmup_steps, 1.0)
        if self.decay == "cosine":
            done = (step - self.warmup_steps) / max(1, self.total_steps - self.warmup_steps)
            falling = (1 + ops.cos(math.pi * ops.clip(done, 0.0, 1.0))) / 2
        elif self.decay == "inverse_sqrt":
            falling = ops.sqrt(self.warmup_steps / ops.maximum(step, self.warmup_steps))
        else:
            falling = 1.0
        return self.learning_rate * rising * falling

    def get_config(self) -> dict[str, Any]:
        return {
            "learning_rate": self.learning_rate,
            "total_steps": self.total_steps,
            "decay": self.decay,
            "warmup_steps": self.warmup_steps,
        }


def usual_average(total_steps: int) -> float:
    """How slowly the average of the weights moves where nothing else is asked for.

    `min(0.98, 1 - 10 / total_steps)`, at least 0: the average looks back over some 50 steps, or
    over a tenth of a training of less than 500, so that nothing is left of where it began.

    Args:
        total_steps: Steps of the whole training.

    Returns:
        The share of the old value.

    Example:
        >>> [usual_average(steps) for steps in (5, 20, 1000)]
        [0.0, 0.5, 0.98]
    """
    return min(0.98, max(0.0, 1 - 10 / total_steps))


def make_optimizer(
    learning_rate: float,
    total_steps: int,
    clip_norm: float,
    ema: float = 0.0,
    schedule: Schedule = "cosine",
    gradient_accumulation_steps: int = 1,
) -> keras.optimizers.Optimizer:
    """Adam with the schedule, clipped gradients and, on request, a moving average of the weights.

    Args:
        learning_rate: The highest rate of the schedule.
        total_steps: Steps of the whole training.
        clip_norm: The norm to which all gradients together are scaled down.
        ema: Share of the old value in the moving average; 0 means no average.
        schedule: As `decay` of `WarmupSchedule`; or `"plateau"`, the highest rate from the first
            step on, which a callback may lower.
        gradient_accumulation_steps: Batches whose gradients are averaged for one change of the
            weights. Schedule and moving average count batches: with 4, the average is updated four
            times with the same weights, so that `ema` means as many batches as without. What is
            clipped is the mean gradient.

    Returns:
        A Keras optimizer.

    Example:
        >>> optimizer = make_optimizer(0.002, total_steps=1000, clip_norm=1.0, ema=0.99)
        >>> optimizer.ema_momentum
        0.99

    Reference:
        Averaged weights: Polyak and Juditsky (1992).
    """
    return keras.optimizers.Adam(
        learning_rate
        if schedule == "plateau"
        else WarmupSchedule(learning_rate, total_steps, schedule),
        global_clipnorm=clip_norm,
        use_ema=ema > 0,
        ema_momentum=ema or 0.99,
        gradient_accumulation_steps=(
            gradient_accumulation_steps if gradient_accumulation_steps > 1 else None
        ),
    )
