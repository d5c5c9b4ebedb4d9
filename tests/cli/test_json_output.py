import argparse
import json

import pytest

from nlpseq.cli.json_output import add_json_argument, text_for_people, write_json

FOUND = {"bleu": 31.5, "worst": ["später"], "splits": {"train": None}}


@pytest.mark.parametrize(
    ("arguments", "where"), [([], None), (["--json"], "-"), (["--json", "a.json"], "a.json")]
)
def test_a_file_may_be_left_out(arguments, where):
    parser = argparse.ArgumentParser()
    add_json_argument(parser, "the scores")
    assert parser.parse_args(arguments).json == where


def test_without_a_file_standard_output_has_nothing_but_json(capsys):
    with text_for_people("-"):
        print("BLEU 31.5")
    write_json(FOUND, "-")
    out, err = capsys.readouterr()
    assert json.loads(out) == FOUND
    assert "später" in out
    assert err == "BLEU 31.5\n"


def test_with_a_file_the_text_stays_where_it_is(tmp_path, capsys):
    path = str(tmp_path / "found.json")
    with text_for_people(path):
        print("BLEU 31.5")
    write_json(FOUND, path)
    assert capsys.readouterr() == ("BLEU 31.5\n", "")
    assert json.loads((tmp_path / "found.json").read_text(encoding="utf-8")) == FOUND


def test_nothing_is_written_where_it_is_not_asked_for(capsys):
    with text_for_people(None):
        print("BLEU 31.5")
    write_json(FOUND, None)
    assert capsys.readouterr() == ("BLEU 31.5\n", "")


def test_commands_print_json_alone(run, saved_tagger, files):
    treebank, english, german = (files / f"train.{kind}" for kind in ("conllu", "en", "de"))
    for arguments in (
        ["inspect", treebank, "--json"],
        ["evaluate", saved_tagger, "--data", treebank, "--json"],
        ["report", "--sources", english, "--references", german, "--systems", german, "--json"],
    ):
        code, out, err = run(*arguments)
        assert code == 0
        assert json.loads(out)
        assert err
