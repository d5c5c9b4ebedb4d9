"""`--json`: what a command found, for programs."""

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STANDARD_OUTPUT = "-"


def add_json_argument(parser: argparse.ArgumentParser, what: str) -> None:
    """Adds `--json`.

    Args:
        parser: That of the command.
        what: What is written.

    Example:
        >>> parser = argparse.ArgumentParser()
        >>> add_json_argument(parser, "the scores")
        >>> parser.parse_args(["--json"]).json, parser.parse_args(["--json", "a.json"]).json
        ('-', 'a.json')
    """
    parser.add_argument(
        "--json",
        nargs="?",
        const=STANDARD_OUTPUT,
        metavar="FILE",
        help=f"write {what} to a file too; without FILE to standard output, and the text to "
        "standard error",
    )


@contextlib.contextmanager
def text_for_people(json_file: str | None) -> Iterator[None]:
    """What is printed within goes to standard error where JSON goes to standard output.

    Args:
        json_file: What `--json` has.
    """
    apart = json_file == STANDARD_OUTPUT
    with contextlib.redirect_stdout(sys.stderr) if apart else contextlib.nullcontext():
        yield


def write_json(found: dict[str, Any], json_file: str | None) -> None:
    """Writes what was found, where `--json` asks for it.

    Args:
        found: JSON values.
        json_file: What `--json` has; `None` writes nothing.

    Raises:
        OSError: If the file can't be written.

    Example:
        >>> write_json({"accuracy": 0.5}, "-")
        {
          "accuracy": 0.5
        }
    """
    if json_file is None:
        return
    text = json.dumps(found, indent=2, ensure_ascii=False)
    if json_file == STANDARD_OUTPUT:
        print(text)
    else:
        Path(json_file).write_text(text + "\n", encoding="utf-8")
