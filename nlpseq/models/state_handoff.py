"""A decoder that starts from the encoder's final states."""

import keras

from nlpseq.layers.bridge import StateBridge
from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.models.decoder import Decoder


@keras.saving.register_keras_serializable(package="nlpseq")
class StateHandoffDecoder(Decoder):
    """A language model of the target whose first state is what the encoder ended with.

    In training it reads the right target so far (teacher forcing) in one pass; in decoding it
    reads, step by step, what it has produced. The output layer shares its matrix with the target
    embedding: a projection to `embedding_dim`, then scores against all token vectors.

    Args:
        vocab_size: Number of target token ids.
        embedding_dim: Size of the target token vectors.
        units: As in `Decoder`, like `num_layers`, `cell` and `dropout`.
        bridge: How encoder states become decoder states: `"dense"`, `"copy"` or `"zero"`.
        **kwargs: `num_layers`, `cell` and `dropout`.

    Call arguments:
        memory: What the encoder returns.
        target: Integers, `(batch, target_time)`: the begin token, then the target so far.
        training: Whether dropout is active.

    Returns:
        Logits, `(batch, target_time, vocab_size)`, of the token that comes after each one read.

    Reference:
        Sutskever, Vinyals and Le (2014), section 2, https://arxiv.org/abs/1409.3215
    """

    output_activation: str | None = None

    def __init__(self, vocab_size, embedding_dim, units, bridge="dense", **kwargs):
        super().__init__(vocab_size, embedding_dim, units, **kwargs)
        self.bridge = bridge
        self.embedding = TokenEmbedding(
            vocab_size, embedding_dim, tied_output=True, name="embedding"
        )
        self.state_bridge = StateBridge(self.recurrent.state_sizes, mode=bridge, name="bridge")
        self.output_projection = keras.layers.Dense(
            embedding_dim, activation=self.output_activation, name="output_projection"
        )

    def build(self, memory_shape, target_shape):
        self.embedding.build(target_shape)
        self.state_bridge.build(memory_shape["states"])
        self.recurrent.build((*target_shape, self._recurrent_inputs()))
        self.output_projection.build((*target_shape, self._output_inputs(memory_shape)))

    def call(self, memory, target, training=None):
        hidden = self.read(memory, target, training)
        return self._logits(self.output_dropout(hidden, training=training))

    def read(self, memory, target, training=None):
        """What the recurrent stack says when it reads the target.

        Args:
            memory: As in `call`, like `target` and `training`.
            target: As in `call`.
            training: As in `call`.

        Returns:
            Float, `(batch, target_time, units)`.
        """
        vectors = self.input_dropout(self.embedding(target), training=training)
        states = self.state_bridge(memory["states"])
        return self.recurrent(vectors, initial_state=states, training=training)[0]

    def prepare(self, memory):
        return ()  # all that is read of the source is in the first state

    def start(self, memory):
        return {"recurrent": self.state_bridge(memory["states"])}

    def step(self, token_ids, state, prepared):
        hidden, recurrent = self.recurrent.step(self.embedding(token_ids), state["recurrent"])
        return self._logits(hidden), {"recurrent": recurrent}

    def get_config(self):
        return {**super().get_config(), "bridge": self.bridge}

    def _recurrent_inputs(self):
        """Size of the vectors that the recurrent stack reads."""
        return self.embedding_dim

    def _output_inputs(self, memory_shape):
        """Size of the vectors that the output projection reads."""
        return self.units

    def _logits(self, hidden):
        return self.embedding.logits(self.output_projection(hidden))
