"""What runs when a command is given, loaded no sooner than that: most commands load Keras."""

import argparse
import importlib
from collections.abc import Callable


def command(module: str, function: str) -> Callable[[argparse.Namespace], None]:
    """Finds a function when it is called.

    Args:
        module: Its module in this room.
        function: Its name; it takes the options of the command line.

    Returns:
        A function that imports the module and calls it.

    Example:
        >>> callable(command("train", "train"))
        True
    """

    def run(options: argparse.Namespace) -> None:
        getattr(importlib.import_module(f"nlpseq.cli.{module}"), function)(options)

    return run
