"""A recurrent language model: what comes after each token, from all tokens before it."""

from typing import Literal

import keras

from nlpseq.models.continuation import ContinuationDecoder
from nlpseq.models.precision import in_dtype


@keras.saving.register_keras_serializable(package="nlpseq")
class NextTokenModel(keras.Model):
    """Embedding, recurrent layers that read forwards, and scores over the vocabulary.

    For a search it is an encoder and decoder, like `Seq2SeqModel`: the source is the beginning of a
    text, the target what comes next.

    Args:
        vocab_size: Number of token ids.
        embedding_dim: Size of the token vectors.
        units: Size of each recurrent state.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        dropout: Share dropped in training: of the token vectors, of the input of each further
            layer, and before the output layer.
        locked_dropout: Whether all time steps of a row of a batch lose the same entries.
        residual: Whether a recurrent layer's input is added to its output, from the second on.
        layer_norm: Whether a recurrent layer's input is normalised, from the second on.
        dtype: In which precision it computes: `"float32"` or `"mixed_bfloat16"`; `None` means
            Keras' global dtype policy.

    Call arguments:
        inputs: Dictionary of `tokens`, integers `(batch, time)`; padding on the right needs no
            mask, for nothing real is behind it.

    Returns:
        Logits of the token after each one, `(batch, time, vocab_size)`. At padding they mean
        nothing.

    Example:
        >>> import numpy as np
        >>> model = NextTokenModel(vocab_size=9, embedding_dim=4, units=8)
        >>> tuple(model({"tokens": np.array([[3, 5, 4]])}).shape)
        (1, 3, 9)

    Reference:
        Mikolov et al. (2010), https://www.isca-archive.org/interspeech_2010/mikolov10_interspeech;
        dropout: Zaremba, Sutskever and Vinyals (2014), https://arxiv.org/abs/1409.2329; locked: Gal
        and Ghahramani (2016), https://arxiv.org/abs/1512.05287; one matrix: Press and Wolf (2017),
        https://arxiv.org/abs/1608.05859
    """

    @in_dtype
    def __init__(
        self,
        vocab_size: int,
        embedding_dim: int = 256,
        units: int = 512,
        num_layers: int = 1,
        cell: Literal["lstm", "gru", "simple_rnn"] = "lstm",
        dropout: float = 0.3,
        locked_dropout: bool = True,
        residual: bool = False,
        layer_norm: bool = False,
        dtype: Literal["float32", "mixed_bfloat16"] | None = None,
        **kwargs,
    ):
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        decoder_layer = ContinuationDecoder(
            vocab_size,
            embedding_dim,
            units,
            num_layers=num_layers,
            cell=cell,
            dropout=dropout,
            locked_dropout=locked_dropout,
            residual=residual,
            layer_norm=layer_norm,
            name="reader",
        )
        logits, _ = decoder_layer(tokens)
        super().__init__(inputs={"tokens": tokens}, outputs=logits, **kwargs)
        self.decoder_layer = decoder_layer
        self.vocab_size = vocab_size
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.residual = residual
        self.layer_norm = layer_norm

    @property
    def encoder_layer(self):
        """What a search calls with the beginning of each text."""
        return self.decoder_layer.read

    @property
    def target_vocab_size(self):
        """Number of tokens that a search chooses from."""
        return self.vocab_size

    @property
    def output_dim(self):
        """Numbers computed for each token: logits."""
        return self.vocab_size

    def get_config(self):
        return {
            "vocab_size": self.vocab_size,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "dropout": self.dropout,
            "locked_dropout": self.locked_dropout,
            "residual": self.residual,
            "layer_norm": self.layer_norm,
            "dtype": self.dtype_policy.name,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)
