"""One layer applied at every time step."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="nlpseq")
class TimeDistributed(keras.layers.TimeDistributed):
    """Keras' `TimeDistributed`, computed with time folded into the batch.

    Same weights and same results, but one product of `(batch * time, dim)` with the inner layer,
    where Keras 3.15 makes one small product for each time step as soon as the number of steps is
    known, which is always so on JAX and PyTorch.

    Args:
        layer: The layer to apply: it maps `(batch, dim)` to `(batch, output_dim)`, and treats
            every row on its own.

    Call arguments:
        inputs: Float, `(batch, time, dim)`.

    Returns:
        Float, `(batch, time, output_dim)`.

    Example:
        >>> import numpy as np
        >>> scores = TimeDistributed(keras.layers.Dense(5))
        >>> tuple(scores(np.ones((2, 3, 4))).shape), scores.count_params()  # 5 * (4 + 1)
        ((2, 3, 5), 25)
    """

    def call(self, inputs, training=None):
        batch, time = ops.shape(inputs)[0], ops.shape(inputs)[1]
        flat = ops.reshape(inputs, (-1, inputs.shape[-1]))
        options = {"training": training} if self.layer._call_has_training_arg else {}
        outputs = self.layer(flat, **options)
        return ops.reshape(outputs, (batch, time, outputs.shape[-1]))
