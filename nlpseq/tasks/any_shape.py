"""Batches of any shape through a function that is compiled once."""

from typing import Any

import keras
import numpy as np


def predict_batch(model: keras.Model, inputs: Any) -> Any:
    """Keras' `predict_on_batch`, which TensorFlow traces once, for all shapes.

    By itself TensorFlow traces for the first shape, again for the second, where each size that
    differs is left open, and once more as soon as another size differs. A search takes seconds to
    trace. With JAX each shape is compiled, with PyTorch nothing is: there it changes nothing.

    Args:
        model: A model that is not to be called otherwise.
        inputs: Arrays in dictionaries, tuples or lists. All their sizes may be others the next
            time, only not the last of arrays of floats such as states.

    Returns:
        The outputs, as arrays.

    Example:
        >>> layer = keras.layers.Embedding(10, 4)
        >>> model = keras.Sequential([keras.Input((None,), dtype="int32"), layer])
        >>> [predict_batch(model, np.ones(shape, np.int32)).shape for shape in ((2, 3), (1, 5))]
        [(2, 3, 4), (1, 5, 4)]
    """
    if keras.backend.backend() == "tensorflow" and model.predict_function is None:
        _trace(model, inputs)
    return model.predict_on_batch(inputs)


def _trace(model: keras.Model, inputs: Any) -> None:
    model.make_predict_function()
    specs = keras.tree.map_structure(_of_any_size, inputs)
    model.predict_function.get_concrete_function([(specs,)])  # as `predict_on_batch` gives them


def _of_any_size(array: np.ndarray) -> Any:
    import tensorflow as tf

    shape: list[int | None] = [None] * array.ndim
    if array.ndim > 1 and np.issubdtype(array.dtype, np.floating):
        shape[-1] = array.shape[-1]
    return tf.TensorSpec(shape, array.dtype)
