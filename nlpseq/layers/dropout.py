"""Dropout whose choices are decided by a seed on every backend, of steps or of whole sentences."""

import random

import keras


@keras.saving.register_keras_serializable(package="nlpseq")
class Dropout(keras.layers.Dropout):
    """Sets a share of the entries to 0 in training, and scales the others up.

    It differs from Keras' layer in two things. It always has a seed: without one, Keras on PyTorch
    draws from the generator of the process, which a checkpoint does not hold. And it can drop
    the same entries at all time steps of a sentence; what is dropped does then not depend on
    how much padding there is.

    Args:
        rate: Share of the entries to drop, in `[0, 1)`.
        locked: Whether all time steps of a sentence lose the same entries ("variational" dropout).
        seed: Of the choice; `None` draws one from Python's generator, as Keras does.

    Call arguments:
        inputs: Float, any shape; with `locked`, `(batch, time, dim)`.
        training: Whether to drop.

    Returns:
        Float of the same shape.

    Raises:
        ValueError: If `rate` is out of range.

    Example:
        >>> import numpy as np
        >>> drop = Dropout(0.5, locked=True, seed=3)
        >>> dropped = np.array(drop(np.ones((1, 2, 100), "float32"), training=True))
        >>> bool((dropped[:, 0] == dropped[:, 1]).all()), sorted({*dropped.ravel().tolist()})
        (True, [0.0, 2.0])

    Reference:
        Srivastava et al. (2014), section 4, https://jmlr.org/papers/v15/srivastava14a.html. Locked:
        Gal and Ghahramani (2016), section 4, https://arxiv.org/abs/1512.05287
    """

    def __init__(self, rate, locked=False, seed=None, **kwargs):
        if not 0 <= rate < 1:
            raise ValueError(f"The share dropped must be in [0, 1). Received: rate={rate}")
        super().__init__(
            rate,
            noise_shape=(None, 1, None) if locked else None,
            seed=random.randint(1, 10**9) if seed is None else seed,
            **kwargs,
        )
        self.locked = locked

    def get_config(self):
        config = {**super().get_config(), "locked": self.locked}
        del config["noise_shape"]
        return config
