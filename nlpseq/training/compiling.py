"""How a model of token logits is compiled: loss, optimizer, schedule, clipping."""

import keras

from nlpseq.losses import TokenCrossEntropy
from nlpseq.metrics.accuracy import TokenAccuracy
from nlpseq.metrics.perplexity import Perplexity

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


def compile_model(
    model: keras.Model, learning_rate: float, total_steps: int, clip_norm: float
) -> None:
    """Compiles a model of token logits with Adam, the schedule and clipped gradients.

    Args:
        model: `TaggingModel` or `Seq2SeqModel`.
        learning_rate: The highest rate of the schedule.
        total_steps: Steps of the whole training.
        clip_norm: The norm to which all gradients together are scaled down.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(
            learning_rate_schedule(learning_rate, total_steps), global_clipnorm=clip_norm
        ),
        loss=TokenCrossEntropy(),
        weighted_metrics=[TokenAccuracy(), Perplexity()],
    )
