import argparse
import dataclasses

from nlpseq.cli.search_arguments import add_search_arguments, given_search_arguments
from nlpseq.tasks.search_options import SearchOptions


def given(*arguments):
    parser = argparse.ArgumentParser()
    add_search_arguments(parser)
    return given_search_arguments(parser.parse_args(arguments))


def test_every_option_of_a_search_is_one_of_the_command_line():
    values = {"length_penalty": 0.5, "sampling": True}
    for field in dataclasses.fields(SearchOptions):
        value = values.get(field.name, type(field.default)(3))
        flag = f"--{field.name.replace('_', '-')}"
        arguments = [flag] if value is True else [flag, str(value)]
        assert given(*arguments) == {field.name: value}


def test_what_is_not_given_is_not_there():
    assert given() == {}
    assert given("--seed", "4", "--length-penalty", "average") == {
        "length_penalty": "average",
        "seed": 4,
    }
