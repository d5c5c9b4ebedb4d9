"""Training on a text whose batches go on where the ones before them ended."""

import keras
from keras import ops


class CarriedState(keras.Model):
    """A `NextTokenModel` for training on `ContinuousBatches`: its states go from batch to batch.

    What a batch begins with is what the one before it ended with, as a number: gradients stop
    there (truncated back-propagation through time). Training and evaluation have states of their
    own, so that dev data scored after an epoch leave those of training as they are. They are
    variables: a checkpoint in the middle of an epoch has them.

    Args:
        model: The `NextTokenModel`; its weights are used and trained, not copied.
        streams: Rows of each batch.

    Call arguments:
        inputs: Dictionary of `tokens`, integers `(streams, time)`, and `carry`, float `(streams,)`:
            0 where a row begins with zero states, 1 where it goes on.
        training: Which of the states, and whether dropout is active.

    Returns:
        Logits, as the model gives them.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.next_token import NextTokenModel
        >>> model = CarriedState(NextTokenModel(vocab_size=9, embedding_dim=4, units=8), streams=1)
        >>> begin = {"tokens": np.array([[3, 5]]), "carry": np.zeros(1)}
        >>> first = np.array(model(begin))
        >>> again = np.array(model(begin))
        >>> further = np.array(model({**begin, "carry": np.ones(1)}))
        >>> bool((first == again).all()), bool((first == further).all())
        (True, False)
    """

    def __init__(self, model, streams, **kwargs):
        super().__init__(**kwargs)
        self.model = model
        sizes = model.decoder_layer.recurrent.state_sizes
        self.states = {
            kind: [
                [
                    self.add_weight(
                        name=f"{kind}_state_{layer}_{number}",
                        shape=(streams, size),
                        initializer="zeros",
                        trainable=False,
                    )
                    for number, size in enumerate(of_layer)
                ]
                for layer, of_layer in enumerate(sizes)
            ]
            for kind in ("training", "evaluation")
        }
        self.built = True  # as the model is

    def call(self, inputs, training=None):
        kept = self.states["training" if training else "evaluation"]
        decoder = self.model.decoder_layer
        carry = ops.cast(inputs["carry"], decoder.compute_dtype)[:, None]
        before = [[ops.cast(x, carry.dtype) * carry for x in layer] for layer in kept]
        logits, after = decoder(inputs["tokens"], states=before, training=training)
        for variables, values in zip(kept, after, strict=True):
            for variable, value in zip(variables, values, strict=True):
                variable.assign(ops.stop_gradient(ops.cast(value, variable.dtype)))
        return logits
