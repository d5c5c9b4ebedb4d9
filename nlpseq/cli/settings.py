"""Settings from a file and the command line, checked against the signatures they are for.

The keyword arguments of `from_dataset`, of the model's constructor and of `fit` are the settings:
there is no second list of them. jsonargparse reads names, types, defaults and help from there.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonargparse
import yaml

from nlpseq.tasks.task import Task

_NOT_SETTINGS = {"dataset", "validation_data", "checkpoints", "callbacks", "verbose"}


class Settings:
    """The settings of one training.

    Args:
        task: The class to train.
        values: Settings by name; what is missing has its default.
        where: Where the values come from, such as the name of a file, for error messages.

    Attributes:
        construction: Keyword arguments for `task.from_dataset`.
        fitting: Keyword arguments for `fit`.

    Raises:
        ValueError: If a name is unknown (the message lists the valid ones) or a value has the
            wrong type.

    Example:
        >>> from nlpseq.tasks.tagger import Tagger
        >>> settings = Settings(Tagger, {"units": 64, "epochs": "3"})
        >>> settings.construction["units"], settings.fitting["epochs"], settings.fitting["seed"]
        (64, 3, 0)
    """

    def __init__(self, task: type[Task], values: Mapping[str, Any], where: str = "") -> None:
        parser, construction, fitting = _parser(task)
        valid = sorted({*construction, *fitting})
        place = f"{where}: " if where else ""
        for name, value in values.items():
            if name not in valid:
                raise ValueError(
                    f"{place}Unknown setting {name!r}. Valid settings: {', '.join(valid)}"
                )
            if value is None and parser.get_default(name) is not None:
                raise ValueError(f"{place}`{name}` must have a value. Received: {name}=None")
            try:
                parser.parse_object({name: value})
            except jsonargparse.ArgumentError as error:
                raise ValueError(
                    f"{place}`{name}` must be {_expected(error)}. Received: {name}={value!r}"
                ) from error
        found = parser.parse_object(dict(values)).as_dict()
        self.construction = {name: found[name] for name in construction}
        self.fitting = {name: found[name] for name in fitting}


def read_values(config: str | None, assignments: Sequence[str]) -> dict[str, Any]:
    """Reads settings from a YAML file and from `name=value` strings, which win.

    Args:
        config: Path of the file, or `None`.
        assignments: Strings such as `"units=64"`.

    Returns:
        Values by name, not checked yet.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the file is not YAML of names and values, or a string has no `=`.

    Example:
        >>> read_values(None, ["units=64", "cell=gru"])
        {'units': 64, 'cell': 'gru'}
    """
    values = _read_file(Path(config)) if config else {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            raise ValueError(f"--set takes NAME=VALUE. Received: {assignment!r}")
        try:
            values[name.strip()] = yaml.safe_load(value)
        except yaml.YAMLError as error:
            reason = " ".join(str(error).split())
            raise ValueError(f"--set {assignment}: not a value: {reason}") from error
    return values


def settings_help(task: type[Task]) -> str:
    """All settings with types, defaults and explanations.

    Args:
        task: The class to train.

    Returns:
        Text for the terminal.
    """
    text = _parser(task)[0].format_help()
    return text[text.index("options:") :].replace("options:", "Settings:").replace("--", "  ")


def _read_file(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(f"No such file: {path}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ValueError(f"{path}: expected `name: value` lines. Received: {values!r}")
    return values


def _parser(task: type[Task]) -> tuple[jsonargparse.ArgumentParser, list[str], list[str]]:
    parser = jsonargparse.ArgumentParser(exit_on_error=False, add_help=False)
    construction = parser.add_method_arguments(
        task, "from_dataset", as_group=False, skip=_NOT_SETTINGS
    )
    fitting = parser.add_method_arguments(
        task, "fit", as_group=False, skip={*_NOT_SETTINGS, *construction}
    )
    return parser, construction, [*fitting, "seed"]


def _expected(error: jsonargparse.ArgumentError) -> str:
    """The types that a value might have had, from the lines of jsonargparse's message."""
    types = re.findall(
        r"Expected a (?:<class '|typing\.)?(.+?)(?:'>)?(?:\. Got value.*)?$", str(error), re.M
    )
    return " or ".join(types).replace("NoneType", "null") or str(error)
