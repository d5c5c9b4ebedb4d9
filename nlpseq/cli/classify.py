"""`nlpseq classify`, `nlpseq rate`: labels or numbers for lines, in order, in bounded memory."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from nlpseq.cli import lines
from nlpseq.cli.models import load_kind
from nlpseq.tasks.class_predictor import Classified
from nlpseq.tasks.sequence_classifier import SequenceClassifier
from nlpseq.tasks.sequence_regressor import SequenceRegressor


def classify(options: argparse.Namespace) -> None:
    """Labels the lines of a file, or of standard input: a line for each."""
    classifier = load_kind([options.model], SequenceClassifier, "classify")
    write = _FORMATS[options.format]
    for texts in _chunks(options.input):
        _print(write(found) for found in classifier.analyze(texts))


def rate(options: argparse.Namespace) -> None:
    """Gives each line of a file, or of standard input, a number."""
    regressor = load_kind([options.model], SequenceRegressor, "rate")
    for texts in _chunks(options.input):
        _print(f"{value:.6g}" for value in regressor.stream(texts))


def _chunks(path: str | None) -> Iterator[list[str]]:
    at_once = lines.LINES_AT_ONCE if path else lines.lines_at_once()
    texts = lines.read_lines(path)
    while chunk := list(islice(texts, at_once)):
        yield chunk


def _print(output: Iterable[str]) -> None:
    for line in output:
        print(line)
    sys.stdout.flush()


def _as_columns(found: Classified) -> str:
    label = " ".join(found["label"].split())  # one of JSON or Parquet may hold a line end
    return f"{label}\t{found['probability']:.4f}"


def _as_json(found: Classified) -> str:
    return json.dumps(found, ensure_ascii=False)


_FORMATS = {"columns": _as_columns, "jsonl": _as_json}
