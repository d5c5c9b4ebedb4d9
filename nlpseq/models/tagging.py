"""A label for every token."""

from typing import Literal

import keras

from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.layers.recurrent import RecurrentStack
from nlpseq.layers.time_distributed import TimeDistributed


@keras.saving.register_keras_serializable(package="nlpseq")
class TaggingModel(keras.Model):
    """Embedding, bidirectional recurrent stack, dropout, `TimeDistributed(Dense)`.

    Args:
        vocab_size: Number of token ids.
        num_tags: Number of labels.
        embedding_dim: Size of the token vectors.
        units: Size of each recurrent state, in each direction.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        merge_mode: How the two directions become one vector: `"concat"`, `"sum"`, `"mul"`, `"ave"`.
        dropout: Share dropped, in training, of the token vectors, of the output of each
            recurrent layer, and so before the labels.

    Call arguments:
        inputs: Dictionary of `tokens`, integers `(batch, time)`, and `mask`, bool
            `(batch, time)`, `True` at real tokens, padding on the right.

    Returns:
        Logits, `(batch, time, num_tags)`. At padding they mean nothing.

    Example:
        >>> import numpy as np
        >>> model = TaggingModel(vocab_size=9, num_tags=4, units=8)
        >>> tokens = np.array([[5, 3, 8], [2, 0, 0]])
        >>> tuple(model({"tokens": tokens, "mask": tokens > 0}).shape)
        (2, 3, 4)

    Reference:
        Huang, Xu and Yu (2015), section 2.2, https://arxiv.org/abs/1508.01991
    """

    def __init__(
        self,
        vocab_size: int,
        num_tags: int,
        embedding_dim: int = 128,
        units: int = 128,
        num_layers: int = 1,
        cell: Literal["lstm", "gru", "simple_rnn"] = "lstm",
        merge_mode: Literal["concat", "sum", "mul", "ave"] = "concat",
        dropout: float = 0.3,
        **kwargs,
    ):
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        mask = keras.Input((None,), dtype="bool", name="mask")
        hidden = TokenEmbedding(vocab_size, embedding_dim, name="embedding")(tokens)
        hidden = keras.layers.Dropout(dropout, name="embedding_dropout")(hidden)
        hidden = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            bidirectional=True,
            merge_mode=merge_mode,
            dropout=dropout,
            name="recurrent",
        )(hidden, mask=mask)
        hidden = keras.layers.Dropout(dropout, name="output_dropout")(hidden)
        logits = TimeDistributed(keras.layers.Dense(num_tags), name="tags")(hidden)
        super().__init__(inputs={"tokens": tokens, "mask": mask}, outputs=logits, **kwargs)
        self.vocab_size = vocab_size
        self.num_tags = num_tags
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.merge_mode = merge_mode
        self.dropout = dropout

    def get_config(self):
        return {
            "vocab_size": self.vocab_size,
            "num_tags": self.num_tags,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "merge_mode": self.merge_mode,
            "dropout": self.dropout,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)
