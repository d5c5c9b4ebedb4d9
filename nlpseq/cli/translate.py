"""`nlpseq translate`: each line into another one, or into its best translations."""

import argparse
from collections.abc import Iterator

from nlpseq.cli.lines import lines_at_once, read_lines
from nlpseq.cli.models import load_kind
from nlpseq.cli.search_arguments import given_search_arguments
from nlpseq.tasks.translator import Translator


def translate(options: argparse.Namespace) -> None:
    """Translates each line into one line, or into its best translations."""
    translator = load_kind(options.model, Translator, "translate")
    at_once = lines_at_once()
    for line in _translations(translator, options, at_once):
        print(line, flush=at_once == 1)


def _translations(
    translator: Translator, options: argparse.Namespace, at_once: int
) -> Iterator[str]:
    settings = {
        **given_search_arguments(options),
        "prefixes": read_lines(options.prefixes) if options.prefixes else None,
        "must_include": _phrases(options.must_include) if options.must_include else None,
        "read_ahead": at_once,
    }
    lines = read_lines(None)
    if options.n_best is None:
        yield from map(_in_one_line, translator.stream(lines, **settings))
        return
    for best in translator.stream_nbest(lines, options.n_best, **settings):
        yield from (f"{score:.4f}\t{_in_one_line(text)}" for text, score in best)
        yield ""


def _phrases(path: str) -> Iterator[list[str]]:
    """The phrases of each line, with tabulators between them."""
    return (line.split("\t") for line in read_lines(path))


def _in_one_line(text: str) -> str:
    """Targets of JSON or Parquet may have had line ends."""
    return text.replace("\n", " ")
