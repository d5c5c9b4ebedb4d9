"""What README.md and docs/ say is true: blocks run, commands parse, names and links exist.

How a page's blocks are read, by the word behind the three backticks:

- `python`: run in order, all of a page in one namespace and one temporary folder;
- `text`: right behind a `python` block, exactly what that block prints; elsewhere not read;
- `console`: output that depends on training or machine: not compared;
- `yaml`: settings, all of which must exist;
- `sh`, or nothing: every line with `nlpseq` or a script in it must be a valid command.
"""

import contextlib
import functools
import gzip
import io
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

import nlpseq

ROOT = Path(__file__).parents[2]
TRACED = {"language_models.md", "large_data.md", "15_stateful.md"}  # of many steps
LESSONS = sorted((ROOT / "docs" / "learn").glob("*.md"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *LESSONS]
ROWS = 8


class Block(NamedTuple):
    line: int
    language: str
    text: str


def blocks_of(page):
    blocks, lines = [], page.read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("```")]
    for start, end in zip(starts[::2], starts[1::2], strict=True):
        text = "".join(f"{line}\n" for line in lines[start + 1 : end])
        blocks.append(Block(start + 1, lines[start].removeprefix("```").strip(), text))
    return blocks


def prose_of(page):
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)


def every(*languages):
    return [
        pytest.param(page, block, id=f"{page.name}:{block.line}")
        for page in PAGES
        for block in blocks_of(page)
        if block.language in languages
    ]


# Python


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder with `data/` and small files under the names that README.md uses."""
    samples = ROOT / "data" / "samples"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "samples").symlink_to(samples)
    treebank = (samples / "pos-en.dev.conllu").read_text(encoding="utf-8")
    contents = {"conllu": "".join(f"{sentence}\n\n" for sentence in treebank.split("\n\n")[:100])}
    for language in ("en", "de"):
        text = (samples / f"en-de.dev.{language}").read_text(encoding="utf-8")
        contents[language] = "".join(text.splitlines(keepends=True)[:100])
    for name in ("train", "dev", "val", "test"):
        for kind, content in contents.items():
            (tmp_path / f"{name}.{kind}.gz").write_bytes(gzip.compress(content.encode("utf-8")))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def short_training(monkeypatch):
    """`fit` makes one epoch of a few rows, and `evaluate` scores a few: so pages run fast."""
    from nlpseq.tasks.tagger import Tagger
    from nlpseq.tasks.task import Task
    from nlpseq.tasks.translator import Translator

    def first(dataset):
        if not hasattr(dataset, "select"):  # none, or a stream
            return dataset
        return dataset.select(range(min(ROWS, len(dataset))))

    def short_fit(fit):
        @functools.wraps(fit)
        def shortened(task, dataset, validation_data=None, **settings):
            # A few rows that a page makes itself, and so many batches, are short already.
            if not isinstance(dataset, dict) and "steps_per_epoch" not in settings:
                settings["epochs"] = 1
            return fit(task, first(dataset), first(validation_data), **settings)

        return shortened

    def short_evaluate(evaluate):
        return lambda task, dataset, **settings: evaluate(task, first(dataset), **settings)

    monkeypatch.setattr(Task, "fit", short_fit(Task.fit))
    for task in (Tagger, Translator):
        monkeypatch.setattr(task, "evaluate", short_evaluate(task.evaluate))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.usefixtures("workplace", "short_training")
def test_python_blocks_run_and_print_what_the_page_says(page, request):
    # The models of lessons are tiny and make hundreds of steps: tracing them pays.
    has_task = ".from_dataset(" in page.read_text(encoding="utf-8")
    if page.name not in TRACED and (page not in LESSONS or has_task):
        request.getfixturevalue("eager_training")
    namespace = {"__name__": "docs"}
    for block, after in pairwise([*blocks_of(page), None]):
        if block.language != "python":
            continue
        # Blank lines before the code make tracebacks name the page's own lines.
        code = compile("\n" * block.line + block.text, str(page), "exec")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, namespace)
        behind = block.line + block.text.count("\n") + 3  # two fences and an empty line
        if after and after.language == "text" and after.line == behind:
            assert printed.getvalue() == after.text, f"{page.name}:{block.line}"


def test_every_public_name_is_in_the_docs():
    text = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert [name for name in nlpseq.__all__ if f"nlpseq.{name}" not in text] == []


# Shell


def commands_of(text):
    """The simple commands of shell lines, without redirections and variable settings."""
    for line in text.replace("\\\n", " ").split("\n"):
        if not re.search(r"(^|\s)(nlpseq|bash|python) ", line):
            continue  # a diagram, or a command of others
        words = shlex.shlex(line, posix=True, punctuation_chars=True)
        words.whitespace_split = True
        command = []
        for word in [*words, ";"]:
            if word in ("|", ";", "&&", "||"):
                while command and re.fullmatch(r"\w+=.*", command[0]):
                    command.pop(0)
                if command:
                    yield before_redirection(command)
                command = []
            else:
                command.append(word)


def before_redirection(command):
    ends = [place for place, word in enumerate(command) if word in ("<", ">", ">>")]
    return command[: ends[0]] if ends else command


def test_shell_lines_are_taken_apart():
    text = 'A=1 nlpseq tag \\\n runs/pos < "a b.txt" > c  # why\nls\necho x | nlpseq show y && ls'
    commands = [["nlpseq", "tag", "runs/pos"], ["echo", "x"], ["nlpseq", "show", "y"], ["ls"]]
    assert list(commands_of(text)) == commands


@pytest.mark.parametrize(("page", "block"), every("", "sh"))
def test_commands_parse(page, block, capsys):
    from nlpseq.cli.main import _parser

    for program, *arguments in commands_of(block.text):
        if program == "nlpseq":
            try:
                options = _parser().parse_args(arguments)
            except SystemExit:
                pytest.fail(capsys.readouterr().err)
            if "assignments" in options:
                check_settings(options.task, None, options.assignments)
        elif program in ("bash", "python") and arguments[0].startswith("scripts/"):
            script = (ROOT / arguments[0]).read_text(encoding="utf-8")
            for argument in arguments[1:]:
                assert not argument.startswith("--") or f'"{argument}"' in script, argument


@pytest.mark.parametrize(("page", "block"), every("yaml"))
def test_settings_in_yaml_exist(page, block, tmp_path):
    config = tmp_path / "settings.yaml"
    config.write_text(block.text, encoding="utf-8")
    errors = []
    for task in ("tagger", "translator"):
        try:
            check_settings(task, str(config), [])
        except ValueError as error:
            errors.append(error)
    assert len(errors) < 2, errors


def check_settings(task, config, assignments):
    from nlpseq.cli.settings import Settings, read_values
    from nlpseq.hub import TASKS

    Settings(TASKS[task], read_values(config, assignments))


def test_flags_in_the_text_exist():
    from nlpseq.cli.main import _parser

    known = set(options_of(_parser()))
    found = {
        (page.name, flag)
        for page in PAGES
        for code in re.findall(r"`([^`\n]+)`", prose_of(page))
        for flag in re.findall(r"(?<!\S)--[a-z][\w-]*", code)
    }
    assert found, "the pattern finds nothing"
    assert {(name, flag) for name, flag in found if flag not in known} == set()


def options_of(parser):
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action.choices, dict):
            for subparser in action.choices.values():
                yield from options_of(subparser)


# Links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target, _, anchor in re.findall(r"\]\(([^)#\s]*)(#([^)\s]+))?\)", prose_of(page)):
        if re.match(r"https?:", target):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors_of(file), f"{page.name}: {target}#{anchor}"


def anchors_of(page):
    """The anchors that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.*)$", prose_of(page), flags=re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
