"""Vectors of words from their characters."""

import keras
from keras import ops

from nlpseq.layers.dropout import Dropout
from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.layers.recurrent import RecurrentStack

KINDS = ("lstm", "gru", "cnn")
KERNEL_SIZE = 3


@keras.saving.register_keras_serializable(package="nlpseq")
class SpellingEncoder(keras.layers.Layer):
    """Reads each distinct word of a batch once, and gives every token its word's vector.

    A batch of text repeats its frequent words. So the characters come as a table of the distinct
    words, and each token says which row is its own.

    Args:
        vocab_size: Number of character ids.
        units: Size of the vectors that come out. Of a recurrent encoder, half come from each
            direction, so it must be even.
        kind: `"lstm"` or `"gru"`: the last states of a bidirectional layer. `"cnn"`: the largest
            value of each filter over all windows of three characters.
        embedding_dim: Size of the character vectors.
        dropout: Share of the character vectors' entries that is dropped in training.

    Call arguments:
        spellings: Integers, `(words, characters)`, 0 at padding, which is on the right; every word
            has at least one character.
        index: Integers, `(batch, time)`, each token's row in `spellings`.
        short_spellings: A second table, of fewer characters, whose rows count on from those of the
            first: two tables have less padding than one. May be left out.
        training: Whether dropout is active.

    Returns:
        Float, `(batch, time, units)`.

    Raises:
        ValueError: If `kind` is unknown, or `units` odd where it must be even.

    Example:
        >>> import numpy as np
        >>> encode = SpellingEncoder(vocab_size=9, units=6)
        >>> spellings = np.array([[2, 5, 3, 0], [2, 6, 7, 3]])
        >>> tuple(encode(spellings, np.array([[0, 1, 0], [1, 1, 0]])).shape)
        (2, 3, 6)

    Reference:
        Recurrent: Lample et al. (2016), section 4.1, https://arxiv.org/abs/1603.01360.
        Convolution: Ma and Hovy (2016), section 2.1, https://arxiv.org/abs/1603.01354
    """

    def __init__(self, vocab_size, units, kind="lstm", embedding_dim=32, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        if kind not in KINDS:
            raise ValueError(f"`kind` must be one of {', '.join(KINDS)}. Received: kind={kind!r}")
        if kind != "cnn" and units % 2:
            raise ValueError(
                "`units` must be even: half of them read the word from its end. "
                f"Received: units={units}"
            )
        self.vocab_size = vocab_size
        self.units = units
        self.kind = kind
        self.embedding_dim = embedding_dim
        self.dropout = dropout
        self.embedding = TokenEmbedding(vocab_size, embedding_dim, name="embedding")
        self.embedding_dropout = Dropout(dropout, name="embedding_dropout")
        if kind == "cnn":
            self.reader = keras.layers.Conv1D(units, KERNEL_SIZE, padding="same", name="reader")
        else:
            self.reader = RecurrentStack(
                units // 2, cell=kind, bidirectional=True, return_sequences=False, name="reader"
            )

    def build(self, spellings_shape, index_shape, short_spellings_shape=None):
        self.embedding.build(spellings_shape)
        self.reader.build((None, None, self.embedding_dim))

    def call(self, spellings, index, short_spellings=None, training=None):
        words = self._read(spellings, training)  # (W, units)
        if short_spellings is not None:
            words = ops.concatenate([words, self._read(short_spellings, training)])
        tokens = ops.take(words, ops.reshape(index, (-1,)), axis=0)
        shape = ops.shape(index)
        return ops.reshape(tokens, (shape[0], shape[1], self.units))

    def compute_output_shape(self, spellings_shape, index_shape, short_spellings_shape=None):
        return (*index_shape, self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "vocab_size": self.vocab_size,
            "units": self.units,
            "kind": self.kind,
            "embedding_dim": self.embedding_dim,
            "dropout": self.dropout,
        }

    def _read(self, spellings, training):
        """One vector a row."""
        mask = spellings > 0  # (W, L)
        characters = self.embedding_dropout(self.embedding(spellings), training=training)
        if self.kind != "cnn":
            return self.reader(characters, mask=mask)
        real = mask[..., None]
        windows = self.reader(ops.where(real, characters, ops.zeros_like(characters)))
        return ops.tanh(ops.max(ops.where(real, windows, ops.full_like(windows, -1e4)), axis=1))
