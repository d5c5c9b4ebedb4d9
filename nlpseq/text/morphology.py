"""Labels made of features, such as the FEATS of Universal Dependencies."""

import re
from collections.abc import Iterable, Mapping

NONE = "_"

_FEATURES = re.compile(r"[^=|]+=[^=|]+(\|[^=|]+=[^=|]+)*")


def read_features(label: str) -> dict[str, str]:
    """Takes a label apart.

    Args:
        label: `Name=Value` parts with `|` between them, or `_` for none.

    Returns:
        Values by name.

    Raises:
        ValueError: If the label is not made of features.

    Example:
        >>> read_features("Case=Nom|Number=Sing")
        {'Case': 'Nom', 'Number': 'Sing'}

    Reference:
        https://universaldependencies.org/format.html#morphological-annotation
    """
    if label == NONE:
        return {}
    if not _FEATURES.fullmatch(label):
        raise ValueError(f"A label of features must be Name=Value|... or _. Received: {label!r}")
    return dict(part.split("=") for part in label.split("|"))


def write_features(values: Mapping[str, str]) -> str:
    """Puts a label together, as Universal Dependencies writes it.

    Args:
        values: Values by name; those that are `_` are left out.

    Returns:
        The features in the order of their names, upper and lower case alike; `_` if there is none.

    Example:
        >>> write_features({"number": "Sing", "Gender": "_", "Case": "Nom"})
        'Case=Nom|number=Sing'
    """
    parts = [f"{name}={value}" for name, value in values.items() if value != NONE]
    return "|".join(sorted(parts, key=str.lower)) or NONE


def are_features(labels: Iterable[str]) -> bool:
    """Whether labels are made of features, and not all of them empty.

    Example:
        >>> are_features(["_", "Number=Sing"]), are_features(["NOUN"]), are_features(["_"])
        (True, False, False)
    """
    distinct = set(labels) - {NONE}
    return bool(distinct) and all(map(_FEATURES.fullmatch, distinct))
