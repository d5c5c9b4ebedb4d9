"""Measures training and prediction speed, and the share of the machine's matrix-product limit.

    python scripts/throughput.py tagger train.conllu --label upos
    python scripts/throughput.py translator train.en train.de --set decoder=state_handoff
    python scripts/throughput.py tagger train.conll --dev dev.conll --test test.conll --rows 0

It makes a task with default settings (`--set` changes them), trains two epochs on the first
`--rows` rows (0 for all), and predicts the same rows, or those of `--test`, five times after a
first time that compiles. Steps are timed in the second epoch; the time of whole epochs has what is
between steps too: in the first the compiling, and with `--dev` the scoring. Batches have
`--batch-tokens` slots, as by default they have in large data. The limit is what a large
float32 product of the same backend reaches in the same run. Work is counted in multiply-adds of
weight matrices at real tokens, so padding, activations, softmax, CRF, the reading of characters
(once a distinct word) and the optimizer all count as loss: 1 for prediction, 3 for training
(forward, and backward by inputs and by weights).
"""

import nlpseq  # isort: skip  (before Keras, so that TensorFlow computes with oneDNN)

import argparse
import statistics
import time
from typing import Any

import datasets as hf
import keras
import numpy as np
import yaml

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("task", choices=("tagger", "translator"))
parser.add_argument("data", nargs="+", help="a file, or two parallel files")
parser.add_argument("--label")
parser.add_argument("--dev", nargs="+", default=[], help="as `data`, scored after each epoch")
parser.add_argument("--test", nargs="+", default=[], help="as `data`, predicted")
parser.add_argument("--rows", type=int, default=4000)
parser.add_argument("--batch-tokens", type=int, default=1024)
parser.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=VALUE")
options = parser.parse_args()


def flops_per_token(layer: keras.layers.Layer) -> int:
    """2 for each weight of the matrices that a token is multiplied with; lookups are free."""
    return sum(
        2 * int(np.prod(weight.shape))
        for weight in layer.weights
        if len(weight.shape) == 2 and "embedding/matrix" not in weight.path
    )


def matrix_limit() -> float:
    """Floating point operations a second of large float32 products: the median of 9."""
    size = 2048
    left = keras.random.normal((size, size))
    right = keras.random.normal((size, size))
    seconds = []
    for _ in range(10):
        start = time.perf_counter()
        keras.ops.convert_to_numpy(keras.ops.matmul(left, right)[0, 0])
        seconds.append(time.perf_counter() - start)
    return 2 * size**3 / statistics.median(seconds[1:])


Measured = tuple[Any, hf.Dataset, int]


def training_rows(dataset: hf.Dataset) -> hf.Dataset:
    """The first rows, or all."""
    return dataset.select(range(min(options.rows or len(dataset), len(dataset))))


def measured_tagger(dataset: hf.Dataset, settings: dict[str, Any]) -> Measured:
    """A tagger, its rows, and the operations of one pass over them."""
    tagger = nlpseq.Tagger.from_dataset(dataset, label=options.label, **settings)
    rows = training_rows(dataset)
    names = ["recurrent", *(f"tags_{column}" for column in tagger.label_columns)]
    flops = sum(flops_per_token(tagger.model.get_layer(name)) for name in names)
    return tagger, rows, sum(map(len, rows[tagger.tokens_column])) * flops


def measured_translator(dataset: hf.Dataset, settings: dict[str, Any]) -> Measured:
    """The same for a translator; an output layer tied to the embedding is a product too."""
    translator = nlpseq.Translator.from_dataset(dataset, **settings)
    rows = training_rows(dataset)
    encoder, decoder = translator.model.encoder_layer, translator.model.decoder_layer
    batches = translator.batches(rows, batch_tokens=options.batch_tokens)
    source_tokens = sum(int(inputs["source_mask"].sum()) for inputs, *_ in batches)
    tied = 2 * int(np.prod(decoder.embedding.matrix.shape)) if hasattr(decoder, "embedding") else 0
    forward = source_tokens * flops_per_token(encoder)
    forward += batches.num_tokens * (flops_per_token(decoder) + tied)
    return translator, rows, forward


def predict_speed(task: Any, rows: hf.Dataset) -> str:
    """Sentences a second, and tokens where they are what is given: the median of 5, and all."""
    if isinstance(task, nlpseq.Tagger):
        sentences = rows[task.tokens_column][:]
        tokens = sum(map(len, sentences))
    else:
        sentences = [pair[task.columns[0]] for pair in rows["translation"]]
        tokens = int(task.batches(rows, batch_tokens=options.batch_tokens).num_tokens)
    task.predict(sentences)  # compiles
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        task.predict(sentences)
        seconds.append(time.perf_counter() - start)
    speeds = sorted(tokens / second for second in seconds)
    return (
        f"{speeds[2]:,.0f} tokens/s ({speeds[0]:,.0f} to {speeds[-1]:,.0f}), "
        f"{len(sentences) / statistics.median(seconds):,.0f} sentences/s"
    )


class EpochEnds(keras.callbacks.Callback):
    """When each epoch was over, scoring included."""

    def __init__(self) -> None:
        super().__init__()
        self.times = [time.perf_counter()]

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.times.append(time.perf_counter())


settings = dict(item.split("=", 1) for item in options.settings)
settings = {name: yaml.safe_load(value) for name, value in settings.items()}
measured = {"tagger": measured_tagger, "translator": measured_translator}[options.task]
task, rows, forward = measured(nlpseq.load_dataset(*options.data), settings)
dev = nlpseq.load_dataset(*options.dev) if options.dev else None

ends = EpochEnds()
fitting = {"epochs": 2, "batch_tokens": options.batch_tokens, "callbacks": [ends], "verbose": 0}
history = task.fit(rows, dev, **fitting)
tokens = task.training["target_tokens"]
first, second = (tokens / seconds for seconds in np.diff(ends.times))
speed = history.history["tokens_per_second"][-1]
predicting = predict_speed(task, nlpseq.load_dataset(*options.test) if options.test else rows)
limit = matrix_limit()
print(f"matrix products: {limit / 1e9:.0f} GFLOP/s")
print(f"padding: {task.training['padding_share']:.1%} of the slots")
print(f"epochs: {first:,.0f} tokens/s in the first, {second:,.0f} in the second")
print(
    f"training: {speed:,.0f} tokens/s in steps, {3 * forward / tokens * speed / limit:.0%} of the "
    f"limit ({3 * forward / tokens / 1e6:.1f} MFLOP a token)"
)
print(f"prediction: {predicting}")
