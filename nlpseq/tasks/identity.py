"""What makes a training this one and no other: where it differs, a checkpoint is not taken up."""

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import datasets as hf

from nlpseq.datasets.fingerprint import fingerprint
from nlpseq.training.record import environment

if TYPE_CHECKING:
    from nlpseq.tasks.task import Task


def training_identity(
    task: "Task",
    settings: Mapping[str, Any],
    data: str,
    validation_data: hf.Dataset | None,
) -> dict[str, Any]:
    """Collects all that a training follows from.

    Args:
        task: The task, with the weights that training begins with.
        settings: The settings of the training.
        data: What to learn from, as `fingerprint` of it.
        validation_data: What picks the best epoch.

    Returns:
        JSON values: the kind of the task, versions, settings, the model, checksums of tokenizers,
        first weights and data. Not the machine: a training may go on elsewhere.
    """
    found = environment()
    versions = ("backend", found["backend"], "nlpseq", "keras", "numpy", "sentencepiece")
    with tempfile.TemporaryDirectory() as folder:
        task._save_tokenizers(Path(folder))
        files = sorted(Path(folder).iterdir())
        tokenizers = {file.name: _checksum([file.read_bytes()]) for file in files}
    model = task.model.get_config()
    model.pop("name")  # Keras numbers the models of a process
    return {
        "task": task.kind,
        "versions": {name: found.get(name) for name in versions},
        "training data": data,
        "dev data": None if validation_data is None else fingerprint(validation_data),
        "settings": dict(settings),
        "model": model,
        **task._config(),
        "tokenizers": tokenizers,
        "first weights": _checksum(array.tobytes() for array in task.model.get_weights()),
    }


def _checksum(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:16]
