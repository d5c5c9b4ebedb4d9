"""In which precision a model computes."""

import functools
import inspect

import keras


def in_dtype(init):
    """Makes a model's constructor build all layers with the Keras dtype policy of its `dtype`.

    With `"mixed_bfloat16"` matrices are multiplied in bfloat16, which has the range of float32 and
    3 digits: about half the memory, and faster where the processor or GPU has it. Weights and
    optimizer stay in float32, and so do losses, softmaxes of attention, CRFs and the scores of all
    searches.

    Args:
        init: The constructor, with a keyword `dtype`. `None` means Keras' global policy.

    Returns:
        The constructor. The global policy is after it what it was before.

    Example:
        >>> class Model(keras.Model):
        ...     @in_dtype
        ...     def __init__(self, dtype=None):
        ...         super().__init__()
        ...         self.dense = keras.layers.Dense(3)
        >>> Model(dtype="mixed_bfloat16").dense.compute_dtype, keras.layers.Dense(3).compute_dtype
        ('bfloat16', 'float32')

    Reference:
        Micikevicius et al. (2018), section 3, https://arxiv.org/abs/1710.03740; bfloat16: Kalamkar
        et al. (2019), https://arxiv.org/abs/1905.12322
    """

    @functools.wraps(init)
    def build(self, *args, dtype=None, **kwargs):
        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(dtype or before)
        try:
            init(self, *args, dtype=dtype, **kwargs)
        finally:
            keras.config.set_dtype_policy(before)

    # Keras asks for it without looking through the wrapper.
    build.__signature__ = inspect.signature(init)
    return build
