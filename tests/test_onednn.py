import os
import subprocess
import sys

import pytest

from nlpseq.onednn import VARIABLE

TOLD = """
import {first}
import {second}
import nlpseq.tasks
from tensorflow.python.util import _pywrap_util_port
print(_pywrap_util_port.IsMklEnabled())
"""


def run(first, second, **variables):
    """What a new process prints and warns of that imports two packages in this order."""
    own = {name: value for name, value in os.environ.items() if name != VARIABLE}
    done = subprocess.run(
        [sys.executable, "-c", TOLD.format(first=first, second=second)],
        env={**own, "KERAS_BACKEND": "tensorflow", **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip(), "UserWarning: TensorFlow was imported before" in done.stderr


def test_tensorflow_computes_with_onednn_if_nlpseq_comes_first():
    assert run("nlpseq", "tensorflow") == ("True", False)


def test_a_warning_tells_who_imports_it_too_late():
    enabled, warned = run("tensorflow", "nlpseq")
    assert warned == (enabled == "False")  # some processors have it anyway


@pytest.mark.parametrize("value", ["0", "1"])
def test_who_decides_for_himself_is_not_warned(value):
    assert run("tensorflow", "nlpseq", **{VARIABLE: value}) == (str(value == "1"), False)
