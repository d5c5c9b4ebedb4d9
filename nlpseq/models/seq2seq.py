"""An encoder and a decoder: one sequence of ids in, another out."""

import functools
import inspect
from typing import Any, Literal

import keras

from nlpseq.models.attention import AttentionDecoder
from nlpseq.models.decoder import Decoder
from nlpseq.models.encoder import Encoder
from nlpseq.models.input_feeding import InputFeedingDecoder
from nlpseq.models.precision import in_dtype
from nlpseq.models.repeat_vector import RepeatVectorDecoder
from nlpseq.models.state_handoff import StateHandoffDecoder

DECODERS: dict[str, type[Decoder]] = {
    "attention": AttentionDecoder,
    "input_feeding": InputFeedingDecoder,
    "repeat_vector": RepeatVectorDecoder,
    "state_handoff": StateHandoffDecoder,
}


@keras.saving.register_keras_serializable(package="nlpseq")
class Seq2SeqModel(keras.Model):
    """Encoder and decoder, trained together with teacher forcing.

    Args:
        source_vocab_size: Number of source token ids.
        target_vocab_size: Number of target token ids.
        decoder: `"attention"`, `"input_feeding"`, `"state_handoff"` or `"repeat_vector"` (see
            `nlpseq.models.decoder`).
        embedding_dim: Size of the token vectors on both sides.
        units: Size of the decoder's recurrent states, and of the encoder's output: an encoder of
            two directions has half of it in each.
        num_layers: Number of recurrent layers of the encoder, and of the decoder.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        bidirectional: Whether the encoder also reads the source from its end.
        dropout: Share dropped in training, in encoder and decoder.
        locked_dropout: Whether all time steps of a sentence lose the same entries.
        residual: Whether a recurrent layer's input is added to its output, from the second on.
        layer_norm: Whether a recurrent layer's input is normalised, from the second on.
        decoder_options: Keyword arguments of this decoder alone, such as `{"max_length": 60}` for
            `"repeat_vector"` or `{"bridge": "copy"}` for `"state_handoff"`.
        joint_vocabulary: Whether an id is the same token on both sides. Then one matrix is the
            source embedding, the target embedding and the output layer.
        dtype: In which precision it computes: `"float32"` or `"mixed_bfloat16"`; `None` means
            Keras' global dtype policy.

    Call arguments:
        inputs: Dictionary of `source`, integers `(batch, source_time)`; `source_mask`, bool of
            that shape, `True` at real tokens, padding on the right; `target`, integers
            `(batch, target_time)`: the begin token, then the target.

    Returns:
        Logits, `(batch, target_time, target_vocab_size)`. At padding they mean nothing.

    Raises:
        ValueError: If `decoder` is unknown or has no such option, `units` is odd and the encoder
            bidirectional, or a joint vocabulary has two sizes or a decoder that reads no target.

    Example:
        >>> import numpy as np
        >>> model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, units=8)
        >>> source, target = np.array([[5, 4, 3]]), np.array([[2, 6]])
        >>> inputs = {"source": source, "source_mask": source > 0, "target": target}
        >>> tuple(model(inputs).shape)
        (1, 2, 7)

    Reference:
        Cho et al. (2014), https://arxiv.org/abs/1406.1078; Sutskever, Vinyals and Le (2014),
        https://arxiv.org/abs/1409.3215. One matrix for all three: Press and Wolf (2017), section 3,
        https://arxiv.org/abs/1608.05859
    """

    @in_dtype
    def __init__(
        self,
        source_vocab_size: int,
        target_vocab_size: int,
        decoder: Literal[
            "attention", "input_feeding", "state_handoff", "repeat_vector"
        ] = "attention",
        embedding_dim: int = 256,
        units: int = 512,
        num_layers: int = 1,
        cell: Literal["lstm", "gru", "simple_rnn"] = "gru",
        bidirectional: bool = True,
        dropout: float = 0.3,
        locked_dropout: bool = False,
        residual: bool = False,
        layer_norm: bool = False,
        decoder_options: dict[str, Any] | None = None,
        joint_vocabulary: bool = False,
        dtype: Literal["float32", "mixed_bfloat16"] | None = None,
        **kwargs,
    ):
        if decoder not in DECODERS:
            raise ValueError(
                f"`decoder` must be one of {', '.join(DECODERS)}. Received: decoder={decoder!r}"
            )
        options = dict(decoder_options or {})
        _check_options(decoder, options)
        source = keras.Input((None,), dtype="int32", name="source")
        source_mask = keras.Input((None,), dtype="bool", name="source_mask")
        target = keras.Input((None,), dtype="int32", name="target")
        sizes = {
            "embedding_dim": embedding_dim,
            "units": units,
            "num_layers": num_layers,
            "cell": cell,
            "dropout": dropout,
            "locked_dropout": locked_dropout,
            "residual": residual,
            "layer_norm": layer_norm,
        }
        if bidirectional and units % 2:
            raise ValueError(
                "`units` must be even: a bidirectional encoder has half of it in each direction. "
                f"Received: units={units}"
            )
        make_encoder = functools.partial(
            Encoder,
            source_vocab_size,
            bidirectional=bidirectional,
            name="encoder",
            **{**sizes, "units": units // 2 if bidirectional else units},
        )
        make_decoder = functools.partial(
            DECODERS[decoder], target_vocab_size, name="decoder", **sizes, **options
        )
        if joint_vocabulary:
            _check_joint(source_vocab_size, target_vocab_size, decoder)
            decoder_layer = make_decoder()
            encoder_layer = make_encoder(embedding=decoder_layer.embedding)
        else:
            encoder_layer, decoder_layer = make_encoder(), make_decoder()
        logits = decoder_layer(encoder_layer(source, mask=source_mask), target)
        inputs = {"source": source, "source_mask": source_mask, "target": target}
        super().__init__(inputs=inputs, outputs=logits, **kwargs)
        self.encoder_layer = encoder_layer
        self.decoder_layer = decoder_layer
        self.source_vocab_size = source_vocab_size
        self.target_vocab_size = target_vocab_size
        self.decoder = decoder
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.bidirectional = bidirectional
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.residual = residual
        self.layer_norm = layer_norm
        self.decoder_options = decoder_options
        self.joint_vocabulary = joint_vocabulary

    @property
    def output_dim(self):
        """Numbers computed for each target token: logits."""
        return self.target_vocab_size

    def get_config(self):
        return {
            "source_vocab_size": self.source_vocab_size,
            "target_vocab_size": self.target_vocab_size,
            "decoder": self.decoder,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "bidirectional": self.bidirectional,
            "dropout": self.dropout,
            "locked_dropout": self.locked_dropout,
            "residual": self.residual,
            "layer_norm": self.layer_norm,
            "decoder_options": self.decoder_options,
            "joint_vocabulary": self.joint_vocabulary,
            "dtype": self.dtype_policy.name,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)


def _check_joint(source_vocab_size, target_vocab_size, decoder):
    if source_vocab_size != target_vocab_size:
        raise ValueError(
            "A joint vocabulary must have one size. Received: "
            f"source_vocab_size={source_vocab_size}, target_vocab_size={target_vocab_size}"
        )
    if not DECODERS[decoder].reads_target:
        raise ValueError(
            "`joint_vocabulary` needs a decoder that reads the tokens it has said. "
            f"Received: decoder={decoder!r}"
        )


def _check_options(decoder, options):
    """Decoder options are the keywords that this decoder has beyond those of all decoders."""
    own = set(inspect.signature(DECODERS[decoder]).parameters) - {"kwargs"}
    own -= set(inspect.signature(Decoder).parameters)
    for name in options:
        if name not in own:
            raise ValueError(
                f"Unknown `decoder_options` key {name!r} of decoder {decoder!r}. "
                f"Valid keys: {', '.join(sorted(own))}"
            )
