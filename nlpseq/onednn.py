"""oneDNN: faster products of matrices, which TensorFlow leaves out on some processors."""

import os
import platform
import sys
import warnings

VARIABLE = "TF_ENABLE_ONEDNN_OPTS"
_was_late = False


def ask_for_onednn() -> None:
    """Has TensorFlow compute with oneDNN, unless the user decided otherwise.

    TensorFlow reads the environment variable when it is imported, and by its own default uses
    oneDNN only on processors with AVX-512 VNNI. On others a tagger predicts twice as fast with it.

    Example:
        >>> ask_for_onednn()
        >>> VARIABLE in os.environ
        True
    """
    global _was_late
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = "1"
        _was_late = "tensorflow" in sys.modules


def warn_without_onednn() -> None:
    """Warns where it was asked for too late, if that makes a difference on this processor."""
    if not _was_late or platform.machine() not in ("x86_64", "AMD64"):
        return
    from tensorflow.python.util import _pywrap_util_port  # no public function tells

    if not _pywrap_util_port.IsMklEnabled():
        warnings.warn(
            "TensorFlow was imported before nlpseq, and so computes without oneDNN: predictions "
            "take up to twice as long on this processor. Import nlpseq before keras and "
            f"tensorflow, or set the environment variable {VARIABLE}=1 (0: to go without)",
            stacklevel=2,
        )
