"""The commands of `nlpseq`, their arguments, and what an error looks like."""

import argparse
import os
import sys
from collections.abc import Sequence

import nlpseq
from nlpseq.cli.command import command
from nlpseq.cli.data_commands import add_data_commands
from nlpseq.cli.general_options import CommandParser, add_general_options
from nlpseq.cli.json_output import add_json_argument
from nlpseq.cli.logs import messages
from nlpseq.cli.search_arguments import add_search_arguments
from nlpseq.cli.text_commands import add_text_commands

DATA_HELP = (
    "a file (CoNLL-U, CoNLL columns, TSV, CSV, JSON lines, Parquet; plain or .gz), two parallel "
    "text files, a folder, or a Hugging Face hub id; append @SPLIT to choose a split"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the console command.

    Args:
        arguments: The command line without the program's name; by default that of the process.

    Returns:
        The exit code: 0, or 2 for bad input. A mistake in the arguments themselves ends the
        process with code 2, as argparse does.
    """
    options = _parser().parse_args(arguments)
    # Fewer of TensorFlow's start-up messages; it reads this when it is imported.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with messages(options.quiet, options.log_file):
            options.run(options)
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("nlpseq: interrupted", file=sys.stderr)
        return 130
    except (ValueError, TypeError, OSError, ImportError) as error:
        if options.debug:
            raise
        print(f"nlpseq: error: {_in_one_line(error)}", file=sys.stderr)
        return 2
    return 0


def _in_one_line(error: Exception) -> str:
    text = str(error)
    if isinstance(error, OSError) and error.filename and error.strerror:
        text = f"{error.filename}: {error.strerror}"
    return " ".join(text.split())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nlpseq",
        description="Recurrent sequence tagging, translation and language modelling on Keras 3.",
        epilog="Example: nlpseq train tagger --train train.conllu --dev dev.conllu "
        "--label upos --output runs/pos",
    )
    parser.add_argument("--version", action="version", version=f"nlpseq {nlpseq.__version__}")
    parser.set_defaults(quiet=False, log_file=None, debug=False)
    add_general_options(parser)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=CommandParser)
    _add_train(commands)
    average = commands.add_parser("average", help="average the weights of several saved models")
    average.add_argument("models", nargs="+", metavar="FOLDER", help="saved models, such as epochs")
    average.add_argument("--output", required=True, metavar="FOLDER", help="where to save it")
    average.add_argument("--overwrite", action="store_true", help="replace a model saved there")
    average.set_defaults(run=command("average", "average_models"))
    _add_evaluate(commands)
    _add_tag(commands)
    _add_align(commands)
    _add_translate(commands)
    _add_generate(commands)
    add_text_commands(commands)
    _add_report(commands)
    add_data_commands(commands, DATA_HELP)
    settings = commands.add_parser("settings", help="list what --config and --set can set")
    kinds = ("tagger", "translator", "language-model", "classifier", "regressor")
    settings.add_argument("task", choices=kinds)
    settings.set_defaults(run=command("train", "print_settings"))
    show = commands.add_parser("show", help="describe a saved model")
    show.add_argument("model", metavar="FOLDER", help="a saved model")
    show.set_defaults(run=command("evaluate", "show"))
    return parser


def _add_train(commands: argparse._SubParsersAction) -> None:
    train = commands.add_parser("train", help="train a model and save it")
    tasks = train.add_subparsers(required=True, metavar="TASK", dest="task")
    tagger = tasks.add_parser("tagger", help="a label for every token")
    tagger.add_argument(
        "--label", nargs="+", metavar="COLUMN", help="column to learn, or several at once"
    )
    translator = tasks.add_parser("translator", help="a sentence in, a sentence out")
    translator.add_argument("--source", metavar="SIDE", help="language or column to translate from")
    translator.add_argument("--target", metavar="SIDE", help="language or column to translate to")
    language_model = tasks.add_parser("language-model", help="what comes next in a text")
    classifier = tasks.add_parser("classifier", help="a label for a text")
    regressor = tasks.add_parser("regressor", help="a number for a text")
    for task in (language_model, classifier, regressor):
        task.add_argument("--text", metavar="COLUMN", help="column of the texts")
    for task in (classifier, regressor):
        task.add_argument("--label", nargs=1, metavar="COLUMN", help="column to learn")
    for task in (tagger, translator, language_model, classifier, regressor):
        for name, needed in (("--train", True), ("--dev", False), ("--test", False)):
            task.add_argument(
                name, nargs="+", required=needed, metavar="DATA", help=DATA_HELP if needed else ""
            )
        task.add_argument("--no-dev", action="store_true", help="cut no dev data from --train")
        task.add_argument("--output", required=True, metavar="FOLDER", help="where to save it")
        task.add_argument("--overwrite", action="store_true", help="replace a model saved there")
        task.add_argument(
            "--restart",
            action="store_true",
            help="throw away the state of a training that was interrupted, and start anew",
        )
        task.add_argument(
            "--init-from", metavar="FOLDER", help="a saved model to begin with; new words are added"
        )
        task.add_argument("--config", metavar="FILE", help="settings, YAML: `name: value` lines")
        task.add_argument(
            "--set",
            dest="assignments",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="one setting; wins over --config; may be given again and again",
        )
        task.set_defaults(run=command("train", "train"))


def _add_evaluate(commands: argparse._SubParsersAction) -> None:
    evaluate = commands.add_parser("evaluate", help="score a saved model")
    _add_models(evaluate)
    evaluate.add_argument("--data", nargs="+", required=True, metavar="DATA", help=DATA_HELP)
    add_json_argument(evaluate, "the scores")
    evaluate.add_argument(
        "--references",
        nargs="+",
        metavar="FILE",
        help="of a translator: right translations in place of the data's own, one a line; of "
        "several files each has another wording",
    )
    evaluate.add_argument(
        "--errors", action="store_true", help="of a tagger: the most frequent errors, and a table"
    )
    evaluate.add_argument(
        "--picture", metavar="FILE", help="of a tagger: draw which labels are taken for which"
    )
    add_search_arguments(evaluate)
    evaluate.set_defaults(run=command("evaluate", "evaluate"))


def _add_tag(commands: argparse._SubParsersAction) -> None:
    tag = commands.add_parser("tag", help="label sentences, one a line, or those of a treebank")
    _add_models(tag)
    source = tag.add_mutually_exclusive_group()
    source.add_argument("--input", metavar="FILE", help="sentences; by default standard input")
    source.add_argument(
        "--conllu",
        metavar="FILE",
        help="a CoNLL-U file, to be written back with the predicted columns and all else as it is",
    )
    tag.add_argument(
        "--split-on-spaces",
        action="store_true",
        help="take what is between spaces as the tokens of a line",
    )
    tag.add_argument(
        "--format",
        choices=("columns", "jsonl", "color"),
        default="columns",
        help="token<TAB>label lines, a JSON object a sentence, or coloured text",
    )
    tag.set_defaults(run=command("predict", "tag"))


def _add_align(commands: argparse._SubParsersAction) -> None:
    align = commands.add_parser("align", help="link the words of pairs, with a saved translator")
    align.add_argument("model", metavar="FOLDER", help="a saved model with attention")
    align.add_argument("--data", nargs="+", required=True, metavar="DATA", help=DATA_HELP)
    align.add_argument("--picture", metavar="FILE", help="draw the attention weights of one pair")
    align.add_argument("--row", type=int, default=1, metavar="N", help="which pair, from 1")
    align.set_defaults(run=command("align", "align"))


def _add_translate(commands: argparse._SubParsersAction) -> None:
    translate = commands.add_parser(
        "translate", help="translate the sentences of standard input, one a line"
    )
    _add_models(translate)
    translate.add_argument(
        "--n-best",
        type=int,
        metavar="N",
        help="the best translations of each line: score<TAB>text lines, then an empty one",
    )
    translate.add_argument(
        "--prefixes", metavar="FILE", help="how each translation is to begin, one a line"
    )
    translate.add_argument(
        "--must-include",
        metavar="FILE",
        help="words that must be in each translation: a line for each, tabulators between phrases",
    )
    add_search_arguments(translate)
    translate.set_defaults(run=command("translate", "translate"))
    score = commands.add_parser(
        "score",
        help="tell how probable given translations, or the texts of a language model, are: "
        "log-probability<TAB>tokens lines",
    )
    _add_models(score)
    score.add_argument("--data", nargs="+", required=True, metavar="DATA", help=DATA_HELP)
    score.add_argument(
        "--tokens", action="store_true", help="JSON lines, with each token and its log-probability"
    )
    score.set_defaults(run=command("score", "score"))


def _add_generate(commands: argparse._SubParsersAction) -> None:
    generate = commands.add_parser("generate", help="write texts with a saved language model")
    generate.add_argument("model", metavar="FOLDER", help="a saved language model")
    generate.add_argument(
        "--prompt",
        default="",
        metavar="TEXT",
        help="how the texts begin; - for the lines of standard input",
    )
    number = {"type": int, "metavar": "N"}
    generate.add_argument("--num", default=1, help="texts of each prompt", **number)
    generate.add_argument("--max-length", default=100, help="most tokens to add", **number)
    generate.add_argument(
        "--over-lines", action="store_true", help="go on where a line ends, up to --max-length"
    )
    generate.add_argument(
        "--beam-size", help="search for the most probable texts; 1 is greedy", **number
    )
    generate.add_argument("--temperature", type=float, default=1.0, metavar="X")
    generate.add_argument("--top-k", default=0, help="choose from so many tokens", **number)
    generate.add_argument(
        "--top-p", type=float, default=1.0, metavar="X", help="choose from this share"
    )
    generate.add_argument("--no-repeat-ngram-size", default=0, **number)
    generate.add_argument("--seed", default=0, **number)
    generate.set_defaults(run=command("generate", "generate"))


def _add_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "model",
        nargs="+",
        metavar="FOLDER",
        help="a saved model; several work together, as an ensemble",
    )


def _add_report(commands: argparse._SubParsersAction) -> None:
    report = commands.add_parser("report", help="score translations, and compare systems")
    report.add_argument("--sources", required=True, metavar="FILE", help="sentences, one a line")
    report.add_argument(
        "--references",
        nargs="+",
        required=True,
        metavar="FILE",
        help="right translations, one a line; of several files each has another wording",
    )
    report.add_argument(
        "--systems",
        nargs="+",
        required=True,
        metavar="FILE",
        help="translations, one a line, or a saved model; others are compared with the first",
    )
    add_json_argument(report, "the report")
    add_search_arguments(report)
    report.set_defaults(run=command("report", "report"))
