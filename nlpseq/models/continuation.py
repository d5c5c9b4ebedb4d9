"""A decoder without a source: it goes on with the text that it has read."""

import keras
from keras import ops

from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.models.decoder import Decoder


@keras.saving.register_keras_serializable(package="nlpseq")
class ContinuationDecoder(Decoder):
    """What a language model is made of: a recurrent stack that reads a text and says what is next.

    Its state before the first step is zero, or the one it had at the end of the text before. The
    output layer shares its matrix with the embedding: a projection to `embedding_dim`, then scores
    against all token vectors.

    Args:
        vocab_size: Number of token ids.
        embedding_dim: Size of the token vectors.
        units: As in `Decoder`.
        **kwargs: The other arguments of `Decoder`.

    Call arguments:
        tokens: Integers, `(batch, time)`.
        states: As the call returns them, or `None` for zeros.
        mask: Bool, `(batch, time)`, `True` at real tokens, padding on the right. It matters for
            the states alone; `None` means that nothing is padding.
        training: Whether dropout is active.

    Returns:
        Logits of the token after each one, `(batch, time, vocab_size)`, and the states behind the
        last real token of each row, as `RecurrentStack` has them.
    """

    def __init__(self, vocab_size, embedding_dim, units, **kwargs):
        super().__init__(vocab_size, embedding_dim, units, **kwargs)
        self.supports_masking = True  # takes a mask; `compute_mask` says that it attaches none
        self.embedding = TokenEmbedding(
            vocab_size, embedding_dim, tied_output=True, name="embedding"
        )
        self.output_projection = keras.layers.Dense(embedding_dim, name="output_projection")

    def build(self, tokens_shape):
        self.embedding.build(tokens_shape)
        self.recurrent.build((*tokens_shape, self.embedding_dim))
        self.output_projection.build((*tokens_shape, self.units))

    def call(self, tokens, states=None, mask=None, training=None):
        vectors = self.input_dropout(self.embedding(tokens), training=training)
        hidden, states = self.recurrent(vectors, mask=mask, initial_state=states, training=training)
        return self._logits(self.output_dropout(hidden, training=training)), states

    def read(self, tokens, mask, training=False):
        """Reads the beginning of a text, as an encoder reads a source.

        Args:
            tokens: Integers, `(batch, time)`.
            mask: Bool, `(batch, time)`, `True` at real tokens, padding on the right. A row may be
                all padding: its states are zero.
            training: Whether dropout is active.

        Returns:
            `{"states": ...}`: the memory that `start` takes.
        """
        _, states = self(tokens, mask=mask, training=training)
        some = ops.any(mask, axis=1, keepdims=True)
        return {"states": keras.tree.map_structure(lambda x: x * ops.cast(some, x.dtype), states)}

    def zero_states(self, batch):
        """States before the first token.

        Args:
            batch: Number of rows.

        Returns:
            States, as the call returns them.
        """
        return [
            [ops.zeros((batch, size), self.compute_dtype) for size in layer]
            for layer in self.recurrent.state_sizes
        ]

    def prepare(self, memory):
        return ()  # all that was read is in the state

    def start(self, memory):
        return {"recurrent": memory["states"]}

    def step(self, token_ids, state, prepared):
        hidden, recurrent = self.recurrent.step(self.embedding(token_ids), state["recurrent"])
        return self._logits(hidden), {"recurrent": recurrent}

    def compute_mask(self, inputs, previous_mask):
        return None

    def compute_output_shape(self, tokens_shape):
        states = [[(tokens_shape[0], n) for n in layer] for layer in self.recurrent.state_sizes]
        return (*tokens_shape, self.vocab_size), states

    def _logits(self, hidden):
        return self.embedding.logits(self.output_projection(hidden))
