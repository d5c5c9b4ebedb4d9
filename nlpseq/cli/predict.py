"""`nlpseq tag` and `nlpseq translate`: standard input to standard output, line by line."""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from nlpseq.hub import load
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translator import Translator

LINES_AT_ONCE = 1000


def tag(options: argparse.Namespace) -> None:
    """Labels each line: `token<TAB>label` lines, and a blank line after each sentence."""
    tagger = load(options.model)
    if not isinstance(tagger, Tagger):
        raise ValueError(f"{options.model} is a {tagger.kind}; `nlpseq tag` needs a tagger")
    for lines in _chunks(sys.stdin.buffer):
        for sentence in tagger.predict(lines):
            print("".join(f"{token}\t{label}\n" for token, label in sentence))


def translate(options: argparse.Namespace) -> None:
    """Translates each line into one line."""
    translator = load(options.model)
    if not isinstance(translator, Translator):
        raise ValueError(
            f"{options.model} is a {translator.kind}; `nlpseq translate` needs a translator"
        )
    for lines in _chunks(sys.stdin.buffer):
        for text in translator.predict(lines):
            print(text.replace("\n", " "))  # targets of JSON or Parquet may have had line ends


def _chunks(stream: BinaryIO) -> Iterator[list[str]]:
    lines = _lines(stream)
    while chunk := list(islice(lines, LINES_AT_ONCE)):
        yield chunk


def _lines(stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise ValueError(
                f"standard input, line {number}: not UTF-8 ({error.reason}, byte "
                f"0x{line[error.start]:02x}). Convert it first, for example with iconv"
            ) from error
