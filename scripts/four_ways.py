"""Loads the same data in four ways, and compares what becomes of them: ids, weights, scores.

    python scripts/four_ways.py tagger train.conllu --label upos --rows 2000
    python scripts/four_ways.py translator train.en train.de --set source=en --set target=de

The ways are: the files; a folder like a repository of the Hub, Parquet with a `README.md` that
names configuration and splits; the same folder as a stream; a list of dictionaries. For each it
prints checksums of all ids and of the weights after a training, and the scores on the same rows.
Ends with an error if two ways differ. The sides of pairs are to be named: without names they are
taken in their order, and Arrow, from which the list is made, has its own.
"""

import nlpseq  # isort: skip  (before Keras, so that TensorFlow computes with oneDNN)

import argparse
import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

import datasets as hf
import keras
import numpy as np
import yaml

from nlpseq.datasets.row_source import Rows, stored_rows
from nlpseq.hub import TASKS

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("task", choices=("tagger", "translator"))
parser.add_argument("data", nargs="+", help="a file, or two parallel files")
parser.add_argument("--label", nargs="+", help="columns that a tagger learns")
parser.add_argument("--rows", type=int, default=2000, help="train on the first rows only")
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="settings")
options = parser.parse_args()


def hub_folder(folder: Path, dataset: hf.Dataset) -> None:
    """Writes a data set as repositories of the Hub have it."""
    (folder / "data").mkdir(parents=True)
    dataset.to_parquet(folder / "data" / "train-00000-of-00001.parquet")
    files = [{"split": "train", "path": "data/train-*"}]
    head = yaml.safe_dump({"configs": [{"config_name": "default", "data_files": files}]})
    (folder / "README.md").write_text(f"---\n{head}---\n", encoding="utf-8")


def checksum(arrays: Iterable[np.ndarray]) -> str:
    """Of the bytes of all arrays, and of their shapes."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def outcome(rows: Rows) -> tuple[str, str, str]:
    """Checksums of ids and weights, and the scores."""
    settings = dict(pair.split("=", 1) for pair in options.settings)
    settings = {name: yaml.safe_load(value) for name, value in settings.items()}
    if options.label:
        settings["label"] = options.label
    task = TASKS[options.task].from_dataset(rows, seed=0, **settings)
    dataset = stored_rows(rows)
    batches = task.batches(dataset, batch_tokens=2048)
    arrays = (x for i in range(len(batches)) for x in keras.tree.flatten(batches[i]))
    ids = checksum(arrays)
    few = dataset.select(range(min(options.rows, len(dataset))))
    task.fit(few, epochs=options.epochs, verbose=0)
    scores = task.evaluate(few)
    shown = {name: value for name, value in scores.items() if isinstance(value, float)}
    shown |= {
        f"{column} {name}": value
        for column, found in scores.items()
        if isinstance(found, dict)
        for name, value in found.items()
        if isinstance(value, float)
    }
    text = ", ".join(f"{name} {value:.6f}" for name, value in [*shown.items()][:4])
    return ids, checksum(task.model.get_weights()), text


with tempfile.TemporaryDirectory() as name:
    from_files = nlpseq.load_dataset(*options.data)
    hub_folder(Path(name) / "repository", from_files)
    repository = str(Path(name) / "repository")
    ways: dict[str, Rows] = {
        "files": from_files,
        "hub folder": nlpseq.load_dataset(repository, split="train"),
        "stream": hf.load_dataset(
            # Else `datasets` may take it for another folder of this name.
            repository,
            split="train",
            streaming=True,
            cache_dir=f"{name}/cache",
        ),
        "list": from_files.to_list(),
    }
    found = {}
    for way, rows in ways.items():
        found[way] = outcome(rows)
        print(f"{way:10} ids {found[way][0]} weights {found[way][1]} {found[way][2]}", flush=True)
if len(set(found.values())) > 1:
    raise SystemExit("The ways differ")
