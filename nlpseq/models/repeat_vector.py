"""A decoder that reads one fixed vector at each of its output steps."""

import keras
from keras import ops

from nlpseq.layers.recurrent import RecurrentStack
from nlpseq.layers.time_distributed import TimeDistributed


@keras.saving.register_keras_serializable(package="nlpseq")
class RepeatVectorDecoder(keras.layers.Layer):
    """The encoder's final vector, repeated; recurrent stack; `TimeDistributed(Dense)`.

    The oldest encoder-decoder: all of the source has to fit into one vector, and the decoder never
    sees which tokens it has produced. It has a fixed maximum output length. It repeats the vector
    only as often as the batch's targets are long: the steps behind can't reach back.

    It has the interface of all decoders (`nlpseq.models.decoders`).

    Args:
        vocab_size: Number of target token ids.
        embedding_dim: Not used: this decoder reads no target token.
        units: Size of each recurrent state.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        dropout: Share dropped, in training, of the vector, of the input of each further
            recurrent layer, and of the last one's output.
        max_length: Longest output in tokens, the end token included.

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

    def __init__(
        self,
        vocab_size,
        embedding_dim,
        units,
        num_layers=1,
        cell="gru",
        dropout=0.0,
        max_length=80,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if max_length < 1:
            raise ValueError(f"`max_length` must be at least 1. Received: max_length={max_length}")
        self.vocab_size = vocab_size
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.dropout = dropout
        self.max_length = max_length
        self.vector_dropout = keras.layers.Dropout(dropout, name="vector_dropout")
        self.recurrent = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            dropout=dropout,
            return_state=True,
            name="recurrent",
        )
        self.output_dropout = keras.layers.Dropout(dropout, name="output_dropout")
        self.output_layer = TimeDistributed(keras.layers.Dense(vocab_size), name="output")

    def build(self, memory_shape, target_shape):
        # The last layer's hidden states: of an LSTM's pair the first.
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
        vector = self.vector_dropout(self._vector(memory), training=training)
        repeated = ops.repeat(vector[:, None], ops.shape(target)[1], axis=1)  # (B, T, dim)
        hidden, _ = self.recurrent(repeated, training=training)
        return self.output_layer(self.output_dropout(hidden, training=training))

    def compute_output_shape(self, memory_shape, target_shape):
        return (*target_shape, self.vocab_size)

    def start(self, memory):
        """State before the first step: the vector, and zeros for the recurrent stack."""
        vector = self._vector(memory)
        zeros = [
            [ops.zeros((ops.shape(vector)[0], n), vector.dtype) for n in layer]
            for layer in self.recurrent.state_sizes
        ]
        return {"vector": vector, "recurrent": zeros}

    def step(self, token_ids, state):
        """Logits `(batch, vocab_size)` of the next token, and the new state."""
        hidden, recurrent = self.recurrent.step(state["vector"], state["recurrent"])
        logits = self.output_layer.layer(hidden)
        return logits, {"vector": state["vector"], "recurrent": recurrent}

    def _vector(self, memory):
        return ops.concatenate(_hidden(memory["states"], self.cell), axis=-1)

    def get_config(self):
        return {
            **super().get_config(),
            "vocab_size": self.vocab_size,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "dropout": self.dropout,
            "max_length": self.max_length,
        }


def _hidden(states, cell):
    """The output states of the encoder's last layer, one a direction, without LSTM memories."""
    return states[-1][:: 2 if cell == "lstm" else 1]
