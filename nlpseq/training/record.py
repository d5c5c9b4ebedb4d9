"""What makes a number reproducible: the seed, and a record of versions and machine."""

import os
import platform
from importlib import metadata
from typing import Any

import keras
import numpy as np

PACKAGES = ("nlpseq", "keras", "tensorflow", "jax", "torch", "numpy", "datasets", "sentencepiece")


def set_seed(seed: int) -> None:
    """Sets every random generator that Keras, numpy and Python draw from.

    Args:
        seed: 0 or more.

    Raises:
        ValueError: If `seed` is negative.

    Example:
        >>> set_seed(3)
        >>> first = float(keras.random.uniform(()))
        >>> set_seed(3)
        >>> float(keras.random.uniform(())) == first
        True
    """
    if seed < 0:
        raise ValueError(f"`seed` must be 0 or more. Received: seed={seed}")
    keras.utils.set_random_seed(seed)


def seed_dropout(model: keras.Model, seed: int) -> None:
    """Decides what the dropout layers of a model drop from now on.

    Keras draws the seed of a dropout layer when the layer is made, and counts on from there.
    `set_seed` does not reach layers that exist: without this function, a training would depend on
    what was done with the model before, and that of a loaded model on chance. The layers must have
    seeds of their own, as those of nlpseq do; Keras' `Dropout` without one draws, on PyTorch, from
    the generator of the process.

    Args:
        model: The model.
        seed: 0 or more.

    Example:
        >>> layer = keras.layers.Dropout(0.5, seed=0)
        >>> model = keras.Sequential([keras.Input((1000,)), layer])
        >>> results = []
        >>> for _ in range(2):
        ...     seed_dropout(model, seed=3)
        ...     results.append(model(keras.ops.ones((1, 1000)), training=True))
        >>> bool(keras.ops.all(results[0] == results[1]))
        True
    """
    rng = np.random.default_rng(seed)
    for variable in model.variables:
        if variable.name == "seed_generator_state":
            variable.assign(np.array([rng.integers(2**31), 0]))  # a seed, and how often it drew


def environment() -> dict[str, Any]:
    """The versions and the machine that a score was measured with.

    Returns:
        Backend, Python and package versions, system, processor type and number of cores. No
        host name, no user, no path.

    Example:
        >>> environment()["keras"] == keras.__version__
        True
    """
    return {
        "backend": keras.backend.backend(),
        "python": platform.python_version(),
        **{name: _version(name) for name in PACKAGES if _version(name)},
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
