import contextlib
import io
import sys
from pathlib import Path

import pytest

from nlpseq.cli.main import main
from nlpseq.tasks.saved_task import SavedTask


@pytest.fixture(scope="session")
def files(tmp_path_factory, tagged, pairs):
    """A folder with data files: train.conllu, train.en, train.de. Do not change it."""
    folder = tmp_path_factory.mktemp("files")
    lines = []
    for sentence in tagged:
        words = zip(sentence["tokens"], sentence["upos"], strict=True)
        lines += [f"{i}\t{w}\t_\t{t}" + "\t_" * 6 for i, (w, t) in enumerate(words, start=1)]
        lines.append("")
    (folder / "train.conllu").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for side in ("en", "de"):
        text = "\n".join(pairs[side]) + "\n"
        (folder / f"train.{side}").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built():
    """The tasks that commands have loaded, by what is in the folder."""
    return {}


@pytest.fixture
def models_built_once(built, monkeypatch):
    """Commands that change no model share it: it is built, and its search compiled, once."""
    build = SavedTask.from_pretrained.__func__

    def build_once(task, folder):
        key = task, (Path(folder) / "config.json").read_bytes()  # with a checksum of every file
        if key not in built:
            built[key] = build(task, folder)
        return built[key]

    monkeypatch.setattr(SavedTask, "from_pretrained", classmethod(build_once))


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a command line: `code, out, err = run("show", folder, stdin=b"")`, or with a stream."""

    def run_main(*arguments, stdin=b""):
        stream = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        # On a busy machine a step may take long, and would say so.
        monkeypatch.setattr("nlpseq.progress._SECONDS", float("inf"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run_main


@pytest.fixture
def assert_error(run):
    """Checks that a command line ends with code 2 and one line with the message."""

    def check(arguments, *parts, stdin=b""):
        code, out, err = run(*arguments, stdin=stdin)
        assert code == 2
        assert err.startswith("nlpseq: error: ")
        assert err.count("\n") == 1
        for part in parts:
            assert part in err
        return out

    return check


@pytest.fixture(scope="session")
def run_once():
    """Like `run`, for fixtures that live longer than one test: `code, out`."""

    def run_main(*arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main([str(argument) for argument in arguments])
        return code, out.getvalue()

    return run_main
