"""`nlpseq evaluate` and `nlpseq show`: what a saved model reaches, and what it is."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlpseq.cli.data import load_data
from nlpseq.hub import load


def evaluate(options: argparse.Namespace) -> None:
    """Scores a saved model on a data set."""
    task = load(options.model)
    scores = task.evaluate(load_data(options.data))
    print_scores(scores)
    if options.json:
        text = json.dumps(scores, indent=2, ensure_ascii=False)
        Path(options.json).write_text(text + "\n", encoding="utf-8")


def show(options: argparse.Namespace) -> None:
    """Describes a saved model: what it is, how it was trained, its layers."""
    task = load(options.model)
    training = task.training
    print(f"{options.model}: a {task.kind}")
    for name, value in task.describe().items():
        print(f"  {name}: {value}")
    for name in ("sentences", "target_tokens", "seconds", "tokens_per_second"):
        if name in training:
            print(f"  trained, {name}: {training[name]:,}")
    for name in ("best", "scores"):
        if name in training:
            print(f"{'Best epoch' if name == 'best' else 'Test'}:")
            print_scores(training[name])
    task.summary()


def print_scores(scores: Mapping[str, Any]) -> None:
    """Prints scores, one a line."""
    for name, value in scores.items():
        print(f"  {name}: {value:.4f}" if isinstance(value, float) else f"  {name}: {value}")
