"""Measures training and prediction speed, and the share of the machine's matrix-product limit.

    python scripts/throughput.py tagger train.conllu --label upos
    python scripts/throughput.py translator train.en train.de --set decoder=state_handoff

It makes a task with default settings (`--set` changes them), trains two epochs on the first
`--rows` rows, of which the second is timed, and predicts the same rows. Batches have
`--batch-tokens` slots, as by default they have in large data. The limit is what a large
float32 product of the same backend reaches in the same run. Work is counted in multiply-adds of
weight matrices at real tokens, so padding, activations, softmax, CRF, the reading of characters
(once a distinct word) and the optimizer all count as loss: 1 for prediction, 3 for training
(forward, and backward by inputs and by weights).
"""

import argparse
import statistics
import time
from typing import Any

import datasets as hf
import keras
import numpy as np
import yaml

import nlpseq

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("task", choices=("tagger", "translator"))
parser.add_argument("data", nargs="+", help="a file, or two parallel files")
parser.add_argument("--label")
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


Measured = tuple[Any, hf.Dataset, list, int]


def measured_tagger(dataset: hf.Dataset, settings: dict[str, Any]) -> Measured:
    """A tagger, its rows and sentences, and the operations of one pass over them."""
    tagger = nlpseq.Tagger.from_dataset(dataset, label=options.label, **settings)
    rows = dataset.select(range(min(options.rows, len(dataset))))
    sentences = rows[tagger.tokens_column][:]
    names = ["recurrent", *(f"tags_{column}" for column in tagger.label_columns)]
    flops = sum(flops_per_token(tagger.model.get_layer(name)) for name in names)
    return tagger, rows, sentences, sum(map(len, sentences)) * flops


def measured_translator(dataset: hf.Dataset, settings: dict[str, Any]) -> Measured:
    """The same for a translator; an output layer tied to the embedding is a product too."""
    translator = nlpseq.Translator.from_dataset(dataset, **settings)
    rows = dataset.select(range(min(options.rows, len(dataset))))
    sentences = [pair[translator.columns[0]] for pair in rows["translation"]]
    encoder, decoder = translator.model.encoder_layer, translator.model.decoder_layer
    batches = translator.batches(rows, batch_tokens=options.batch_tokens)
    source_tokens = sum(int(inputs["source_mask"].sum()) for inputs, *_ in batches)
    tied = 2 * int(np.prod(decoder.embedding.matrix.shape)) if hasattr(decoder, "embedding") else 0
    forward = source_tokens * flops_per_token(encoder)
    forward += batches.num_tokens * (flops_per_token(decoder) + tied)
    return translator, rows, sentences, forward


settings = dict(item.split("=", 1) for item in options.settings)
settings = {name: yaml.safe_load(value) for name, value in settings.items()}
measured = {"tagger": measured_tagger, "translator": measured_translator}[options.task]
task, rows, sentences, forward = measured(nlpseq.load_dataset(*options.data), settings)

history = task.fit(rows, epochs=2, batch_tokens=options.batch_tokens, verbose=0)
tokens = task.training["target_tokens"]
speed = history.history["tokens_per_second"][-1]
task.predict(sentences)  # the first call compiles
start = time.perf_counter()
task.predict(sentences)
predict_seconds = time.perf_counter() - start
limit = matrix_limit()
print(f"matrix products: {limit / 1e9:.0f} GFLOP/s")
print(f"padding: {task.training['padding_share']:.1%} of the slots")
print(
    f"training: {speed:,.0f} tokens/s, {3 * forward / tokens * speed / limit:.0%} of the limit "
    f"({3 * forward / tokens / 1e6:.1f} MFLOP a token)"
)
print(
    f"prediction: {tokens / predict_seconds:,.0f} tokens/s, "
    f"{len(sentences) / predict_seconds:,.0f} sentences/s"
)
