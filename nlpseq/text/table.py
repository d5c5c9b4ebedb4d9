"""Tables of text with aligned columns."""

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Aligns the cells of a table: the first column to the left, the others to the right.

    Args:
        heads: What stands above the columns.
        rows: As many cells each.

    Returns:
        A line for the heads and one for each row.

    Example:
        >>> table(["", "train"], [["rows", "1,000"], ["tokens", "9"]])
        ['        train', 'rows    1,000', 'tokens      9']
    """
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return [
        "  ".join(
            [
                f"{row[0]:{widths[0]}}",
                *(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in [heads, *rows]
    ]
