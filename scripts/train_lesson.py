"""Trains a translator that says words backwards, and keeps what it looked at in one of them.

    python scripts/train_lesson.py

It takes a minute, and writes the numbers of page 18 of docs/learn/, from which
`scripts/draw_pictures.py` draws its picture.
"""

import json
from pathlib import Path

import datasets
import numpy as np

import nlpseq

ATTENTION = Path(__file__).parents[1] / "docs" / "learn" / "pictures" / "18_attention.json"

rng = np.random.default_rng(0)
letters = np.array(list("abcdefgh"))
words = [letters[rng.integers(0, 8, size=rng.integers(4, 9))] for _ in range(2000)]
rows = {"word": [" ".join(w) for w in words], "backwards": [" ".join(w[::-1]) for w in words]}
pairs = datasets.Dataset.from_dict(rows)
translator = nlpseq.Translator.from_dataset(
    pairs,
    source="word",
    target="backwards",
    tokenizer="words",
    embedding_dim=32,
    units=64,
    dropout=0.0,
)
translator.fit(pairs, epochs=12, learning_rate=0.01, verbose=0)
[pair] = translator.align(["b a d c h e"], ["e h c d a b"])
found = {
    "source": pair.source_tokens,
    "target": pair.target_tokens,
    "weights": [[round(float(weight), 3) for weight in row] for row in pair.weights],
}
ATTENTION.write_text(json.dumps(found) + "\n", encoding="utf-8")
