"""LSTM and GRU whose training does in one product what Keras does in one a time step.

In back-propagation through time the gradient of the recurrent matrix is a sum over the time steps,
`sum_t h[t-1]^T . dz[t]`. Written as the loop of a step, which is differentiated by the backend, it
is added up step by step: a thin product, and a pass over a matrix as large as the weights, at each
of them. Here the loop backwards computes `dz` alone; the sum is one product after it, over all
steps at once, and so is all that does not depend on the step before.

Within the loops the batch is the last axis: a step's product then has the large matrix on the left,
which takes TensorFlow down to 0.6 of the time on a processor, and gates lie behind one another.

Keras' layers stay in charge of everything else: weights, cells, states, and GPUs, where they use
cuDNN.
"""

import keras
from keras import ops

from nlpseq.layers.dropout import Dropout
from nlpseq.layers.reversal import last_steps


def lstm_sequence(projected, recurrent_kernel, first_output, first_memory):
    """All outputs and memory cells of an LSTM.

    Args:
        projected: Float, `(time, 4 * units, batch)`: `x W + b` of each step, for the input, forget,
            candidate and output gates, in that order.
        recurrent_kernel: Float, `(units, 4 * units)`.
        first_output: Float, `(units, batch)`.
        first_memory: Float, `(units, batch)`.

    Returns:
        Float, `(time, 2 * units, batch)`: outputs `h`, then memory cells `c`.

    Reference:
        Hochreiter and Schmidhuber (1997), with the forget gate of Gers, Schmidhuber and Cummins
        (2000), equations 3 to 8.
    """
    return _lstm_sequence(projected, recurrent_kernel, first_output, first_memory)


def gru_sequence(projected, recurrent_kernel, recurrent_bias, first_output):
    """All outputs of a GRU, the reset gate after the product.

    Args:
        projected: Float, `(time, 3 * units, batch)`: `x W + b` of each step, for the update gate,
            the reset gate and the candidate, in that order.
        recurrent_kernel: Float, `(units, 3 * units)`.
        recurrent_bias: Float, `(3 * units,)`.
        first_output: Float, `(units, batch)`.

    Returns:
        Float, `(time, units, batch)`: outputs `h`.

    Reference:
        Cho et al. (2014), section 2.3, https://arxiv.org/abs/1406.1078, with the reset gate after
        the product: https://docs.nvidia.com/deeplearning/cudnn, `CUDNN_GRU`.
    """
    return _gru_sequence(projected, recurrent_kernel, recurrent_bias, first_output)


@ops.custom_gradient
def _lstm_sequence(projected, kernel, first_output, first_memory):
    transposed = ops.transpose(kernel)

    def step(carry, x):
        _, output, memory = carry
        i, f, g, o = ops.split(x + ops.matmul(transposed, output), 4, axis=0)
        i, f, g, o = ops.sigmoid(i), ops.sigmoid(f), ops.tanh(g), ops.sigmoid(o)
        memory = f * memory + i * g
        output = o * ops.tanh(memory)
        # What `ops.scan` gives back must look like what it carries.
        carry = (ops.concatenate([i, f, g, o], axis=0), output, memory)
        return carry, carry

    start = (ops.zeros_like(projected[0]), first_output, first_memory)
    _, (gates, outputs, memories) = ops.scan(step, start, projected)

    def grad(*args, upstream=None):
        gradient = args[0] if upstream is None else upstream
        i, f, g, o = ops.split(gates, 4, axis=1)
        squashed = ops.tanh(memories)
        before = _shifted(memories, first_memory)
        steps = [g * i * (1 - i), before * f * (1 - f), i * (1 - g * g)]
        steps += [squashed * o * (1 - o), o * (1 - squashed * squashed), f, gradient]

        def step_back(carry, x):
            _, d_output, d_memory = carry
            to_i, to_f, to_g, to_o, to_memory, f, from_output, from_memory = ops.split(x, 8, axis=0)
            d_output = d_output + from_output
            d_memory = d_memory + from_memory + d_output * to_memory
            d_gates = [d_memory * to_i, d_memory * to_f, d_memory * to_g, d_output * to_o]
            dz = ops.concatenate(d_gates, axis=0)
            carry = (dz, ops.matmul(kernel, dz), d_memory * f)
            return carry, carry

        start = tuple(map(ops.zeros_like, (projected[0], first_output, first_memory)))
        # One tensor: of several with an unknown number of steps, `ops.scan` makes an error.
        steps = ops.concatenate(steps, axis=1)
        (_, d_first, d_first_memory), (dz, _, _) = ops.scan(step_back, start, steps, reverse=True)
        return dz, _kernel_gradient(outputs, first_output, dz), d_first, d_first_memory

    return ops.concatenate([outputs, memories], axis=1), grad


@ops.custom_gradient
def _gru_sequence(projected, kernel, bias, first_output):
    transposed, column = ops.transpose(kernel), bias[:, None]

    def step(carry, x):
        _, output = carry
        from_h = ops.matmul(transposed, output) + column
        from_z, from_r, from_g = ops.split(from_h, 3, axis=0)
        x_z, x_r, x_g = ops.split(x, 3, axis=0)
        z, r = ops.sigmoid(x_z + from_z), ops.sigmoid(x_r + from_r)
        g = ops.tanh(x_g + r * from_g)
        carry = (ops.concatenate([z, r, g, from_g], axis=0), z * output + (1 - z) * g)
        return carry, carry

    start = (ops.concatenate([ops.zeros_like(first_output)] * 4, axis=0), first_output)
    _, (gates, outputs) = ops.scan(step, start, projected)

    def grad(*args, upstream=None):
        gradient = args[0] if upstream is None else upstream
        z, r, g, from_g = ops.split(gates, 4, axis=1)
        before = _shifted(outputs, first_output)
        to_g = (1 - z) * (1 - g * g)
        steps = [(before - g) * z * (1 - z), to_g * from_g * r * (1 - r), to_g, r, z, gradient]

        def step_back(carry, x):
            _, _, d_output = carry
            to_z, to_r, to_g, r, z, from_output = ops.split(x, 6, axis=0)
            d_output = d_output + from_output
            dg = d_output * to_g
            dz = ops.concatenate([d_output * to_z, d_output * to_r, dg * r], axis=0)
            carry = (dz, dg, d_output * z + ops.matmul(kernel, dz))
            return carry, carry

        start = tuple(map(ops.zeros_like, (projected[0], first_output, first_output)))
        steps = ops.concatenate(steps, axis=1)
        (_, _, d_first), (dz, dg, _) = ops.scan(step_back, start, steps, reverse=True)
        units = first_output.shape[0]
        d_projected = ops.concatenate([dz[:, : 2 * units], dg], axis=1)
        d_kernel = _kernel_gradient(outputs, first_output, dz)
        return d_projected, d_kernel, ops.sum(dz, axis=(0, 2)), d_first

    return outputs, grad


def _project(sequences, kernel):
    """`x W` of all steps: from `(batch, time, dim)` to `(time, gates, batch)`."""
    time_first = ops.transpose(sequences, (1, 0, 2))
    return ops.transpose(ops.tensordot(kernel, time_first, axes=[[0], [2]]), (1, 0, 2))


def _shifted(sequence, first):
    """What each step began with: `first`, then all of the sequence but the last."""
    return ops.concatenate([first[None], sequence[:-1]], axis=0)


def _kernel_gradient(outputs, first_output, dz):
    """`sum_t h[t-1] . dz[t]^T`, as one product."""
    before = _shifted(outputs, first_output)
    return ops.matmul(_all_columns(before), ops.transpose(_all_columns(dz)))


def _all_columns(sequence):
    """From `(time, units, batch)` to `(units, time * batch)`."""
    return ops.reshape(ops.transpose(sequence, (1, 0, 2)), (sequence.shape[1], -1))


def _value(variable):
    """The tensor: as an argument of a custom gradient, TensorFlow takes no variable."""
    return ops.reshape(variable, variable.shape)


class _WeightDropout:
    """A layer with a share of its recurrent matrix dropped in training."""

    def __init__(self, units, weight_dropout=0.0, **kwargs):
        if weight_dropout:
            kwargs["use_cudnn"] = False  # it would not know of it
        super().__init__(units, **kwargs)
        self.weight_dropout = weight_dropout
        # No dropout layer without dropout: each one carries a seed that would have to be stored.
        self.drop_weights = Dropout(weight_dropout) if weight_dropout else None

    def get_config(self):
        return {**super().get_config(), "weight_dropout": self.weight_dropout}


class _Sequence(keras.layers.RNN):
    """What Keras' LSTM and GRU run where cuDNN can't be used: the loop of the next base class."""

    def inner_loop(self, sequences, initial_state, mask, training=False):
        if not self._is_standard():
            if self.weight_dropout:
                raise ValueError(
                    "`weight_dropout` needs the activations and biases that Keras has by default, "
                    f"and no other dropout. Received: weight_dropout={self.weight_dropout}"
                )
            return super().inner_loop(sequences, initial_state, mask, training=training)
        cell = self.cell
        projected = _project(sequences, cell.kernel)
        kernel = _value(cell.recurrent_kernel)
        if self.drop_weights is not None:
            kernel = self.drop_weights(kernel, training=training)
        first = [ops.transpose(state) for state in keras.tree.flatten(initial_state)]
        found = self._run(cell, projected, kernel, first)
        states = [ops.transpose(state, (2, 0, 1)) for state in found]
        last = [last_steps(state, mask) for state in states]
        return last[0], states[0], last

    def _is_standard(self):
        """Whether the equations are those of this module."""
        cell = self.cell
        return (
            cell.activation is keras.activations.tanh
            and cell.recurrent_activation is keras.activations.sigmoid
            and cell.use_bias
            and getattr(cell, "reset_after", True)
            and not (cell.dropout or cell.recurrent_dropout or self.go_backwards)
        )


@keras.saving.register_keras_serializable(package="nlpseq")
class LSTM(_WeightDropout, keras.layers.LSTM, _Sequence):
    """Keras' LSTM with a faster training on processors; the same weights and results.

    Args:
        units: Size of the state.
        weight_dropout: Share of the entries of the recurrent matrix that are dropped in training,
            the same ones at all steps of a batch (DropConnect).
        **kwargs: As for `keras.layers.LSTM`. With other activations than its own, without
            biases, backwards or with its dropout, it runs as in Keras. A mask must be one of
            padding on the right.

    Example:
        >>> import numpy as np
        >>> tuple(LSTM(5, return_sequences=True)(np.ones((2, 3, 4), "float32")).shape)
        (2, 3, 5)

    Reference:
        Weight dropout: Merity, Keskar and Socher (2018), section 2,
        https://arxiv.org/abs/1708.02182
    """

    def _run(self, cell, projected, kernel, first):
        bias = _value(cell.bias)[:, None]
        return ops.split(lstm_sequence(projected + bias, kernel, *first), 2, axis=1)


@keras.saving.register_keras_serializable(package="nlpseq")
class GRU(_WeightDropout, keras.layers.GRU, _Sequence):
    """Keras' GRU with a faster training on processors; the same weights and results.

    Args:
        units: Size of the state.
        weight_dropout: As for `LSTM`.
        **kwargs: As for `keras.layers.GRU`. With other activations than its own, without
            biases, backwards or with its dropout, it runs as in Keras. A mask must be one of
            padding on the right.

    Example:
        >>> import numpy as np
        >>> tuple(GRU(5, return_sequences=True)(np.ones((2, 3, 4), "float32")).shape)
        (2, 3, 5)
    """

    def _run(self, cell, projected, kernel, first):
        bias, recurrent_bias = ops.unstack(_value(cell.bias), axis=0)
        return [gru_sequence(projected + bias[:, None], kernel, recurrent_bias, *first)]
