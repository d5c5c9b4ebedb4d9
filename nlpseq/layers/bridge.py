"""The handoff from an encoder's final states to a decoder's first states."""

import keras
from keras import ops

MODES = ("dense", "copy", "zero")


@keras.saving.register_keras_serializable(package="nlpseq")
class StateBridge(keras.layers.Layer):
    """Turns the final states of one `RecurrentStack` into the first states of another.

    Three ways, by `mode`:

    - `"copy"` hands the states over as they are; both structures must be equal.
    - `"dense"` computes each decoder state as `tanh(W s + b)` from `s`, the concatenation of all
      encoder states, so the two stacks may differ in size, depth, direction and cell.
    - `"zero"` starts the decoder from zeros: it sees nothing of the source through its state.

    Args:
        state_sizes: Sizes of the decoder's states, as `RecurrentStack.state_sizes` gives them: a
            list with one list of sizes a layer.
        mode: `"dense"`, `"copy"` or `"zero"`.

    Call arguments:
        states: The encoder's final states, a list with one list of `(batch, size)` tensors a layer.

    Returns:
        First decoder states, `(batch, size)` each, in the structure of `state_sizes`.

    Raises:
        ValueError: If `mode` is unknown, or if it is `"copy"` and the structures differ.

    Example:
        >>> import numpy as np
        >>> bridge = StateBridge([[3], [3]], mode="dense")
        >>> states = bridge([[np.ones((2, 5)), np.ones((2, 5))]])
        >>> [[tuple(state.shape) for state in layer] for layer in states]
        [[(2, 3)], [(2, 3)]]

    Reference:
        `"dense"`: Bahdanau, Cho and Bengio (2015), section A.2.2, there from the backward state
        alone, https://arxiv.org/abs/1409.0473. `"copy"`: Sutskever, Vinyals and Le (2014),
        section 2, https://arxiv.org/abs/1409.3215.
    """

    def __init__(self, state_sizes, mode="dense", **kwargs):
        super().__init__(**kwargs)
        if mode not in MODES:
            raise ValueError(f"`mode` must be one of {', '.join(MODES)}. Received: mode={mode!r}")
        self.state_sizes = [list(layer) for layer in state_sizes]
        self.mode = mode
        self.projections = [
            [keras.layers.Dense(n, activation="tanh", name=f"state_{i}_{j}") for j, n in layer]
            for i, layer in enumerate(map(enumerate, self.state_sizes if mode == "dense" else []))
        ]

    def build(self, states_shape):
        received = [[shape[-1] for shape in layer] for layer in states_shape]
        if self.mode == "copy" and received != self.state_sizes:
            raise ValueError(
                'Bridge mode "copy" needs encoder and decoder states of the same structure '
                "(layers, states a layer, sizes). "
                f"Received: encoder {received}, decoder {self.state_sizes}. "
                'Use mode "dense", or make the stacks equal.'
            )
        width = sum(size for layer in received for size in layer)
        for projection in keras.tree.flatten(self.projections):
            projection.build((None, width))

    def call(self, states):
        if self.mode == "copy":
            return [list(layer) for layer in states]
        flat = keras.tree.flatten(states)
        if self.mode == "zero":
            batch = ops.shape(flat[0])[0]
            return [
                [ops.zeros((batch, size), dtype=self.compute_dtype) for size in layer]
                for layer in self.state_sizes
            ]
        joined = ops.concatenate(flat, axis=-1)
        return [[projection(joined) for projection in layer] for layer in self.projections]

    def compute_output_shape(self, states_shape):
        batch = states_shape[0][0][0]
        return [[(batch, size) for size in layer] for layer in self.state_sizes]

    def get_config(self):
        return {**super().get_config(), "state_sizes": self.state_sizes, "mode": self.mode}
