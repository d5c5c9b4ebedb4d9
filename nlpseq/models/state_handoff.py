"""A decoder that starts from the encoder's final states."""

import keras

from nlpseq.layers.bridge import StateBridge
from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.layers.recurrent import RecurrentStack


@keras.saving.register_keras_serializable(package="nlpseq")
class StateHandoffDecoder(keras.layers.Layer):
    """A language model of the target whose first state is what the encoder ended with.

    In training it reads the right target so far (teacher forcing) in one pass; in decoding it
    reads, step by step, what it has produced. The output layer shares its matrix with the target
    embedding: a projection to `embedding_dim`, then scores against all token vectors.

    It has the interface of all decoders (`nlpseq.models.decoders`).

    Args:
        vocab_size: Number of target token ids.
        embedding_dim: Size of the target token vectors.
        units: Size of each recurrent state.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        dropout: Share dropped, in training, of the token vectors, of the input of each further
            recurrent layer, and before the output layer.
        bridge: How encoder states become decoder states: `"dense"`, `"copy"` or `"zero"`.

    Call arguments:
        memory: What the encoder returns.
        target: Integers, `(batch, target_time)`: the begin token, then the target so far.
        training: Whether dropout is active.

    Returns:
        Logits, `(batch, target_time, vocab_size)`, of the token that comes after each one read.

    Reference:
        Sutskever, Vinyals and Le (2014), section 2, https://arxiv.org/abs/1409.3215
    """

    max_length = None  # no fixed maximum

    def __init__(
        self,
        vocab_size,
        embedding_dim,
        units,
        num_layers=1,
        cell="gru",
        dropout=0.0,
        bridge="dense",
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.vocab_size = vocab_size
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.dropout = dropout
        self.bridge = bridge
        self.embedding = TokenEmbedding(
            vocab_size, embedding_dim, tied_output=True, name="embedding"
        )
        self.embedding_dropout = keras.layers.Dropout(dropout, name="embedding_dropout")
        self.recurrent = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            dropout=dropout,
            return_state=True,
            name="recurrent",
        )
        self.state_bridge = StateBridge(self.recurrent.state_sizes, mode=bridge, name="bridge")
        self.output_dropout = keras.layers.Dropout(dropout, name="output_dropout")
        self.output_projection = keras.layers.Dense(embedding_dim, name="output_projection")

    def build(self, memory_shape, target_shape):
        self.embedding.build(target_shape)
        self.state_bridge.build(memory_shape["states"])
        self.recurrent.build((*target_shape, self.embedding_dim))
        self.output_projection.build((*target_shape, self.units))

    def call(self, memory, target, training=None):
        vectors = self.embedding_dropout(self.embedding(target), training=training)
        states = self.state_bridge(memory["states"])
        hidden, _ = self.recurrent(vectors, initial_state=states, training=training)
        return self._logits(self.output_dropout(hidden, training=training))

    def compute_output_shape(self, memory_shape, target_shape):
        return (*target_shape, self.vocab_size)

    def start(self, memory):
        """State before the first step."""
        return {"recurrent": self.state_bridge(memory["states"])}

    def step(self, token_ids, state):
        """Logits `(batch, vocab_size)` of the token after `token_ids (batch,)`, and the state."""
        hidden, recurrent = self.recurrent.step(self.embedding(token_ids), state["recurrent"])
        return self._logits(hidden), {"recurrent": recurrent}

    def _logits(self, hidden):
        return self.embedding.logits(self.output_projection(hidden))

    def get_config(self):
        return {
            **super().get_config(),
            "vocab_size": self.vocab_size,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "dropout": self.dropout,
            "bridge": self.bridge,
        }
