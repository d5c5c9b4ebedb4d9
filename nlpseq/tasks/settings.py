"""Keyword arguments that are passed on, checked by name."""

import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any


def check_names(settings: Mapping[str, Any], function: Callable, given: Collection[str]) -> None:
    """Makes sure that `function` has a keyword argument for every setting.

    Args:
        settings: Keyword arguments by name.
        function: What they are for.
        given: Arguments of the function that are not the caller's to set.

    Raises:
        TypeError: If a name is unknown; the message lists the valid ones.

    Example:
        >>> check_names({"ndigits": 2}, round, given={"number"})
    """
    parameters = inspect.signature(function).parameters.values()
    valid = [p.name for p in parameters if p.kind is not p.VAR_KEYWORD and p.name not in given]
    for name in settings:
        if name not in valid:
            raise TypeError(f"Unknown setting {name!r}. Valid settings: {', '.join(valid)}")
