"""The options of a search on the command line: those of `SearchOptions`, and a seed."""

import argparse
import dataclasses
from typing import Any

from nlpseq.tasks.search_options import SearchOptions

_FIELDS = dataclasses.fields(SearchOptions)


def add_search_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds an option for each one of `SearchOptions`.

    Args:
        parser: The parser of a command.
    """
    group = parser.add_argument_group("search, of a translator")
    for field in _FIELDS:
        flag, text = f"--{field.name.replace('_', '-')}", field.metadata["help"]
        if field.default is False:
            group.add_argument(flag, action="store_true", default=argparse.SUPPRESS, help=text)
            continue
        kind = type(field.default) if field.name != "length_penalty" else _number_or_word
        group.add_argument(
            flag,
            type=kind,
            default=argparse.SUPPRESS,  # so that those that are given are known
            metavar="N" if kind is int else "X",
            help=f"{text} (default: {field.default})",
        )
    group.add_argument(
        "--seed", type=int, default=argparse.SUPPRESS, metavar="N", help="of sampling (default: 0)"
    )


def given_search_arguments(options: argparse.Namespace) -> dict[str, Any]:
    """Tells which options of the search were given.

    Args:
        options: The command line.

    Returns:
        Keyword arguments for the methods of a `Translator`.

    Example:
        >>> parser = argparse.ArgumentParser()
        >>> add_search_arguments(parser)
        >>> given_search_arguments(parser.parse_args(["--beam-size", "4", "--sampling"]))
        {'beam_size': 4, 'sampling': True}
    """
    names = [*(field.name for field in _FIELDS), "seed"]
    return {name: getattr(options, name) for name in names if name in options}


def _number_or_word(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
