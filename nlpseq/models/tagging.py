"""Labels for every token."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import keras
from keras import ops

from nlpseq.layers.crf import CRF
from nlpseq.layers.dropout import Dropout
from nlpseq.layers.embedding import TokenEmbedding
from nlpseq.layers.recurrent import RecurrentStack
from nlpseq.layers.spelling import SpellingEncoder
from nlpseq.layers.time_distributed import TimeDistributed
from nlpseq.layers.word_dropout import WordDropout
from nlpseq.losses import token_losses
from nlpseq.models.precision import in_dtype
from nlpseq.text.specials import UNKNOWN_ID


@keras.saving.register_keras_serializable(package="nlpseq")
class TaggingModel(keras.Model):
    """Word and character vectors, a recurrent stack, one output layer a column.

    Each column of labels has a `TimeDistributed(Dense)` of its own over the shared stack, and with
    `head="crf"` a CRF behind it. The loss is the sum over the columns of the mean loss per real
    token.

    Args:
        vocab_size: Number of token ids.
        num_tags: Number of labels of each column, by name.
        num_characters: Number of character ids.
        embedding_dim: Size of the token vectors.
        train_embedding: Whether training changes the token vectors.
        characters: How a word's characters are read: `"cnn"`, `"lstm"`, `"gru"`, or `"none"`.
        character_units: Size of the vectors made from characters, which stand beside those of the
            tokens.
        units: Size of each recurrent state, in each direction.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        bidirectional: Whether sentences are also read from their end. A label then depends on the
            whole sentence; otherwise on the tokens before it alone, which may come in pieces.
        merge_mode: How the two directions become one vector: `"concat"`, `"sum"`, `"mul"`, `"ave"`.
        head: `"softmax"`: each label by itself. `"crf"`: the most probable sequence of labels.
        forbidden: Label pairs that a CRF may not produce, by column (see `CRF`).
        loss_weights: Weight of each column's loss, by name; 1 where left out.
        dropout: Share dropped, in training, of the input and of the output of the recurrent stack,
            where all vectors of a sentence lose the same entries, and between its layers.
        locked_dropout: Whether all vectors of a sentence lose the same entries between layers too.
        residual: Whether a recurrent layer's input is added to its output, from the second on.
        layer_norm: Whether a recurrent layer's input is normalised, from the second on.
        word_dropout: Share of the tokens that are replaced by the unknown one in training.
        dtype: In which precision it computes: `"float32"` or `"mixed_bfloat16"`; `None` means
            Keras' global dtype policy.

    Call arguments:
        inputs: Dictionary of `tokens`, integers `(batch, time)`; `mask`, bool
            `(batch, time)`, `True` at real tokens, padding on the right; and, where
            characters are read, `spellings`, `short_spellings` and `spelling_index` as
            `SpellingEncoder` takes them.

    Returns:
        For each column, by name, logits `(batch, time, num_tags)`. At padding they mean nothing.

    Raises:
        ValueError: If a setting is out of range.

    Example:
        >>> import numpy as np
        >>> model = TaggingModel(vocab_size=9, num_tags={"upos": 4}, characters="none", units=8)
        >>> tokens = np.array([[5, 3, 8], [2, 0, 0]])
        >>> tuple(model({"tokens": tokens, "mask": tokens > 0})["upos"].shape)
        (2, 3, 4)

    Reference:
        Huang, Xu and Yu (2015), section 2, https://arxiv.org/abs/1508.01991; with characters:
        Lample et al. (2016), https://arxiv.org/abs/1603.01360. The same entries dropped at each
        step: Gal and Ghahramani (2016), section 4, https://arxiv.org/abs/1512.05287
    """

    @in_dtype
    def __init__(
        self,
        vocab_size: int,
        num_tags: Mapping[str, int],
        num_characters: int = 0,
        embedding_dim: int = 128,
        train_embedding: bool = True,
        characters: Literal["cnn", "lstm", "gru", "none"] = "cnn",
        character_units: int = 128,
        units: int = 256,
        num_layers: int = 1,
        cell: Literal["lstm", "gru", "simple_rnn"] = "lstm",
        bidirectional: bool = True,
        merge_mode: Literal["concat", "sum", "mul", "ave"] = "concat",
        head: Literal["softmax", "crf"] = "softmax",
        forbidden: Mapping[str, Sequence[tuple[int, int]]] | None = None,
        loss_weights: Mapping[str, float] | None = None,
        dropout: float = 0.5,
        locked_dropout: bool = False,
        residual: bool = False,
        layer_norm: bool = False,
        word_dropout: float = 0.25,
        dtype: Literal["float32", "mixed_bfloat16"] | None = None,
        **kwargs,
    ):
        if head not in ("softmax", "crf"):
            raise ValueError(f'`head` must be "softmax" or "crf". Received: head={head!r}')
        if characters != "none" and num_characters < 1:
            raise ValueError(
                "`num_characters` must be at least 1 where characters are read. "
                f"Received: num_characters={num_characters}, characters={characters!r}"
            )
        unknown = {*(forbidden or ()), *(loss_weights or ())} - set(num_tags)
        if unknown:
            raise ValueError(
                "`forbidden` and `loss_weights` must be by names of columns, which are "
                f"{', '.join(num_tags)}. Received: {', '.join(sorted(unknown))}"
            )
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        mask = keras.Input((None,), dtype="bool", name="mask")
        inputs = {"tokens": tokens, "mask": mask}
        kept = WordDropout(word_dropout, UNKNOWN_ID, name="word_dropout")(tokens)
        embedding = TokenEmbedding(
            vocab_size, embedding_dim, trainable=train_embedding, name="embedding"
        )
        hidden = embedding(kept)
        if characters != "none":
            spellings = keras.Input((None,), dtype="int32", name="spellings")
            index = keras.Input((None,), dtype="int32", name="spelling_index")
            short = keras.Input((None,), dtype="int32", name="short_spellings")
            inputs |= {
                "spellings": spellings,
                "short_spellings": short,
                "spelling_index": index,
            }
            encoder = SpellingEncoder(
                num_characters, character_units, kind=characters, name="characters"
            )
            read = encoder(spellings, index, short)
            hidden = keras.layers.Concatenate(name="words")([hidden, read])
        hidden = Dropout(dropout, locked=True, name="input_dropout")(hidden)
        recurrent = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            bidirectional=bidirectional,
            merge_mode=merge_mode,
            dropout=dropout,
            locked_dropout=locked_dropout,
            residual=residual,
            layer_norm=layer_norm,
            return_state=not bidirectional,
            name="recurrent",
        )
        hidden = recurrent(hidden, mask=mask)
        if not bidirectional:
            hidden, _ = hidden
        hidden = Dropout(dropout, locked=True, name="output_dropout")(hidden)
        logits, crfs = {}, {}
        for column, size in num_tags.items():
            dense = keras.layers.Dense(size)
            name = layer_name(column)
            logits[column] = TimeDistributed(dense, name=f"tags_{name}")(hidden)
            if head == "crf":
                crf = CRF(size, forbidden=(forbidden or {}).get(column, ()), name=f"crf_{name}")
                logits[column] = crf(logits[column], mask=mask)
                crfs[column] = crf
        super().__init__(inputs=inputs, outputs=logits, **kwargs)
        self.crfs = crfs
        self.vocab_size = vocab_size
        self.num_tags = dict(num_tags)
        self.num_characters = num_characters
        self.embedding_dim = embedding_dim
        self.train_embedding = train_embedding
        self.characters = characters
        self.character_units = character_units
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.bidirectional = bidirectional
        self.merge_mode = merge_mode
        self.head = head
        self.forbidden = forbidden
        self.loss_weights = loss_weights
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.residual = residual
        self.layer_norm = layer_norm
        self.word_dropout = word_dropout

    @property
    def output_dim(self):
        """Numbers computed for each token: logits of all columns."""
        return sum(self.num_tags.values())

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        """Sum over the columns of the mean loss per real token, in nats.

        A CRF has the negative log-likelihood of whole sentences, divided by their tokens.
        """
        total = 0.0
        for column, logits in y_pred.items():
            weights = (sample_weight or {}).get(column)
            weights = ops.cast(x["mask"] if weights is None else weights, "float32")
            if column in self.crfs:
                likelihood = self.crfs[column].log_likelihood(logits, y[column], x["mask"])
                summed = -ops.sum(likelihood * ops.max(weights, axis=1))  # (batch,)
            else:
                logits = ops.cast(logits, "float32")
                summed = ops.sum(token_losses(y[column], logits) * weights)
            loss = summed / ops.maximum(ops.sum(weights), 1.0)
            total = total + (self.loss_weights or {}).get(column, 1.0) * loss
        return total

    def probabilities(self, column, logits, mask):
        """Probability of each label of a column: the softmax, or the marginals of the CRF.

        Args:
            column: Name of the column.
            logits: What `call` returns for it.
            mask: As in `call`.

        Returns:
            Float32, `(batch, time, num_tags)`.
        """
        if column in self.crfs:
            return self.crfs[column].marginals(logits, mask)
        return ops.softmax(ops.cast(logits, "float32"))

    def get_config(self):
        return {
            "vocab_size": self.vocab_size,
            "num_tags": self.num_tags,
            "num_characters": self.num_characters,
            "embedding_dim": self.embedding_dim,
            "train_embedding": self.train_embedding,
            "characters": self.characters,
            "character_units": self.character_units,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "bidirectional": self.bidirectional,
            "merge_mode": self.merge_mode,
            "head": self.head,
            "forbidden": self.forbidden,
            "loss_weights": self.loss_weights,
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


def layer_name(column):
    """The name of a column as a part of the name of a layer, with codes for spaces and the like.

    Args:
        column: The name.

    Returns:
        A string of letters, digits, `_`, `.` and `-`.

    Example:
        >>> layer_name("part of speech")
        'part_20_of_20_speech'
    """
    return re.sub(r"[^\w.-]", lambda found: f"_{ord(found[0]):x}_", column, flags=re.ASCII)
