"""The commands that answer whole texts: their arguments."""

import argparse

from nlpseq.cli.command import command


def add_text_commands(commands: argparse._SubParsersAction) -> None:
    """Adds `nlpseq classify` and `nlpseq rate` to the commands of a parser."""
    classify = commands.add_parser("classify", help="label texts, one a line")
    classify.add_argument("model", metavar="FOLDER", help="a saved classifier")
    classify.add_argument("--input", metavar="FILE", help="texts; by default standard input")
    classify.add_argument(
        "--format",
        choices=("columns", "jsonl"),
        default="columns",
        help="label<TAB>probability lines, or JSON objects with the probabilities of all labels",
    )
    classify.set_defaults(run=command("classify", "classify"))
    rate = commands.add_parser("rate", help="give texts numbers, one a line")
    rate.add_argument("model", metavar="FOLDER", help="a saved regressor")
    rate.add_argument("--input", metavar="FILE", help="texts; by default standard input")
    rate.set_defaults(run=command("classify", "rate"))
