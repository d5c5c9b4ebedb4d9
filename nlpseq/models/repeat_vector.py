"""A decoder that reads one fixed vector at each of its output steps."""

import keras
from keras import ops

from nlpseq.layers.time_distributed import TimeDistributed
from nlpseq.models.decoder import Decoder


@keras.saving.register_keras_serializable(package="nlpseq")
class RepeatVectorDecoder(Decoder):
    """The encoder's final vector, repeated; recurrent stack; `TimeDistributed(Dense)`.

    The oldest encoder-decoder: all of the source has to fit into one vector, and the decoder never
    sees which tokens it has produced. It has a fixed maximum output length. It repeats the vector
    only as often as the batch's targets are long: the steps behind can't reach back.

    Args:
        vocab_size: Number of target token ids.
        embedding_dim: Not used: this decoder reads no target token.
        units: As in `Decoder`, like `num_layers`, `cell` and `dropout`.
        max_length: Longest output in tokens, the end token included.
        **kwargs: `num_layers`, `cell` and `dropout`.

    Call arguments:
        memory: What the encoder returns.
        target: Integers, `(batch, target_time)`: only their number of steps is used.
        training: Whether dropout is active.

    Returns:
        Logits, `(batch, target_time, vocab_size)`.

    Raises:
        ValueError: If a target is longer than `max_length`.

    Reference:
        Cho et al. (2014), section 2.2, https://arxiv.org/abs/1406.1078, whose decoder reads the
        vector at each step and the last token besides.
    """

    reads_target = False

    def __init__(self, vocab_size, embedding_dim, units, max_length=80, **kwargs):
        super().__init__(vocab_size, embedding_dim, units, **kwargs)
        if max_length < 1:
            raise ValueError(f"`max_length` must be at least 1. Received: max_length={max_length}")
        self.max_length = max_length
        self.output_layer = TimeDistributed(keras.layers.Dense(vocab_size), name="output")

    def build(self, memory_shape, target_shape):
        dim = sum(shape[-1] for shape in _hidden(memory_shape["states"], self.cell))
        self.recurrent.build((None, None, dim))
        self.output_layer.build((None, None, self.units))

    def call(self, memory, target, training=None):
        steps = target.shape[1]
        if steps is not None and steps > self.max_length:
            raise ValueError(
                "A repeat_vector decoder has a fixed maximum output length. "
                f"Received: targets of {steps} tokens, max_length={self.max_length}. "
                "Raise `max_length`, or shorten them."
            )
        vector = self.input_dropout(self._vector(memory)[:, None], training=training)
        repeated = ops.repeat(vector, ops.shape(target)[1], axis=1)  # (B, T, dim)
        hidden, _ = self.recurrent(repeated, training=training)
        return self.output_layer(self.output_dropout(hidden, training=training))

    def prepare(self, memory):
        return {"vector": self._vector(memory)}

    def start(self, memory):
        vector = self._vector(memory)
        zeros = [
            [ops.zeros((ops.shape(vector)[0], n), vector.dtype) for n in layer]
            for layer in self.recurrent.state_sizes
        ]
        return {"recurrent": zeros}

    def step(self, token_ids, state, prepared):
        batch, rows = ops.shape(prepared["vector"])[0], ops.shape(token_ids)[0]
        sentences = ops.arange(rows, dtype="int32") // (rows // batch)
        vectors = ops.take(prepared["vector"], sentences, axis=0)
        hidden, recurrent = self.recurrent.step(vectors, state["recurrent"])
        return self.output_layer.layer(hidden), {"recurrent": recurrent}

    def get_config(self):
        return {**super().get_config(), "max_length": self.max_length}

    def _vector(self, memory):
        return ops.concatenate(_hidden(memory["states"], self.cell), axis=-1)


def _hidden(states, cell):
    """The output states of the encoder's last layer, one a direction, without LSTM memories."""
    return states[-1][:: 2 if cell == "lstm" else 1]
