"""Pairs that nobody has translated."""

from collections.abc import Iterable


def copied_rows(sources: Iterable[str], targets: Iterable[str]) -> list[int]:
    """Finds pairs whose sides are the same, but for case and white space.

    Args:
        sources: The source texts.
        targets: The target texts, as many.

    Returns:
        The numbers of the rows, from 0. Two empty sides are no copy.

    Example:
        >>> copied_rows(["Hello.", "Berlin"], ["Hallo.", "berlin "])
        [1]
    """
    return [
        row
        for row, (source, target) in enumerate(zip(sources, targets, strict=True))
        if (words := source.casefold().split()) and words == target.casefold().split()
    ]
