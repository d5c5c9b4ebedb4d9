"""Words that are said again and again."""

from collections.abc import Iterable


def repeated_ngrams(texts: Iterable[str], n: int = 2) -> float:
    """Share of the n-grams of texts that were there before in the same text.

    Right text repeats itself a little, so compare with what people wrote.

    Args:
        texts: Sentences; what stands between spaces is a word.
        n: Words of an n-gram, at least 1.

    Returns:
        Repeated n-grams over all n-grams of all texts, from 0 to below 1.

    Raises:
        ValueError: If `n` is below 1.

    Example:
        >>> repeated_ngrams(["a dog and a dog and", "a cat"])  # 2 of 6 pairs
        0.3333333333333333

    Reference:
        Welleck et al. (2020), seq-rep-n, there a mean over texts, https://arxiv.org/abs/1908.04319
    """
    if n < 1:
        raise ValueError(f"`n` must be at least 1. Received: n={n}")
    total = repeated = 0
    for text in texts:
        words = text.split()
        ngrams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
        total += len(ngrams)
        repeated += len(ngrams) - len(set(ngrams))
    return repeated / total if total else 0.0
