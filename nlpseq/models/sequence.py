"""Numbers for a whole sequence: logits of its classes, or values."""

from typing import Literal

import keras

from nlpseq.layers.dropout import Dropout
from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.layers.pooling import KINDS, Pooling
from nlpseq.layers.recurrent import RecurrentStack
from nlpseq.layers.word_dropout import WordDropout
from nlpseq.models.precision import in_dtype
from nlpseq.text.specials import UNKNOWN_ID


@keras.saving.register_keras_serializable(package="nlpseq")
class SequenceModel(keras.Model):
    """Token vectors, recurrent stack, one vector for the whole sequence, one output layer.

    What the outputs are is for the loss to say: with `TokenCrossEntropy` the logits of classes,
    with `"mse"` the values of a regression.

    Args:
        vocab_size: Number of token ids.
        num_outputs: Numbers for each sequence: its classes, or its values.
        embedding_dim: Size of the token vectors.
        units: Size of each recurrent state, in each direction.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        bidirectional: Whether each layer also reads the sequence from its end.
        merge_mode: How the two directions become one vector: `"concat"`, `"sum"`, `"mul"`, `"ave"`.
        pooling: What of the recurrent outputs is kept: `"last"`, that of the last step of each
            direction; `"mean"`; or `"max"`, the greatest value of each entry.
        dropout: Share dropped, in training, of the input of the recurrent stack, where all vectors
            of a sequence lose the same entries, between its layers, and of the vector of the whole.
        locked_dropout: Whether all vectors of a sequence lose the same entries between layers too.
        residual: Whether a recurrent layer's input is added to its output, from the second on.
        layer_norm: Whether a recurrent layer's input is normalised, from the second on.
        word_dropout: Share of the tokens that are replaced by the unknown one in training.
        dtype: In which precision it computes: `"float32"` or `"mixed_bfloat16"`; `None` means
            Keras' global dtype policy.

    Call arguments:
        inputs: Dictionary of `tokens`, integers `(batch, time)`, and `mask`, bool `(batch, time)`,
            `True` at real tokens, padding on the right; every row has at least one.

    Returns:
        Float, `(batch, num_outputs)`.

    Raises:
        ValueError: If a setting is out of range.

    Example:
        >>> import numpy as np
        >>> model = SequenceModel(vocab_size=9, num_outputs=4, units=8)
        >>> tokens = np.array([[5, 3, 8], [2, 0, 0]])
        >>> tuple(model({"tokens": tokens, "mask": tokens > 0}).shape)
        (2, 4)

    Reference:
        Conneau et al. (2017), section 3.2, https://arxiv.org/abs/1705.02364
    """

    @in_dtype
    def __init__(
        self,
        vocab_size: int,
        num_outputs: int,
        embedding_dim: int = 128,
        units: int = 128,
        num_layers: int = 1,
        cell: Literal["lstm", "gru", "simple_rnn"] = "lstm",
        bidirectional: bool = True,
        merge_mode: Literal["concat", "sum", "mul", "ave"] = "concat",
        pooling: Literal["last", "mean", "max"] = "max",
        dropout: float = 0.4,
        locked_dropout: bool = False,
        residual: bool = False,
        layer_norm: bool = False,
        word_dropout: float = 0.1,
        dtype: Literal["float32", "mixed_bfloat16"] | None = None,
        **kwargs,
    ):
        if num_outputs < 1:
            raise ValueError(f"`num_outputs` must be at least 1. Received: {num_outputs}")
        if pooling not in ("last", *KINDS):
            raise ValueError(
                f"`pooling` must be one of last, {', '.join(KINDS)}. Received: pooling={pooling!r}"
            )
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        mask = keras.Input((None,), dtype="bool", name="mask")
        kept = WordDropout(word_dropout, UNKNOWN_ID, name="word_dropout")(tokens)
        hidden = TokenEmbedding(vocab_size, embedding_dim, name="embedding")(kept)
        hidden = Dropout(dropout, locked=True, name="input_dropout")(hidden)
        stack = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            bidirectional=bidirectional,
            merge_mode=merge_mode,
            dropout=dropout,
            locked_dropout=locked_dropout,
            residual=residual,
            layer_norm=layer_norm,
            return_sequences=pooling != "last",
            name="recurrent",
        )
        hidden = stack(hidden, mask=mask)
        if pooling != "last":
            hidden = Pooling(pooling, name="pooling")(hidden, mask=mask)
        hidden = Dropout(dropout, name="output_dropout")(hidden)
        outputs = keras.layers.Dense(num_outputs, name="outputs")(hidden)
        super().__init__(inputs={"tokens": tokens, "mask": mask}, outputs=outputs, **kwargs)
        self.vocab_size = vocab_size
        self.num_outputs = num_outputs
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.bidirectional = bidirectional
        self.merge_mode = merge_mode
        self.pooling = pooling
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.residual = residual
        self.layer_norm = layer_norm
        self.word_dropout = word_dropout

    @property
    def output_dim(self):
        """Numbers computed for each token: the outputs of the recurrent stack."""
        return self.get_layer("recurrent").output_dim

    def get_config(self):
        return {
            "vocab_size": self.vocab_size,
            "num_outputs": self.num_outputs,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "bidirectional": self.bidirectional,
            "merge_mode": self.merge_mode,
            "pooling": self.pooling,
            "dropout": self.dropout,
            "locked_dropout": self.locked_dropout,
            "residual": self.residual,
            "layer_norm": self.layer_norm,
            "word_dropout": self.word_dropout,
            "dtype": self.dtype_policy.name,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)
