"""Pairs whose sides are in each other's place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

_THRESHOLD = 6.0  # nats, of both sides together
_MOST_FOR_A_WORD = 3.0  # nats, so that no single word decides


def swapped_rows(sources: Sequence[str], targets: Sequence[str]) -> list[int]:
    """Finds pairs that look as if source and target were exchanged.

    The data themselves say what their languages look like: a word that is mostly on the source
    side speaks for it. A pair is taken for swapped if its source looks like a target, its target
    like a source, and both together are some hundred times more probable the other way around.
    It needs most pairs to be right, and words apart by spaces; of short pairs with rare words it
    can say nothing, and says nothing.

    Args:
        sources: The source texts; read twice.
        targets: The target texts, as many.

    Returns:
        The numbers of the rows, from 0.

    Example:
        >>> english, german = ["the dog is in the house"] * 20, ["der Hund ist im Haus"] * 20
        >>> swapped_rows([*english, german[0]], [*german, english[0]])
        [20]
    """
    counts = _count(sources), _count(targets)
    totals = [sum(count.values()) + 1 for count in counts]
    balance = log(totals[1] / totals[0])
    rows = []
    for row, (source, target) in enumerate(zip(sources, targets, strict=True)):
        pair = _words(source), _words(target)
        own = Counter(pair[0]), Counter(pair[1])

        def like_source(word: str, own: tuple = own) -> float:
            """Log-odds that a word is of the source side, this pair left out of the counts."""
            on_source, on_target = (
                count[word] - mine[word] for count, mine in zip(counts, own, strict=True)
            )
            odds = log((on_source + 0.5) / (on_target + 0.5)) + balance
            return max(-_MOST_FOR_A_WORD, min(odds, _MOST_FOR_A_WORD))

        looks = [sum(map(like_source, words)) for words in pair]
        if looks[0] < 0 < looks[1] and looks[1] - looks[0] > _THRESHOLD:
            rows.append(row)
    return rows


def _count(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _words(text))


def _words(text: str) -> list[str]:
    return [word for word in text.casefold().split() if any(map(str.isalpha, word))]
