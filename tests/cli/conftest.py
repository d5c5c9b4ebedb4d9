import contextlib
import io
import sys

import pytest

from nlpseq.cli.main import main


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


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a command line: `code, out, err = run("show", folder, stdin=b"")`, or with a stream."""

    def run_main(*arguments, stdin=b""):
        stream = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
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
