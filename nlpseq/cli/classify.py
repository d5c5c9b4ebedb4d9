"""`nlpseq classify`: texts in, labels out, in order, with bounded memory."""

import argparse
import json
import sys
from itertools import islice

from nlpseq.cli import lines
from nlpseq.cli.models import load_kind
from nlpseq.tasks.class_predictor import Classified
from nlpseq.tasks.sequence_classifier import SequenceClassifier


def classify(options: argparse.Namespace) -> None:
    """Labels the lines of a file, or of standard input: a line for each."""
    classifier = load_kind([options.model], SequenceClassifier, "classify")
    write = _FORMATS[options.format]
    at_once = lines.LINES_AT_ONCE if options.input else lines.lines_at_once()
    texts = lines.read_lines(options.input)
    while chunk := list(islice(texts, at_once)):
        for found in classifier.analyze(chunk):
            print(write(found))
        sys.stdout.flush()


def _as_columns(found: Classified) -> str:
    label = " ".join(found["label"].split())  # one of JSON or Parquet may hold a line end
    return f"{label}\t{found['probability']:.4f}"


def _as_json(found: Classified) -> str:
    return json.dumps(found, ensure_ascii=False)


_FORMATS = {"columns": _as_columns, "jsonl": _as_json}
