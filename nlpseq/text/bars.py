"""Numbers as bars of text."""

from collections.abc import Sequence

_WIDTH = 40


def bars(heads: Sequence[str], counts: Sequence[int], total: int | None = None) -> list[str]:
    """Draws counts as bars, with their shares.

    Args:
        heads: What stands before the bars.
        counts: As many whole numbers.
        total: What the shares are of; by default all counts together.

    Returns:
        A line for each count; the longest bar has 40 characters.

    Example:
        >>> for line in bars(["NOUN", "DET"], [8, 2]):
        ...     print(line)
        NOUN          8   80.0%  ████████████████████████████████████████
         DET          2   20.0%  ██████████
    """
    width, most = max(map(len, heads), default=0), max(counts, default=0) or 1
    total = sum(counts) if total is None else total
    return [
        f"{head:>{width}}  {count:>9,}  {count / (total or 1):6.1%}  {_bar(count / most)}".rstrip()
        for head, count in zip(heads, counts, strict=True)
    ]


def _bar(share: float) -> str:
    eighths = round(share * _WIDTH * 8)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()
