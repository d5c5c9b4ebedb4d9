"""Training-time replacement of words by the unknown word."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="nlpseq")
class WordDropout(keras.layers.Layer):
    """Replaces token ids by the unknown id, in training only.

    So the model learns what an unknown word looks like from its context and its characters, on
    words of all frequencies.

    Args:
        rate: Share of the tokens to replace, in `[0, 1)`.
        unknown_id: The id that takes their place.
        seed: Of the choice; `None` draws one.

    Call arguments:
        token_ids: Integers, any shape. 0 is padding and stays.
        training: Whether to replace.

    Returns:
        Integers of the same shape.

    Raises:
        ValueError: If `rate` is out of range.

    Example:
        >>> import numpy as np
        >>> drop = WordDropout(0.5, unknown_id=1)
        >>> np.array(drop(np.array([[7, 8, 0]])))
        array([[7, 8, 0]], dtype=int32)

    Reference:
        Iyyer et al. (2015), section 3.2, https://aclanthology.org/P15-1162 ; as replacement by the
        unknown word: Kiperwasser and Goldberg (2016), section 4, https://arxiv.org/abs/1603.04351
    """

    def __init__(self, rate, unknown_id=1, seed=None, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= rate < 1:
            raise ValueError(f"`rate` must be in [0, 1). Received: rate={rate}")
        self.rate = rate
        self.unknown_id = unknown_id
        self.seed = seed
        if rate > 0:
            self.seed_generator = keras.random.SeedGenerator(seed)
        self.built = True

    def call(self, token_ids, training=None):
        token_ids = ops.cast(token_ids, "int32")
        if not training or self.rate == 0:
            return token_ids
        chance = keras.random.uniform(ops.shape(token_ids), seed=self.seed_generator)
        dropped = ops.logical_and(chance < self.rate, token_ids > 0)
        return ops.where(dropped, ops.full_like(token_ids, self.unknown_id), token_ids)

    def compute_output_shape(self, token_ids_shape):
        return token_ids_shape

    def compute_output_spec(self, token_ids, training=None):
        return keras.KerasTensor(token_ids.shape, dtype="int32")

    def get_config(self):
        return {
            **super().get_config(),
            "rate": self.rate,
            "unknown_id": self.unknown_id,
            "seed": self.seed,
        }
