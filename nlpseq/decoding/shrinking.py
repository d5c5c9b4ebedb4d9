"""A loop over rows that leaves behind those that have finished."""

import keras
from keras import ops

# Each halving is one more loop to compile, and saves less than the one before. JAX compiles all of
# them again for each shape of a batch, which takes longer than what they save.
HALVINGS = 0 if keras.backend.backend() == "jax" else 3
FEWEST = 16  # rows of a batch worth halving: for fewer, a step takes about as long


def shrinking_loop(extend, runs, found, state, given=(), halvings=HALVINGS):
    """Extends the rows of a batch until none runs.

    Rows finish at different times, and what is computed for them after that is lost. So as soon as
    half of the rows have finished, the others go on in a batch of half the size; and so again, some
    times. But for rounding, the result is the same as without.

    Args:
        extend: Function `(time, runs, found, state, given) -> (runs, found, state)`: one step, the
            first one's `time` being 0. In rows that do not run it leaves `found` as it is, and
            `runs` at `False`.
        runs: Bool, `(rows,)`: which rows have to be extended.
        found: What the loop is to find: any nest of tensors whose first axis are the rows.
        state: What `extend` carries from step to step besides: such a nest.
        given: What it reads and does not change: such a nest.
        halvings: How many times at most; a batch that is small from the start stays as it is.

    Returns:
        `found`, of all rows.

    Example:
        Each row counts up to its limit:

        >>> import numpy as np
        >>> limits = np.array([2, 0, 3], dtype="int32")
        >>> def count(time, runs, found, state, limits):
        ...     found = ops.where(runs, found + 1, found)
        ...     return found < limits, found, state
        >>> zeros = np.zeros(3, dtype="int32")
        >>> np.array(shrinking_loop(count, limits > 0, zeros, (), limits)).tolist()
        [2, 0, 3]
    """
    rows = runs.shape[0]  # `None` where a graph is for batches of any size
    if rows is not None and rows < FEWEST:
        halvings = 0
    return _loop(ops.zeros((), dtype="int32"), extend, runs, found, state, given, halvings)


def _loop(time, extend, runs, found, state, given, halvings):
    fewer = (ops.shape(runs)[0] + 1) // 2 if halvings else 0

    def too_many_run(time, runs, found, state):
        return ops.sum(ops.cast(runs, "int32")) > fewer

    def step(time, runs, found, state):
        return (time + 1, *extend(time, runs, found, state, given))

    time, runs, found, state = ops.while_loop(too_many_run, step, (time, runs, found, state))
    if not halvings:
        return found
    places = ops.argsort(ops.cast(ops.logical_not(runs), "int32"))[:fewer]
    rows = runs, found, state, given
    fewer_rows = keras.tree.map_structure(lambda x: ops.take(x, places, axis=0), rows)
    rest = _loop(time, extend, *fewer_rows, halvings - 1)
    return keras.tree.map_structure(
        lambda x, new: ops.scatter_update(x, places[:, None], new), found, rest
    )
