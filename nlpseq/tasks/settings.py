"""Keyword arguments that are passed on, checked by name."""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any


def check_names(
    settings: Mapping[str, Any], functions: Sequence[Callable], given: Collection[str]
) -> None:
    """Makes sure that one of the functions has a keyword argument for every setting.

    Args:
        settings: Keyword arguments by name.
        functions: What they are for, and what has taken its own of them already.
        given: Arguments of the functions that are not the caller's to set.

    Raises:
        TypeError: If a name is unknown; the message lists the valid ones.

    Example:
        >>> check_names({"ndigits": 2}, [round], given={"number"})
    """
    parameters = [p for f in functions for p in inspect.signature(f).parameters.values()]
    valid = [p.name for p in parameters if p.kind is not p.VAR_KEYWORD and p.name not in given]
    for name in settings:
        if name not in valid:
            raise TypeError(f"Unknown setting {name!r}. Valid settings: {', '.join(valid)}")
