import argparse

import pytest

from nlpseq.cli.general_options import CommandParser, add_general_options
from nlpseq.cli.main import main


@pytest.fixture
def program():
    parser = argparse.ArgumentParser()
    parser.set_defaults(quiet=False, log_file=None, debug=False)
    add_general_options(parser)
    train = parser.add_subparsers(parser_class=CommandParser).add_parser("train")
    train.add_subparsers().add_parser("tagger")
    return parser


@pytest.mark.parametrize("place", [0, 1, 2])
def test_they_stand_anywhere(program, place):
    arguments = ["train", "tagger"]
    arguments[place:place] = ["--quiet", "--log-file", "a.log"]
    expected = argparse.Namespace(quiet=True, log_file="a.log", debug=False)
    assert program.parse_args(arguments) == expected


def test_the_last_one_counts_and_none_is_needed(program):
    both = program.parse_args(["--log-file", "a.log", "train", "--log-file", "b.log", "tagger"])
    assert both.log_file == "b.log"
    assert not program.parse_args(["train", "tagger"]).quiet


def test_a_command_obeys_them_behind_its_name(tmp_path, capsys):
    (tmp_path / "pairs.tsv").write_text("en\tde\none\teins\none\teins\ntwo\tzwei\n")
    log = tmp_path / "clean.log"
    arguments = ["clean", str(tmp_path / "pairs.tsv"), "--output", str(tmp_path / "clean.tsv")]
    assert main([*arguments, "--log-file", str(log)]) == 0
    assert log.exists()
    assert main(["show", str(tmp_path / "none"), "--quiet"]) == 2
    assert "No saved model" in capsys.readouterr().err
    with pytest.raises(FileNotFoundError, match="No saved model"):
        main(["show", str(tmp_path / "none"), "--debug"])
