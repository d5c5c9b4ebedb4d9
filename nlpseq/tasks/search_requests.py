"""What is asked of each translation: how it begins, and what must be in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nlpseq.batching.padding import pad
from nlpseq.text.specials import UNKNOWN_ID
from nlpseq.text.tokenizer import Tokenizer

# Shapes come in multiples, so that JAX compiles few of them.
PREFIX_MULTIPLE, PHRASES_MULTIPLE, PHRASE_MULTIPLE = 8, 2, 4


class Request(NamedTuple):
    """A sentence to translate.

    Attributes:
        number: Which one it is, from 0.
        sentence: The source.
        prefix: How the translation begins; `""` for any.
        phrases: What must be in it.
    """

    number: int
    sentence: str
    prefix: str = ""
    phrases: tuple[str, ...] = ()


def read_requests(
    sentences: Iterable[str],
    prefixes: Iterable[str] | None = None,
    must_include: Iterable[Sequence[str]] | None = None,
) -> Iterator[Request]:
    """Puts sentences and what is asked of their translations together, as they are needed.

    Args:
        sentences: Any number of them.
        prefixes: How the translation of each begins, or `None`.
        must_include: The phrases that must be in the translation of each, or `None`.

    Yields:
        A request for each sentence.

    Raises:
        TypeError: If one of them is a single string, or the phrases of a sentence are.
        ValueError: If there is not one prefix, or list of phrases, for each sentence.

    Example:
        >>> [request.phrases for request in read_requests(["a", "b"], must_include=[["c"], []])]
        [('c',), ()]
    """
    if any(isinstance(x, str) for x in (sentences, prefixes, must_include)):
        raise TypeError("`sentences` must be a list. Received: a string; use `translate`")
    given = {"prefixes": prefixes, "must_include": must_include}
    others = {name: iter(rows) for name, rows in given.items() if rows is not None}
    number = 0
    for number, sentence in enumerate(sentences, start=1):
        found = {name: next(rows, None) for name, rows in others.items()}
        for name, asked in found.items():
            if asked is None:
                raise _unequal(name, f"{number - 1} {name}")
        phrases = found.get("must_include") or ()
        if isinstance(phrases, str):
            raise TypeError(
                "`must_include` must have a list of phrases for each sentence. "
                f"Received: a string for sentence {number - 1}"
            )
        yield Request(number - 1, sentence, str(found.get("prefixes") or ""), tuple(phrases))
    for name, rows in others.items():
        if next(rows, None) is not None:
            raise _unequal(name, f"{number} sentences")


def _unequal(name: str, fewer: str) -> ValueError:
    return ValueError(
        f"`{name}` must have one for each sentence. Received: {fewer}, and more of the other"
    )


def prefix_ids(requests: Sequence[Request], tokenizer: Tokenizer) -> np.ndarray | None:
    """Turns prefixes into ids.

    Args:
        requests: At least one.
        tokenizer: The target's.

    Returns:
        Int32 array, `(requests, time)`, 0 behind each; `None` where nobody asks for one.

    Raises:
        ValueError: If a prefix has a token that can't be produced.

    Example:
        >>> from nlpseq.text.tokenizer import train_tokenizer
        >>> tokenizer = train_tokenizer("words", ["a dog"], 9)
        >>> prefix_ids([Request(0, "un chien", prefix="a")], tokenizer).shape
        (1, 8)
    """
    if not any(request.prefix for request in requests):
        return None
    ids = tokenizer.encode_batch([request.prefix for request in requests])
    for request, row in zip(requests, ids, strict=True):
        if UNKNOWN_ID in row:
            raise ValueError(
                f"The prefix of sentence {request.number} has a token that the model doesn't "
                f"know: {request.prefix!r}. Nothing it translates can begin so"
            )
    return pad(ids, _rounded(max(map(len, ids)), PREFIX_MULTIPLE))


def phrase_ids(requests: Sequence[Request], tokenizer: Tokenizer) -> np.ndarray | None:
    """Turns phrases into ids.

    Args:
        requests: At least one.
        tokenizer: The target's.

    Returns:
        Int32 array, `(requests, phrases, tokens)`, 0 behind the tokens of each and where there are
        fewer. A phrase that a request has twice is there once. `None` where nobody asks for any.

    Raises:
        ValueError: If a phrase has a token that can't be produced.

    Example:
        >>> from nlpseq.text.tokenizer import train_tokenizer
        >>> tokenizer = train_tokenizer("words", ["a dog barks"], 9)
        >>> phrase_ids([Request(0, "un chien", phrases=("dog", "a dog"))], tokenizer).tolist()
        [[[6, 0, 0, 0], [4, 6, 0, 0]]]
    """
    if not any(request.phrases for request in requests):
        return None
    rows = []
    for request in requests:
        ids = tokenizer.encode_batch(request.phrases)
        for phrase, row in zip(request.phrases, ids, strict=True):
            if UNKNOWN_ID in row:
                raise ValueError(
                    f"What the translation of sentence {request.number} must include has a token "
                    f"that the model doesn't know: {phrase!r}. It can't say it"
                )
        rows.append([row for row in dict.fromkeys(tuple(row.tolist()) for row in ids) if row])
    if not any(rows):
        return None
    width = _rounded(max(map(len, rows)), PHRASES_MULTIPLE)
    longest = _rounded(max(len(ids) for row in rows for ids in row), PHRASE_MULTIPLE)
    filled = [ids for row in rows for ids in [*row, *[()] * (width - len(row))]]
    return pad(filled, longest).reshape(len(rows), width, longest)


def _rounded(number: int, multiple: int) -> int:
    """The next multiple."""
    return number + -number % multiple
