"""The optimizer of every training: Adam, learning-rate schedule, clipping, averaged weights."""

import keras

WARMUP_SHARE = 0.05


def learning_rate_schedule(
    learning_rate: float, total_steps: int
) -> keras.optimizers.schedules.LearningRateSchedule:
    """Linear warm-up over the first twentieth of the steps, then half a cosine down to 0.

    Args:
        learning_rate: The highest rate.
        total_steps: Steps of the whole training.

    Returns:
        A Keras schedule.

    Example:
        >>> schedule = learning_rate_schedule(0.002, total_steps=1000)
        >>> [round(float(schedule(step)), 6) for step in (0, 25, 50, 525, 1000)]
        [0.0, 0.001, 0.002, 0.001, 0.0]

    Reference:
        Loshchilov and Hutter (2017), equation 5 without restarts,
        https://arxiv.org/abs/1608.03983
    """
    warmup_steps = max(1, round(total_steps * WARMUP_SHARE))
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        decay_steps=max(1, total_steps - warmup_steps),
        warmup_target=learning_rate,
        warmup_steps=warmup_steps,
    )


def make_optimizer(
    learning_rate: float, total_steps: int, clip_norm: float, ema: float = 0.0
) -> keras.optimizers.Optimizer:
    """Adam with the schedule, clipped gradients and, on request, a moving average of the weights.

    Args:
        learning_rate: The highest rate of the schedule.
        total_steps: Steps of the whole training.
        clip_norm: The norm to which all gradients together are scaled down.
        ema: Share of the old value in the moving average; 0 means no average.

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
        learning_rate_schedule(learning_rate, total_steps),
        global_clipnorm=clip_norm,
        use_ema=ema > 0,
        ema_momentum=ema or 0.99,
    )
