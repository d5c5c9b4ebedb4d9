import importlib
import os
import resource
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import nlpseq
from nlpseq.cli.main import main


def python(*arguments, **options):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, **options
    )


def seconds_of_children():
    """What ended processes have computed: unlike a clock, no other work of the machine counts."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_answers_at_once():
    start = seconds_of_children()
    found = python("-m", "nlpseq", "--help")
    assert seconds_of_children() - start < 1
    assert found.returncode == 0
    for command in ("train", "evaluate", "tag", "translate", "settings", "show"):
        assert f"\n    {command}" in found.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["train", "tagger", "--help"], ["--version"]])
def test_help_and_version_import_nothing_heavy(arguments):
    code = f"""
import sys
from nlpseq.cli.main import main
try:
    main({arguments})
except SystemExit as end:
    heavy = ("keras", "tensorflow", "jax", "torch", "datasets", "numpy", "jsonargparse")
    sys.exit(f"{{end.code}} {{[name for name in heavy if name in sys.modules]}}")
"""
    assert python("-c", code).stderr == "0 []\n"


def test_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"nlpseq {nlpseq.__version__}\n"


def test_the_console_command_is_this_function():
    project = Path(nlpseq.__file__).parents[1] / "pyproject.toml"
    target = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["scripts"]["nlpseq"]
    module, _, name = target.partition(":")
    assert getattr(importlib.import_module(module), name) is main


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["trian"], "invalid choice: 'trian'"),
        (["train", "parser"], "invalid choice: 'parser'"),
        (["train", "tagger", "--train", "a.conllu"], "required: --output"),
        (["show", "run", "--verbose"], "unrecognized arguments: --verbose"),
        (["tag", "run", "--format", "xml"], "invalid choice: 'xml'"),
        (["tag", "run", "--input", "a.txt", "--conllu", "a.conllu"], "not allowed with argument"),
    ],
)
def test_mistakes_in_the_arguments_are_named(arguments, message, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert message in capsys.readouterr().err


@pytest.fixture
def command_that(monkeypatch):
    """Replaces `nlpseq settings tagger` by an error, or by another function."""

    def replace(error):
        def run(options):
            raise error

        monkeypatch.setattr("nlpseq.cli.train.print_settings", run)
        return ["settings", "tagger"]

    return replace


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("a.tsv:3: wrong"), "a.tsv:3: wrong"),
        (TypeError("first line\n  second   line\n"), "first line second line"),
        (FileNotFoundError(2, "No such file or directory", "a.en"), "a.en: No such file or direct"),
        (OSError("the disk is full"), "the disk is full"),
        (ImportError("no module"), "no module"),
    ],
)
def test_an_error_is_one_line_and_code_2(command_that, error, message, capsys):
    assert main(command_that(error)) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"nlpseq: error: {message}")
    assert err.count("\n") == 1


def test_debug_shows_where_an_error_comes_from(command_that):
    with pytest.raises(ValueError, match="wrong"):
        main(["--debug", *command_that(ValueError("wrong"))])


def test_a_mistake_of_nlpseq_itself_is_not_hidden(command_that):
    with pytest.raises(ZeroDivisionError):
        main(command_that(ZeroDivisionError()))


def test_an_interrupt_ends_as_in_a_shell(command_that, capsys):
    assert main(command_that(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "nlpseq: interrupted\n"


@pytest.mark.parametrize("lines", [1, 100_000])
def test_a_reader_that_has_seen_enough_is_no_error(lines):
    code = f"""
import sys, types
from nlpseq.cli import main
run = lambda options: print("x\\n" * {lines})
sys.modules["nlpseq.cli.train"] = types.SimpleNamespace(print_settings=run)
sys.exit(main.main(["settings", "tagger"]))
"""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONUNBUFFERED": ""}  # as users have it
    found = subprocess.run(
        [sys.executable, "-c", code],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    os.close(writing)
    assert (found.returncode, found.stderr) == (0, b"")
