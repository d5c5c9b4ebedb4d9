"""Training in which a decoder reads some of its own predictions."""

import keras
from keras import ops

from nlpseq.text.specials import PAD_ID


class ScheduledSampling(keras.Model):
    """A `Seq2SeqModel` for training: some of the tokens that the decoder reads are its own.

    With teacher forcing a decoder never sees its own mistakes in training, and meets them in
    decoding for the first time. Here each step of training has two passes. The first one, as in
    decoding without dropout, predicts a token after each right one; then a share of the right
    tokens is replaced by what was predicted in their places, and the second pass is trained. So
    both passes go over all time steps at once.

    The share grows in a line, from 0 in the first step: a model that knows nothing predicts
    nothing worth reading. In evaluation and prediction it is the model itself.

    Args:
        model: The `Seq2SeqModel`; its weights are used and trained, not copied.
        share: Share of the tokens that are predicted ones at the end.
        total_steps: Training steps until the end.

    Call arguments:
        inputs: As for the model.
        training: Whether there are two passes.

    Returns:
        Logits, as the model gives them.

    Raises:
        ValueError: As for `check_share`.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, units=8)
        >>> source, target = np.array([[5, 4, 3]]), np.array([[2, 6]])
        >>> inputs = {"source": source, "source_mask": source > 0, "target": target}
        >>> trained = ScheduledSampling(model, share=0.5, total_steps=100)
        >>> tuple(trained(inputs, training=True).shape), int(trained.steps_done)
        ((1, 2, 7), 1)

    Reference:
        Bengio et al. (2015), https://arxiv.org/abs/1506.03099; in two passes: Mihaylova and Martins
        (2019), section 3, https://arxiv.org/abs/1906.07651, and Duckworth et al. (2019),
        https://arxiv.org/abs/1906.04331
    """

    def __init__(self, model, share, total_steps, **kwargs):
        super().__init__(**kwargs)
        check_share(share, model.decoder_layer)
        self.model = model
        self.share = share
        self.total_steps = total_steps
        self.seed_generator = keras.random.SeedGenerator()
        self.steps_done = self.add_weight(
            name="steps_done", shape=(), dtype="int32", initializer="zeros", trainable=False
        )
        self.built = True  # as the model is

    def call(self, inputs, training=None):
        if not training:
            return self.model(inputs, training=False)
        predicted = ops.top_k(self.model(inputs, training=False), 1)[1][..., 0]
        done = ops.cast(self.steps_done, "float32") / self.total_steps
        self.steps_done.assign(self.steps_done + 1)
        chance = keras.random.uniform(ops.shape(predicted), seed=self.seed_generator)
        chosen = chance < self.share * ops.minimum(done, 1.0)
        target = own_inputs(inputs["target"], predicted, chosen)
        return self.model({**inputs, "target": target}, training=True)


def own_inputs(target, predicted, chosen):
    """Replaces tokens that a decoder reads by what it has predicted in their places.

    Args:
        target: Integers, `(batch, time)`: the begin token, then the right tokens; padding behind.
        predicted: Integers, `(batch, time)`: what is predicted after each of them.
        chosen: Bool, `(batch, time)`: where to replace. The begin token and padding stay in any
            case.

    Returns:
        Integers, `(batch, time)`.

    Example:
        >>> import numpy as np
        >>> target, predicted = np.array([[2, 5, 6, 0]]), np.array([[7, 8, 9, 9]])
        >>> np.array(own_inputs(target, predicted, np.array([[True] * 4]))).tolist()
        [[2, 7, 8, 0]]
    """
    target = ops.cast(target, "int32")
    said = ops.concatenate([target[:, :1], ops.cast(predicted, "int32")[:, :-1]], axis=1)
    return ops.where(ops.logical_and(chosen, target != PAD_ID), said, target)


def check_share(share, decoder):
    """Refuses a share of tokens that can't be replaced.

    Args:
        share: As in `ScheduledSampling`.
        decoder: The decoder that is to read them.

    Raises:
        ValueError: If it is not in `[0, 1]`, or above 0 and the decoder reads no tokens.

    Example:
        >>> check_share(0.0, None)
    """
    if not 0 <= share <= 1:
        raise ValueError(f"`scheduled_sampling` must be in [0, 1]. Received: {share}")
    if share and not decoder.reads_target:
        raise ValueError(
            "`scheduled_sampling` needs a decoder that reads the tokens it has said. "
            f"Received: {type(decoder).__name__}"
        )
