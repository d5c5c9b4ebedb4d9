"""The check of the settings of `fit`."""

import os
from collections.abc import Mapping
from typing import Any


def check_fitting(
    settings: Mapping[str, Any],
    keeping: Mapping[str, int],
    checkpoints: str | os.PathLike[str] | None,
    checkpoint_minutes: float,
    has_dev: bool,
) -> None:
    """Makes sure that the settings of a training are in range and fit together.

    Args:
        settings: Those that the result follows from, by name.
        keeping: `keep_last` and `keep_best`.
        checkpoints: As for `fit`.
        checkpoint_minutes: As for `fit`.
        has_dev: Whether there are data to validate with.

    Raises:
        ValueError: If they are not.

    Example:
        >>> ranges = {"epochs": 0, "patience": 1, "learning_rate": 0.1, "clip_norm": 1.0}
        >>> check_fitting(ranges, {}, None, 10.0, has_dev=False)
        Traceback (most recent call last):
        ...
        ValueError: `epochs` and `patience` must be at least 1, ...Received: epochs=0, ...
    """
    counts = {name: settings[name] for name in ("epochs", "patience")}
    rates = {name: settings[name] for name in ("learning_rate", "clip_norm")}
    if min(counts.values()) < 1 or min(rates.values()) <= 0:
        received = ", ".join(f"{name}={value}" for name, value in {**counts, **rates}.items())
        raise ValueError(
            "`epochs` and `patience` must be at least 1, `learning_rate` and `clip_norm` "
            f"above 0. Received: {received}"
        )
    if settings["gradient_accumulation_steps"] < 1:
        raise ValueError(
            "`gradient_accumulation_steps` must be at least 1. "
            f"Received: {settings['gradient_accumulation_steps']}"
        )
    if settings["ema"] is not None and not 0 <= settings["ema"] < 1:
        raise ValueError(f"`ema` must be in [0, 1). Received: ema={settings['ema']}")
    if settings["schedule"] == "plateau" and not has_dev:
        raise ValueError('schedule="plateau" needs `validation_data`. Received: none')
    if checkpoint_minutes < 0:
        raise ValueError(f"`checkpoint_minutes` must be 0 or more. Received: {checkpoint_minutes}")
    if min(keeping.values()) < 0 or (checkpoints is None and any(keeping.values())):
        received = ", ".join(f"{name}={value}" for name, value in keeping.items())
        raise ValueError(
            "`keep_last` and `keep_best` must be 0 or more, and they need `checkpoints`. "
            f"Received: {received}, checkpoints={checkpoints}"
        )
    if keeping["keep_best"] and not has_dev:
        raise ValueError("`keep_best` needs `validation_data`: it tells which epochs are best")
