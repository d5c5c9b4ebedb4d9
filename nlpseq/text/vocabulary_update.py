"""A vocabulary that learns new tokens, and keeps the ids of those it has."""

from collections.abc import Iterable

from nlpseq.text.vocabulary import Vocabulary


def extend_vocabulary(
    vocabulary: Vocabulary, sentences: Iterable[Iterable[str]], min_count: int = 1
) -> Vocabulary:
    """Adds the new tokens of a corpus behind those that are there.

    Args:
        vocabulary: The vocabulary so far; it stays as it is.
        sentences: Token lists.
        min_count: New tokens that are rarer are left out.

    Returns:
        A vocabulary with the old tokens under their ids, then the new ones, the most frequent
        first. The counts are those of both corpora.

    Raises:
        TypeError: As for `Vocabulary.from_tokens`.
        ValueError: As for `Vocabulary.from_tokens`.

    Example:
        >>> vocabulary = Vocabulary.from_tokens([["b", "a", "b"]])
        >>> extended = extend_vocabulary(vocabulary, [["c", "b", "d", "d"]])
        >>> extended.tokens[len(vocabulary.specials) :]
        ('b', 'a', 'd', 'c')
        >>> extended.counts
        {'b': 3, 'a': 1, 'd': 2, 'c': 1}
    """
    seen = Vocabulary.from_tokens(sentences, specials=vocabulary.specials).counts
    known = vocabulary.tokens[len(vocabulary.specials) :]
    fresh = [
        token for token, count in seen.items() if count >= min_count and token not in vocabulary
    ]
    counts = {
        token: count + seen.get(token, 0)
        for token, count in {**dict.fromkeys(fresh, 0), **vocabulary.counts}.items()
    }
    tokens = [*known, *fresh]
    ordered = {token: counts[token] for token in tokens if token in counts}
    return Vocabulary(tokens, ordered, vocabulary.specials)
