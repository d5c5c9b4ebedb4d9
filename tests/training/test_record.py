import getpass
import platform
import random
import sys
from importlib import metadata

import keras
import numpy as np
import pytest

from nlpseq.layers.dropout import Dropout
from nlpseq.training.record import environment, seed_dropout, set_seed


def draws():
    return random.random(), np.random.random(), float(keras.random.uniform(()))  # noqa: NPY002


@pytest.mark.backends
def test_a_seed_fixes_python_numpy_and_keras():
    found = []
    for seed in (3, 3, 4):
        set_seed(seed)
        found.append(draws())
    assert found[0] == found[1]
    assert all(one != other for one, other in zip(found[0], found[2], strict=True))


def test_a_negative_seed_is_named():
    with pytest.raises(ValueError, match=r"`seed` must be 0 or more\. Received: seed=-1"):
        set_seed(-1)


@pytest.mark.backends
def test_dropout_follows_from_the_seed_whatever_the_model_did_before():
    inputs = keras.Input((500,))
    twice = keras.layers.Concatenate()([Dropout(0.5)(inputs) for _ in range(2)])
    model = keras.Model(inputs, twice)
    ones = np.ones((1, 500), dtype="float32")

    def dropped(seed):
        set_seed(seed)
        seed_dropout(model, seed)
        return keras.ops.convert_to_numpy(model(ones, training=True)) == 0

    first, again, other = dropped(1), dropped(1), dropped(2)
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert (first[:, :500] != first[:, 500:]).any()  # each layer drops on its own
    assert 0.4 < first.mean() < 0.6


def test_the_versions_behind_a_number_are_recorded():
    found = environment()
    assert found["keras"] == metadata.version("keras")
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert found["backend"] in ("tensorflow", "jax", "torch")


def test_packages_that_are_not_installed_are_left_out(monkeypatch):
    monkeypatch.setattr("nlpseq.training.record.PACKAGES", ("numpy", "no-such-package"))
    assert environment()["numpy"] == np.__version__
    assert "no-such-package" not in environment()


def test_the_record_names_no_person_and_no_machine():
    found = " ".join(str(value) for value in environment().values())
    assert platform.node() not in found
    assert getpass.getuser() not in found
