"""A vocabulary: tokens or labels to ids and back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from os import PathLike
from pathlib import Path

import numpy as np

from nlpseq.text.specials import SPECIALS, UNKNOWN_ID, id_list
from nlpseq.text.vocabulary_file import format_vocabulary, parse_vocabulary, read_utf8


class Vocabulary:
    """A fixed list of tokens, numbered from 0.

    The special tokens come first, then the tokens of the text. With the default `specials` any
    token can be encoded: one that the vocabulary does not know becomes `UNKNOWN_ID`. A vocabulary
    of labels has `specials=()`; there an unknown label is an error, unless the caller names an id
    for it.

    Special tokens are reached by their id only. A token of the text that looks like one, `"<pad>"`
    say, is an unknown token: it is not `in` the vocabulary, and `encode` never gives its id.

    A token is any string, also the empty one, or one with spaces, tabs or line breaks.

    Two vocabularies are equal if their tokens, special tokens and counts are.

    Args:
        tokens: The tokens of the text in the order of their ids, without the special ones.
        counts: How often each token was seen; may leave tokens out.
        specials: The special tokens: `SPECIALS`, or `()` for labels.

    Attributes:
        counts: How often each token was seen, as far as known.
        specials: The special tokens in the order of their ids.

    Raises:
        TypeError: If a token is not a string.
        ValueError: If a token occurs twice, equals a special token or holds a lone surrogate, if
            `counts` has a token that `tokens` lacks or is negative, or if `specials` is something
            else.

    Example:
        >>> vocabulary = Vocabulary(["the", "fox"])
        >>> vocabulary.encode(["the", "quick", "fox"])
        array([4, 1, 5], dtype=int32)
        >>> vocabulary.decode([4, 1, 5])
        ['the', '<unk>', 'fox']
        >>> labels = Vocabulary(["DET", "NOUN"], specials=())
        >>> labels.encode(["NOUN", "VERB"], unknown=-1)
        array([ 1, -1], dtype=int32)
    """

    def __init__(
        self,
        tokens: Iterable[str],
        counts: Mapping[str, int] | None = None,
        specials: Sequence[str] = SPECIALS,
    ) -> None:
        self.specials = tuple(specials)
        if self.specials not in (SPECIALS, ()):
            raise ValueError(f"`specials` must be {SPECIALS} or (). Received: {specials!r}")
        text_tokens = _list_of_strings(tokens)
        _check_unicode(text_tokens)
        self._tokens = (*self.specials, *text_tokens)
        repeated = [token for token, count in Counter(self._tokens).items() if count > 1]
        if repeated:
            raise ValueError(
                f"Tokens must differ from each other and from the special tokens {self.specials}. "
                f"Received more than once: {_some(repeated)}"
            )
        self._ids = {token: i for i, token in enumerate(text_tokens, start=len(self.specials))}
        self.counts = {token: int(count) for token, count in (counts or {}).items()}
        strangers = [token for token in self.counts if token not in self._ids]
        if strangers:
            raise ValueError(f"`counts` has tokens that `tokens` lacks: {_some(strangers)}")
        if any(count < 0 for count in self.counts.values()):
            raise ValueError(
                f"`counts` must not be negative. Received: {min(self.counts.values())}"
            )

    @classmethod
    def from_tokens(
        cls,
        sentences: Iterable[Iterable[str]],
        min_count: int = 1,
        max_size: int | None = None,
        specials: Sequence[str] = SPECIALS,
    ) -> "Vocabulary":
        """Counts the tokens of a corpus and keeps the frequent ones.

        The most frequent token gets the first id. Equal counts are ordered by code point, so the
        same sentences give the same vocabulary in whatever order they come.

        Args:
            sentences: Token lists, for instance the `tokens` column of a data set.
            min_count: Rarer tokens are left out.
            max_size: Largest vocabulary, special tokens included. `None` keeps all.
            specials: As for `Vocabulary`.

        Returns:
            The vocabulary, with the counts of its tokens.

        Raises:
            TypeError: If a sentence is a string instead of a list, or a token is not a string.
            ValueError: If `min_count` is below 1, or `max_size` has no room for the special tokens.

        Example:
            >>> vocabulary = Vocabulary.from_tokens([["b", "a", "c"], ["c"]], max_size=6)
            >>> vocabulary.tokens
            ('<pad>', '<unk>', '<s>', '</s>', 'c', 'a')
            >>> vocabulary.counts
            {'c': 2, 'a': 1}
        """
        if min_count < 1:
            raise ValueError(f"`min_count` must be at least 1. Received: min_count={min_count}")
        if max_size is not None and max_size < len(specials):
            raise ValueError(
                f"`max_size` must be at least {len(specials)}, the number of special tokens. "
                f"Received: max_size={max_size}"
            )
        seen: Counter[str] = Counter()
        for number, sentence in enumerate(sentences, start=1):
            if isinstance(sentence, str):
                raise TypeError(
                    f"Sentence {number} must be a list of tokens. Received a string: "
                    f"{sentence!r}. Split it first, for instance with WordTokenizer"
                )
            seen.update(sentence)
        _list_of_strings(seen)
        known = [pair for pair in seen.items() if pair[1] >= min_count and pair[0] not in specials]
        known.sort(key=lambda pair: (-pair[1], pair[0]))
        if max_size is not None:
            known = known[: max_size - len(specials)]
        return cls([token for token, _ in known], dict(known), specials)

    @property
    def tokens(self) -> tuple[str, ...]:
        """All tokens in the order of their ids, special tokens included."""
        return self._tokens

    def __len__(self) -> int:
        return len(self._tokens)

    def __contains__(self, token: object) -> bool:
        return token in self._ids

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vocabulary):
            return NotImplemented
        return (self.tokens, self.specials, self.counts) == (
            other.tokens,
            other.specials,
            other.counts,
        )

    __hash__ = None  # type: ignore[assignment]  # its counts can change

    def token_id(self, token: str) -> int:
        """Gives the id of one token: `encode` for a single one.

        Example:
            >>> Vocabulary(["fox"]).token_id("fox")
            4
        """
        return int(self.encode([token])[0])

    def token(self, token_id: int) -> str:
        """Gives the token of one id: `decode` for a single one.

        Example:
            >>> Vocabulary(["fox"]).token(4)
            'fox'
        """
        return self.decode([token_id])[0]

    def encode(self, tokens: Iterable[str], unknown: int | None = None) -> np.ndarray:
        """Turns tokens into ids.

        Args:
            tokens: The tokens of one sentence, or of many in a row.
            unknown: The id for tokens that the vocabulary does not know. `None` means
                `UNKNOWN_ID` where there are special tokens, and an error where there are none.

        Returns:
            Int32 array, `(number of tokens,)`.

        Raises:
            TypeError: If `tokens` is a string, or a token is not a string.
            ValueError: If a token is unknown and there is no id for it.

        Example:
            >>> Vocabulary(["NOUN"], specials=()).encode(["VERB", "NOUN"])
            Traceback (most recent call last):
                ...
            ValueError: Unknown: 'VERB'. Known: 'NOUN'. Pass `unknown` to give unknown ones an id
        """
        tokens = _list_of_strings(tokens)
        if unknown is None and self.specials:
            unknown = UNKNOWN_ID
        if unknown is None:
            strangers = [token for token in dict.fromkeys(tokens) if token not in self._ids]
            if strangers:
                raise ValueError(
                    f"Unknown: {_some(strangers)}. Known: {_some(self._ids)}. "
                    "Pass `unknown` to give unknown ones an id"
                )
        return np.array([self._ids.get(token, unknown) for token in tokens], dtype=np.int32)

    def decode(self, token_ids: Sequence[int] | np.ndarray) -> list[str]:
        """Turns ids into tokens, special ones included.

        Args:
            token_ids: Integers from 0 to `len(vocabulary) - 1`, a list or an array of rank 1.

        Returns:
            One token for each id.

        Raises:
            ValueError: If an id is not an integer or out of range.

        Example:
            >>> Vocabulary(["fox"]).decode([4, 3, 0])
            ['fox', '</s>', '<pad>']
        """
        return [self._tokens[token_id] for token_id in id_list(token_ids, len(self))]

    def to_text(self) -> str:
        """Writes the vocabulary as JSON lines; `vocabulary_file.py` shows what they look like."""
        return format_vocabulary(self._tokens[len(self.specials) :], self.counts, self.specials)

    @classmethod
    def from_text(cls, text: str, name: str, first_line: int = 1) -> "Vocabulary":
        """Reads what `to_text` wrote.

        Args:
            text: The JSON lines.
            name: Where they come from, for error messages.
            first_line: Number of the first line there, for error messages.

        Returns:
            A vocabulary equal to the one written.

        Raises:
            ValueError: With `name` and line, if the text is malformed or cut short.
        """
        tokens, counts, specials = parse_vocabulary(text, name, first_line)
        try:
            return cls(tokens, counts, specials)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error

    def save(self, path: str | PathLike[str]) -> None:
        """Writes a UTF-8 file that a person can read; `load` gives back an equal vocabulary."""
        Path(path).write_text(self.to_text(), encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Vocabulary":
        """Reads a file that `save` wrote.

        Raises:
            FileNotFoundError: If there is no such file.
            ValueError: With path and line, if the file is malformed or cut short.
        """
        return cls.from_text(read_utf8(path), name=str(path))


def _some(tokens: Iterable[str], limit: int = 20) -> str:
    """The first tokens, quoted, for an error message."""
    first = list(islice(tokens, limit + 1))
    return ", ".join(map(repr, first[:limit])) + (", ..." if len(first) > limit else "")


def _list_of_strings(tokens: Iterable[str]) -> list[str]:
    if isinstance(tokens, str):
        raise TypeError(f"`tokens` must be a list of strings. Received a string: {tokens!r}")
    tokens = list(tokens)
    # Asking each type once is much faster than asking each token.
    if not all(issubclass(kind, str) for kind in set(map(type, tokens))):
        position, token = next((i, t) for i, t in enumerate(tokens) if not isinstance(t, str))
        raise TypeError(
            f"A token must be a string. Received: {token!r} ({type(token).__name__}) "
            f"at position {position}"
        )
    return tokens


def _check_unicode(tokens: list[str]) -> None:
    try:
        "".join(tokens).encode("utf-8")
    except UnicodeEncodeError:
        bad = [token for token in tokens if any("\ud800" <= sign <= "\udfff" for sign in token)]
        raise ValueError(
            f"Tokens must be valid Unicode, without lone surrogates. Received: {_some(bad)}"
        ) from None
