"""Options of every command, before its name or behind it."""

import argparse
import functools
from typing import Any


def add_general_options(parser: argparse.ArgumentParser) -> None:
    """Adds `--quiet`, `--log-file` and `--debug`, without defaults.

    A default of a command would hide what stands before its name, so the program sets them.

    Args:
        parser: Where to add them.

    Example:
        >>> parser = argparse.ArgumentParser()
        >>> add_general_options(parser)
        >>> parser.parse_args(["--quiet"])
        Namespace(quiet=True)
    """
    add = functools.partial(parser.add_argument, default=argparse.SUPPRESS)
    add("--quiet", action="store_true", help="no progress bars, and no messages but warnings")
    add("--log-file", metavar="FILE", help="add the messages to this file too, with the time")
    add("--debug", action="store_true", help="show the traceback of an error")


class CommandParser(argparse.ArgumentParser):
    """The parser of a command: it takes the general options behind the command's name.

    Args:
        **settings: Keyword arguments of `argparse.ArgumentParser`.

    Example:
        >>> program = argparse.ArgumentParser()
        >>> commands = program.add_subparsers(parser_class=CommandParser)
        >>> _ = commands.add_parser("train")
        >>> program.parse_args(["train", "--log-file", "train.log"])
        Namespace(log_file='train.log')
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        add_general_options(self)
