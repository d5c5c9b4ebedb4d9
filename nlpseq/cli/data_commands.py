"""The commands that look at data and clean them: their arguments."""

import argparse

from nlpseq.cli.command import command
from nlpseq.cli.json_output import add_json_argument


def add_data_commands(commands: argparse._SubParsersAction, data_help: str) -> None:
    """Adds `nlpseq inspect` and `nlpseq clean` to the commands of a parser."""
    inspect = commands.add_parser("inspect", help="tell what is in data, and what may be wrong")
    inspect.add_argument("data", nargs="+", metavar="DATA", help=data_help)
    for name in ("--dev", "--test"):
        inspect.add_argument(name, nargs="+", metavar="DATA", help="compared with DATA")
    inspect.add_argument("--tokens", metavar="COLUMN", help="column of the tokens")
    inspect.add_argument("--label", nargs="+", metavar="COLUMN", help="columns of the labels")
    _add_sides(inspect)
    add_json_argument(inspect, "all that was found")
    inspect.set_defaults(run=command("inspect_data", "inspect_data"))

    clean = commands.add_parser("clean", help="write the pairs of data that are worth learning")
    clean.add_argument("data", nargs="+", metavar="DATA", help=data_help)
    clean.add_argument(
        "--output",
        nargs="+",
        required=True,
        metavar="FILE",
        help="new files: two for parallel text, or one that ends in .tsv or .jsonl; plain or .gz",
    )
    _add_sides(clean)
    clean.add_argument(
        "--max-ratio",
        type=float,
        default=3.0,
        metavar="X",
        help="how many times longer than expected a side may be (default: 3)",
    )
    clean.add_argument("--keep-duplicates", action="store_true", help="keep pairs that come twice")
    clean.add_argument("--keep-copies", action="store_true", help="keep pairs with identical sides")
    clean.set_defaults(run=command("clean", "clean"))


def _add_sides(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", metavar="SIDE", help="language or column to translate from")
    parser.add_argument("--target", metavar="SIDE", help="language or column to translate to")
    parser.add_argument(
        "--max-length",
        type=int,
        default=100,
        metavar="N",
        help="rows with more words are too long (default: 100)",
    )
