"""What every decoder is: the interface, and the parts that all of them have."""

import keras

from nlpseq.layers.dropout import Dropout
from nlpseq.layers.recurrent import RecurrentStack


class Decoder(keras.layers.Layer):
    """A recurrent stack that reads the encoder's memory and says the target.

    A subclass has four methods besides what is here:

    - `call(memory, target, training)`: logits `(batch, target_time, vocab_size)` for a whole target
      at once, in training; `target` begins with the begin token (teacher forcing);
    - `prepare(memory)`: what all steps read of the source, a nest of tensors whose first axis is
      the batch; it is computed once a sentence, and never moved or repeated;
    - `start(memory)`: the state before the first step, which is what changes from step to step: a
      nest of tensors whose first axis is the batch;
    - `step(token_ids, state, prepared)`: logits `(rows, vocab_size)` of the token after
      `token_ids`, integers `(rows,)`, and the new state. There are one or more rows for each
      sentence of the batch, as many for each: hypotheses of the same source. Those of the first
      sentence come first, in `token_ids` as in the tensors of `state`.

    Where they hold, it sets some of these attributes:

    - `reads_target = False`: that it never reads target tokens; the others read them through a
      `TokenEmbedding`, `embedding`, which is their output layer too;
    - `max_length`: the fixed maximum output length in tokens, or `None`;
    - `attends`: whether it looks at each source token, and so has a method `coverage(state)`: how
      much in all the steps so far, float `(rows, source_time)`.

    `memory` is what `Encoder` returns. Laws, tested on every decoder: stepping through a target
    gives the logits of `call`, and hypotheses of one batch those that each has alone.

    Args:
        vocab_size: Number of target token ids.
        embedding_dim: Size of the target token vectors, for decoders that read the target.
        units: Size of each recurrent state.
        num_layers: Number of recurrent layers.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        dropout: Share dropped, in training, of the stack's input, of the input of each further
            recurrent layer, and before the output layer.
        locked_dropout: Whether all time steps of a sentence lose the same entries.
        weight_dropout: Share of the entries of each recurrent matrix that are dropped in training.
        residual: Whether a recurrent layer's input is added to its output, from the second on.
        layer_norm: Whether a recurrent layer's input is normalised, from the second on.
    """

    reads_target = True
    max_length = None
    attends = False

    def __init__(
        self,
        vocab_size,
        embedding_dim,
        units,
        num_layers=1,
        cell="gru",
        dropout=0.0,
        locked_dropout=False,
        weight_dropout=0.0,
        residual=False,
        layer_norm=False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.vocab_size = vocab_size
        self.embedding_dim = embedding_dim
        self.units = units
        self.num_layers = num_layers
        self.cell = cell
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.weight_dropout = weight_dropout
        self.residual = residual
        self.layer_norm = layer_norm
        self.input_dropout = Dropout(dropout, locked_dropout, name="input_dropout")
        self.recurrent = RecurrentStack(
            units,
            cell=cell,
            num_layers=num_layers,
            dropout=dropout,
            locked_dropout=locked_dropout,
            weight_dropout=weight_dropout,
            residual=residual,
            layer_norm=layer_norm,
            return_state=True,
            name="recurrent",
        )
        self.output_dropout = Dropout(dropout, locked_dropout, name="output_dropout")

    def compute_output_shape(self, memory_shape, target_shape):
        return (*target_shape, self.vocab_size)

    def get_config(self):
        return {
            **super().get_config(),
            "vocab_size": self.vocab_size,
            "embedding_dim": self.embedding_dim,
            "units": self.units,
            "num_layers": self.num_layers,
            "cell": self.cell,
            "dropout": self.dropout,
            "locked_dropout": self.locked_dropout,
            "weight_dropout": self.weight_dropout,
            "residual": self.residual,
            "layer_norm": self.layer_norm,
        }
