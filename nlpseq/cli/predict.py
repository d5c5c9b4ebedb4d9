"""`nlpseq tag`: text in, in order, with bounded memory."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from nlpseq.cli import lines
from nlpseq.cli.models import load_kind
from nlpseq.cli.tag_output import TAG_FORMATS, conllu_output
from nlpseq.tasks.tagger import Tagger

T = TypeVar("T")


def tag(options: argparse.Namespace) -> None:
    """Labels the sentences of a file, or of standard input."""
    tagger = load_kind(options.model, Tagger, "tag")
    if options.conllu:
        _print(conllu_output(tagger, options.conllu))
        return
    at_once = lines.LINES_AT_ONCE if options.input else lines.lines_at_once()
    for chunk in _chunks(lines.read_lines(options.input), at_once):
        sentences = [line.split() for line in chunk] if options.split_on_spaces else chunk
        _print(TAG_FORMATS[options.format](tagger, sentences))


def _print(output: Iterable[str]) -> None:
    for line in output:
        print(line)
    sys.stdout.flush()


def _chunks(items: Iterator[T], at_once: int) -> Iterator[list[T]]:
    while chunk := list(islice(items, at_once)):
        yield chunk
