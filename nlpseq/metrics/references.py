"""Right translations in the order that sacrebleu wants them."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

References = Sequence[str] | Sequence[Sequence[str]]


def reference_streams(hypotheses: Sequence[str], references: References) -> list[list[Any]]:
    """Turns the references of each sentence into the first ones of all, the second ones, ...

    Args:
        hypotheses: Translations.
        references: One right translation for each hypothesis, or a list of several for each.

    Returns:
        Lists as long as `hypotheses`, with `None` where a sentence has fewer references.

    Raises:
        ValueError: If there is no hypothesis, not one reference entry for each, or an entry
            without any reference.
        TypeError: If `hypotheses` or `references` is a single string.

    Example:
        >>> reference_streams(["a", "b"], [["A", "AA"], ["B"]])
        [['A', 'B'], ['AA', None]]
    """
    if isinstance(hypotheses, str) or isinstance(references, str):
        raise TypeError("`hypotheses` and `references` must be lists. Received: a single string")
    if len(hypotheses) != len(references):
        raise ValueError(
            "Every hypothesis must have its reference. "
            f"Received: {len(hypotheses)} hypotheses and {len(references)} references"
        )
    if not len(hypotheses):
        raise ValueError("BLEU needs at least one hypothesis. Received: none")
    rows = [[entry] if isinstance(entry, str) else entry for entry in references]
    for row, entry in enumerate(rows):
        if not entry:
            raise ValueError(
                f"Every hypothesis must have a reference. Received: none for hypothesis {row}"
            )
    return [list(stream) for stream in zip_longest(*rows)]
