import argparse

import pytest

from nlpseq.cli.text_commands import add_text_commands


@pytest.fixture
def parse():
    parser = argparse.ArgumentParser()
    add_text_commands(parser.add_subparsers())
    return lambda *arguments: parser.parse_args(arguments)


def test_what_is_not_given_has_a_default(parse):
    options = parse("classify", "runs/a")
    assert (options.model, options.input, options.format) == ("runs/a", None, "columns")
    options = parse("rate", "runs/a", "--input", "a.txt")
    assert (options.model, options.input) == ("runs/a", "a.txt")


@pytest.mark.parametrize(
    "arguments", [("classify",), ("classify", "runs/a", "--format", "color"), ("rate", "a", "b")]
)
def test_what_makes_no_sense_is_refused(parse, arguments, capsys):
    with pytest.raises(SystemExit):
        parse(*arguments)
    assert "usage" in capsys.readouterr().err
