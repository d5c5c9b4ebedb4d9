"""A stack of recurrent layers over right-padded sequences."""

import keras
from keras import ops

from nlpseq.layers.dropout import Dropout
from nlpseq.layers.merging import MERGE_MODES, merge
from nlpseq.layers.recurrence import GRU, LSTM
from nlpseq.layers.reversal import last_steps, reverse_sequences

CELLS = {
    "lstm": LSTM,
    "gru": GRU,
    "simple_rnn": keras.layers.SimpleRNN,
}


@keras.saving.register_keras_serializable(package="nlpseq")
class RecurrentStack(keras.layers.Layer):
    """`num_layers` LSTM, GRU or SimpleRNN layers, in one or two directions.

    Each layer reads the whole output sequence of the layer below. Padding must be on the right;
    it never changes what comes out at real positions, and the output at padding is 0.

    Args:
        units: Size of each layer's state, at least 1.
        cell: `"lstm"`, `"gru"` or `"simple_rnn"`.
        num_layers: Number of layers, at least 1.
        bidirectional: Whether each layer also reads the sequence from its end.
        merge_mode: How two directions become one vector: `"concat"`, `"sum"`, `"mul"`, `"ave"`.
        dropout: Share of each layer's input that is dropped in training, in `[0, 1)`. The
            stack's own input is not touched: drop it where it is made.
        locked_dropout: Whether all time steps of a sentence lose the same entries.
        residual: Whether a layer's input is added to its output, from the second layer on; as it
            came from the layer below, neither dropped nor normalised.
        weight_dropout: Share of the entries of each recurrent matrix that are dropped in training;
            not for `"simple_rnn"`.
        layer_norm: Whether a layer's input is normalised, from the second layer on, and before
            dropout: at each step by itself to mean 0 and variance 1, then scaled and shifted by
            learnt numbers.
        return_sequences: Whether to return the output at every step, or at the last one only.
        return_state: Whether to return the final states too.

    Call arguments:
        inputs: Float, `(batch, time, dim)`.
        mask: Bool, `(batch, time)`, `True` at real tokens. `None` means no padding.
        initial_state: States as `return_state` gives them, or `None` for zeros.
        training: Whether dropout is active.

    Returns:
        The outputs: `(batch, time, output_dim)`, or `(batch, output_dim)` of each row's last real
        step where `return_sequences` is false. `output_dim` is `units`, or twice that for two
        concatenated directions. With `return_state`, the pair `(outputs, states)`: `states` is a
        list with one entry a layer, each a list of `(batch, units)` tensors: `[h]` for `"gru"` and
        `"simple_rnn"`, `[h, c]` for `"lstm"`; of two directions the forward states come first.
        The last output of a backward direction is the one that has read the whole row.

    Raises:
        ValueError: If a size, name or share is out of range, or if `initial_state` has another
            structure than the stack's states.

    Example:
        >>> import numpy as np
        >>> stack = RecurrentStack(5, cell="gru", bidirectional=True, return_state=True)
        >>> outputs, states = stack(np.ones((2, 3, 4), "float32"))
        >>> tuple(outputs.shape), [tuple(s.shape) for s in states[0]]
        ((2, 3, 10), [(2, 5), (2, 5)])

    Reference:
        LSTM: Hochreiter and Schmidhuber (1997). GRU: Cho et al. (2014), section 2.3,
        https://arxiv.org/abs/1406.1078, in the variant with the reset gate after the product.
        Two directions: Schuster and Paliwal (1997). Residuals: Wu et al. (2016), section 3.1,
        https://arxiv.org/abs/1609.08144. Normalisation: Ba, Kiros and Hinton (2016), section 3,
        https://arxiv.org/abs/1607.06450, here of a layer's input and not of its gates' sums.
    """

    def __init__(
        self,
        units,
        cell="lstm",
        num_layers=1,
        bidirectional=False,
        merge_mode="concat",
        dropout=0.0,
        locked_dropout=False,
        weight_dropout=0.0,
        residual=False,
        layer_norm=False,
        return_sequences=True,
        return_state=False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if units < 1 or num_layers < 1:
            raise ValueError(
                "`units` and `num_layers` must be at least 1. "
                f"Received: units={units}, num_layers={num_layers}"
            )
        if cell not in CELLS:
            raise ValueError(f"`cell` must be one of {', '.join(CELLS)}. Received: cell={cell!r}")
        if merge_mode not in MERGE_MODES:
            raise ValueError(
                f"`merge_mode` must be one of {', '.join(MERGE_MODES)}. "
                f"Received: merge_mode={merge_mode!r}"
            )
        if not 0 <= dropout < 1:
            raise ValueError(f"`dropout` must be in [0, 1). Received: dropout={dropout}")
        if weight_dropout and cell == "simple_rnn":
            raise ValueError(
                '`weight_dropout` needs cell="lstm" or "gru". '
                f"Received: weight_dropout={weight_dropout}, cell={cell!r}"
            )
        self.supports_masking = True  # takes a mask; `compute_mask` says that it attaches none
        self.units = units
        self.cell = cell
        self.num_layers = num_layers
        self.bidirectional = bidirectional
        self.merge_mode = merge_mode
        self.dropout = dropout
        self.locked_dropout = locked_dropout
        self.weight_dropout = weight_dropout
        self.residual = residual
        self.layer_norm = layer_norm
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.forward_layers = [self._recurrence(f"forward_{i}") for i in range(num_layers)]
        self.backward_layers = [
            self._recurrence(f"backward_{i}") for i in range(num_layers if bidirectional else 0)
        ]
        # No dropout layer without dropout: each one carries a seed that would have to be stored.
        self.dropouts = [
            Dropout(dropout, locked_dropout, name=f"dropout_{i}")
            for i in range(1, num_layers if dropout else 1)
        ]
        self.norms = [
            keras.layers.LayerNormalization(name=f"norm_{i}")
            for i in range(1, num_layers if layer_norm else 1)
        ]

    @property
    def output_dim(self):
        """Size of the output vectors."""
        doubled = self.bidirectional and self.merge_mode == "concat"
        return self.units * (2 if doubled else 1)

    @property
    def state_sizes(self):
        """Sizes of the final states, in the structure in which `call` returns them."""
        directions = 2 if self.bidirectional else 1
        tensors = directions * (2 if self.cell == "lstm" else 1)
        return [[self.units] * tensors for _ in range(self.num_layers)]

    def build(self, inputs_shape):
        dim = inputs_shape[-1]
        for index in range(self.num_layers):
            for layer in self._directions(index):
                layer.build((None, None, dim))
            dim = self.output_dim
        for norm in self.norms:
            norm.build((None, None, dim))

    def call(self, inputs, mask=None, initial_state=None, training=None):
        states = self._checked(initial_state)
        final_states = []
        outputs = inputs
        for index in range(self.num_layers):
            read = self._read(index, outputs, training)
            sequences, last = self._run_layer(index, read, mask, states[index])
            final_states.append(last)
            if index == self.num_layers - 1 and not self.return_sequences:
                sequences = self._ends(sequences, mask)
                outputs = last_steps(outputs, mask)
            outputs = self._add(index, merge(sequences, self.merge_mode), outputs)
        if self.return_sequences and mask is not None:
            outputs = ops.where(mask[..., None], outputs, ops.zeros_like(outputs))
        return (outputs, final_states) if self.return_state else outputs

    def step(self, inputs, states):
        """One time step of a stack that reads forwards only: what decoding calls, without dropout.

        Args:
            inputs: Float, `(batch, dim)`.
            states: As `call` returns them; `None` for zeros is not allowed here.

        Returns:
            Outputs, `(batch, output_dim)`, and the new states. Calling it for each time step gives
            the outputs of `call`.

        Raises:
            ValueError: If the stack is bidirectional.
        """
        if self.bidirectional:
            raise ValueError("A bidirectional stack can't be stepped: it needs the whole sequence.")
        new_states = []
        outputs = inputs
        for index, layer in enumerate(self.forward_layers):
            read = self._read(index, outputs, training=False)
            hidden, state = layer.cell(read, states[index])
            outputs = self._add(index, hidden, outputs)
            new_states.append(list(state))
        return outputs, new_states

    def compute_mask(self, inputs, previous_mask):
        return None

    def compute_output_shape(self, inputs_shape):
        outputs = (*inputs_shape[: 2 if self.return_sequences else 1], self.output_dim)
        if not self.return_state:
            return outputs
        return outputs, [[(inputs_shape[0], n) for n in layer] for layer in self.state_sizes]

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "cell": self.cell,
            "num_layers": self.num_layers,
            "bidirectional": self.bidirectional,
            "merge_mode": self.merge_mode,
            "dropout": self.dropout,
            "locked_dropout": self.locked_dropout,
            "weight_dropout": self.weight_dropout,
            "residual": self.residual,
            "layer_norm": self.layer_norm,
            "return_sequences": self.return_sequences,
            "return_state": self.return_state,
        }

    def _recurrence(self, name):
        # Only an LSTM's final memory `c` can't be read off its output sequence.
        needs_state = self.return_state and self.cell == "lstm"
        options = {"weight_dropout": self.weight_dropout} if self.weight_dropout else {}
        return CELLS[self.cell](
            self.units, return_sequences=True, return_state=needs_state, name=name, **options
        )

    def _directions(self, index):
        return [self.forward_layers[index], *self.backward_layers[index : index + 1]]

    def _read(self, index, inputs, training):
        """What the recurrences of a layer read of its input."""
        if index > 0 and self.norms:
            inputs = self.norms[index - 1](inputs)
        if index > 0 and self.dropouts:
            inputs = self.dropouts[index - 1](inputs, training=training)
        return inputs

    def _add(self, index, hidden, inputs):
        """The output of a layer whose recurrences said `hidden`."""
        return hidden + inputs if self.residual and index > 0 else hidden

    def _checked(self, initial_state):
        if initial_state is None:
            return [None] * self.num_layers
        received = [[state.shape[-1] for state in layer] for layer in initial_state]
        if received != self.state_sizes:
            raise ValueError(
                "`initial_state` must have the stack's own structure: one list a layer, with sizes "
                f"{self.state_sizes}. Received sizes: {received}. A StateBridge converts them."
            )
        return initial_state

    def _run_layer(self, index, inputs, mask, states):
        """One layer: the output sequence `(batch, time, units)` and final states per direction."""
        layers = self._directions(index)
        per_direction = len(self.state_sizes[index]) // len(layers)
        sequences, final_states = [], []
        for direction, layer in enumerate(layers):
            backward = direction == 1
            first = direction * per_direction
            sequence, last = self._run_direction(
                layer,
                reverse_sequences(inputs, mask) if backward else inputs,
                mask,
                None if states is None else list(states[first : first + per_direction]),
            )
            sequences.append(reverse_sequences(sequence, mask) if backward else sequence)
            final_states += last
        return sequences, final_states

    def _run_direction(self, layer, inputs, mask, states):
        if not self.return_state:
            return layer(inputs, initial_state=states), []
        if self.cell == "lstm":
            sequence, *last = layer(inputs, initial_state=states, mask=mask)
            return sequence, last
        sequence = layer(inputs, initial_state=states)
        return sequence, [last_steps(sequence, mask)]

    def _ends(self, sequences, mask):
        """What each direction says after its last step: `(batch, units)` each."""
        forward, *backward = sequences
        return [last_steps(forward, mask), *(sequence[:, 0] for sequence in backward)]
