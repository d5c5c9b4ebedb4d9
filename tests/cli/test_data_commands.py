import argparse
import inspect

from nlpseq.cli.data_commands import add_data_commands
from nlpseq.datasets.cleaning import clean_pairs
from nlpseq.datasets.inspection import inspect_splits


def test_the_defaults_are_those_of_the_functions_behind():
    parser = argparse.ArgumentParser()
    add_data_commands(parser.add_subparsers(), "data")
    for command, function in (
        (["inspect", "a"], inspect_splits),
        (["clean", "a", "--output", "b"], clean_pairs),
    ):
        options = vars(parser.parse_args(command))
        settings = inspect.signature(function).parameters.items()
        defaults = {name: value.default for name, value in settings if name in options}
        assert len(defaults) >= 4
        assert {name: options[name] for name in defaults} == defaults
