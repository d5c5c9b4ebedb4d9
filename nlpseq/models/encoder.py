"""Source ids to vectors and final states."""

import keras

from nlpseq.layers.dropout import Dropout
from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.layers.recurrent import RecurrentStack


@keras.saving.register_keras_serializable(package="nlpseq")
class Encoder(keras.layers.Layer):
    """Embedding, dropout, recurrent stack.

    Args:
        vocab_size: Number of source token ids.
        embedding_dim: Size of the token vectors.
        units: Size of each recurrent state, in each direction.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        bidirectional: Whether the source is also read from its end.
        dropout: Share of the token vectors, of the input of each further recurrent layer, and of
            the output vectors that is dropped in training. Final states are not touched.
        locked_dropout: Whether all time steps of a sentence lose the same entries.
        residual: Whether a recurrent layer's input is added to its output, from the second on.
        layer_norm: Whether a recurrent layer's input is normalised, from the second on.
        embedding: A `TokenEmbedding` of that size to share, such as the decoder's, in place of one
            of its own. It is no part of the configuration.

    Call arguments:
        source: Integers, `(batch, source_time)`.
        mask: Bool, `(batch, source_time)`, `True` at real tokens, padding on the right.
        training: Whether dropout is active.

    Returns:
        The memory that decoders read, a dictionary: `outputs`, float `(batch, source_time, dim)`;
        `mask` as received; `states`, the final states as `RecurrentStack` gives them.

    Example:
        >>> import numpy as np
        >>> encode = Encoder(vocab_size=9, embedding_dim=4, units=3, cell="gru")
        >>> memory = encode(np.array([[5, 2, 0]]), mask=np.array([[True, True, False]]))
        >>> tuple(memory["outputs"].shape), [tuple(s.shape) for s in memory["states"][0]]
        ((1, 3, 6), [(1, 3), (1, 3)])
    """

    def __init__(
        self,
        vocab_size,
        embedding_dim,
        units,
        num_layers=1,
        cell="gru",
        bidirectional=True,
        dropout=0.0,
        locked_dropout=False,
        residual=False,
        layer_norm=False,
        embedding=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.supports_masking = True  # takes a mask; `compute_mask` says that it attaches none
        self.vocab_size = vocab_size
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.bidirectional = bidirectional
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.residual = residual
        self.layer_norm = layer_norm
        self.embedding = embedding or TokenEmbedding(vocab_size, embedding_dim, name="embedding")
        self.embedding_dropout = Dropout(dropout, locked_dropout, name="embedding_dropout")
        self.output_dropout = Dropout(dropout, locked_dropout, name="output_dropout")
        self.recurrent = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            bidirectional=bidirectional,
            dropout=dropout,
            locked_dropout=locked_dropout,
            residual=residual,
            layer_norm=layer_norm,
            return_state=True,
            name="recurrent",
        )

    def build(self, source_shape):
        self.embedding.build(source_shape)
        self.recurrent.build((*source_shape, self.embedding_dim))

    def call(self, source, mask, training=None):
        vectors = self.embedding_dropout(self.embedding(source), training=training)
        outputs, states = self.recurrent(vectors, mask=mask, training=training)
        outputs = self.output_dropout(outputs, training=training)
        return {"outputs": outputs, "mask": mask, "states": states}

    def compute_mask(self, source, previous_mask):
        return None

    def get_config(self):
        return {
            **super().get_config(),
            "vocab_size": self.vocab_size,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "bidirectional": self.bidirectional,
            "dropout": self.dropout,
            "locked_dropout": self.locked_dropout,
            "residual": self.residual,
            "layer_norm": self.layer_norm,
        }
