"""`nlpseq tag` and `nlpseq translate`: text in, in order, with bounded memory."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from typing import BinaryIO, TypeVar

from nlpseq.cli.tag_output import TAG_FORMATS, conllu_output
from nlpseq.hub import load
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translator import Translator

LINES_AT_ONCE = 1000

T = TypeVar("T")


def tag(options: argparse.Namespace) -> None:
    """Labels the sentences of a file, or of standard input."""
    tagger = load(options.model)
    if not isinstance(tagger, Tagger):
        raise ValueError(f"{options.model} is a {tagger.kind}; `nlpseq tag` needs a tagger")
    if options.conllu:
        _print(conllu_output(tagger, options.conllu))
        return
    at_once = LINES_AT_ONCE if options.file else _lines_at_once()
    for chunk in _chunks(_lines(options.file), at_once):
        sentences = [line.split() for line in chunk] if options.split_on_spaces else chunk
        _print(TAG_FORMATS[options.format](tagger, sentences))


def translate(options: argparse.Namespace) -> None:
    """Translates each line into one line."""
    translator = load(options.model)
    if not isinstance(translator, Translator):
        raise ValueError(
            f"{options.model} is a {translator.kind}; `nlpseq translate` needs a translator"
        )
    for lines in _chunks(_lines(None), _lines_at_once()):
        found = translator.predict(lines, beam_size=options.beam_size)
        # Targets of JSON or Parquet may have had line ends.
        _print(text.replace("\n", " ") for text in found)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()


def _lines_at_once() -> int:
    """Many lines of standard input; but a person at a keyboard gets an answer to each."""
    return 1 if sys.stdin.isatty() else LINES_AT_ONCE


def _chunks(lines: Iterator[T], at_once: int) -> Iterator[list[T]]:
    while chunk := list(islice(lines, at_once)):
        yield chunk


def _lines(path: str | None) -> Iterator[str]:
    name = "standard input" if path is None else path
    source = nullcontext(sys.stdin.buffer) if path is None else open(path, "rb")  # noqa: SIM115
    with source as stream:
        yield from _decoded(stream, name)


def _decoded(stream: BinaryIO, name: str) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise ValueError(
                f"{name}, line {number}: not UTF-8 ({error.reason}, byte "
                f"0x{line[error.start]:02x}). Convert it first, for example with iconv"
            ) from error
