"""Token ids to vectors, and vectors back to scores over the vocabulary."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="nlpseq")
class TokenEmbedding(keras.layers.Layer):
    """A vector for each token id; with `tied_output` also the output layer over the same ids.

    Args:
        vocab_size: Number of token ids, at least 1.
        dim: Size of the vectors, at least 1.
        tied_output: Whether the layer has a bias for `logits`.
        initial_scale: Standard deviation of the first vectors. Small networks learn much sooner
            from 0.5 than from Keras' default of 0.03, since the recurrence gets inputs of a
            useful size from the first step on.

    Call arguments:
        token_ids: Integers in `[0, vocab_size)`, any shape.

    Returns:
        Float, the shape of `token_ids` plus `(dim,)`. Padding (id 0) has a vector like any other
        token: masks say what is padding, and they are passed as arguments of their own.

    Raises:
        ValueError: If a size is below 1, or `logits` is called without `tied_output`.

    Example:
        >>> import numpy as np
        >>> embed = TokenEmbedding(vocab_size=7, dim=4, tied_output=True)
        >>> vectors = embed(np.array([[2, 5, 0]]))
        >>> tuple(vectors.shape), tuple(embed.logits(vectors).shape)
        ((1, 3, 4), (1, 3, 7))

    Reference:
        Tied output: Press and Wolf (2017), https://arxiv.org/abs/1608.05859
    """

    def __init__(self, vocab_size, dim, tied_output=False, initial_scale=0.5, **kwargs):
        super().__init__(**kwargs)
        if vocab_size < 1 or dim < 1:
            raise ValueError(
                "`vocab_size` and `dim` must be at least 1. "
                f"Received: vocab_size={vocab_size}, dim={dim}"
            )
        self.vocab_size = vocab_size
        self.dim = dim
        self.tied_output = tied_output
        self.initial_scale = initial_scale

    def build(self, token_ids_shape):
        self.vectors = self.add_weight(
            name="vectors",
            shape=(self.vocab_size, self.dim),
            initializer=keras.initializers.RandomNormal(stddev=self.initial_scale),
        )
        if self.tied_output:
            self.bias = self.add_weight(name="bias", shape=(self.vocab_size,), initializer="zeros")

    def call(self, token_ids):
        return ops.take(ops.convert_to_tensor(self.vectors), token_ids, axis=0)

    def logits(self, hidden):
        """Scores of all tokens: `hidden . vector[token] / sqrt(dim) + bias[token]`.

        Args:
            hidden: Float, `(..., dim)`.

        Returns:
            Float, `(..., vocab_size)`: logits. The division by `sqrt(dim)` keeps them of the size
            of `hidden` at the start, whatever the dimension.
        """
        if not self.tied_output:
            raise ValueError("`logits` needs TokenEmbedding(..., tied_output=True).")
        scores = ops.matmul(hidden, ops.transpose(self.vectors)) / self.dim**0.5
        return scores + ops.cast(self.bias, scores.dtype)

    def compute_output_shape(self, token_ids_shape):
        return (*token_ids_shape, self.dim)

    def get_config(self):
        return {
            **super().get_config(),
            "vocab_size": self.vocab_size,
            "dim": self.dim,
            "tied_output": self.tied_output,
            "initial_scale": self.initial_scale,
        }
