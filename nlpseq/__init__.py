"""nlpseq: recurrent sequence tagging, translation and language modelling on Keras 3.

The names below load on first use, so that `import nlpseq` stays fast and works without Keras.
"""

import importlib
from typing import TYPE_CHECKING, Any

from nlpseq.onednn import ask_for_onednn

__version__ = "0.1.0"

ask_for_onednn()  # before anything imports TensorFlow

if TYPE_CHECKING:
    from nlpseq.datasets.conllu import write_conllu as write_conllu
    from nlpseq.datasets.load import load_dataset as load_dataset
    from nlpseq.datasets.writing import write_dataset as write_dataset
    from nlpseq.hub import average as average
    from nlpseq.hub import load as load
    from nlpseq.tasks.language_model import LanguageModel as LanguageModel
    from nlpseq.tasks.sequence_classifier import SequenceClassifier as SequenceClassifier
    from nlpseq.tasks.sequence_regressor import SequenceRegressor as SequenceRegressor
    from nlpseq.tasks.tagger import Tagger as Tagger
    from nlpseq.tasks.translator import Translator as Translator

# Public name -> module that defines it.
_PUBLIC = {
    "LanguageModel": "nlpseq.tasks.language_model",
    "SequenceClassifier": "nlpseq.tasks.sequence_classifier",
    "SequenceRegressor": "nlpseq.tasks.sequence_regressor",
    "Tagger": "nlpseq.tasks.tagger",
    "Translator": "nlpseq.tasks.translator",
    "average": "nlpseq.hub",
    "load": "nlpseq.hub",
    "load_dataset": "nlpseq.datasets.load",
    "write_conllu": "nlpseq.datasets.conllu",
    "write_dataset": "nlpseq.datasets.writing",
}
__all__ = [
    "LanguageModel",
    "SequenceClassifier",
    "SequenceRegressor",
    "Tagger",
    "Translator",
    "average",
    "load",
    "load_dataset",
    "write_conllu",
    "write_dataset",
]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'nlpseq' has no attribute {name!r}")
    return getattr(importlib.import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
