"""What a translator needs from a tokenizer, and the tokenizers there are."""

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import ClassVar, Protocol, Self

import numpy as np

from nlpseq.text.characters import CharacterTokenizer
from nlpseq.text.specials import SPECIALS
from nlpseq.text.subword import SentencePieceTokenizer
from nlpseq.text.word_alignment import Words
from nlpseq.text.word_vocabulary import WordVocabularyTokenizer


class Tokenizer(Protocol):
    """Text to ids and back.

    The ids 0 to 3 are those of `specials.py`. `encode` adds none of them: begin, end and padding
    are the business of batching. `decode` leaves out padding and begin ids, and stops at the first
    end id.

    Attributes:
        kind: Its name in `TOKENIZERS`, by which a saved one is found again.
    """

    kind: ClassVar[str]

    @classmethod
    def train(cls, texts: Iterable[str], vocab_size: int) -> Self:
        """Makes a tokenizer with at most `vocab_size` ids from some texts."""
        ...

    def extended(self, texts: Iterable[str], min_count: int = 1) -> Self:
        """Makes a tokenizer that knows new words too, where it is of words, by ids behind the old.

        Args:
            texts: Sentences.
            min_count: New words that are rarer stay unknown.
        """
        ...

    @property
    def vocab_size(self) -> int:
        """Number of ids, special tokens included."""
        ...

    def tokenize(self, text: str) -> list[str]:
        """Splits a text into pieces, one for each id of `encode`."""
        ...

    def words_of(self, tokens: Sequence[str]) -> Words:
        """Puts pieces together to words."""
        ...

    def encode(self, text: str) -> np.ndarray:
        """Turns a text into an int32 array of ids, `(number of pieces,)`."""
        ...

    def encode_batch(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Turns each text into ids."""
        ...

    def decode(self, token_ids: Sequence[int] | np.ndarray) -> str:
        """Turns the ids of one sentence into text."""
        ...

    def decode_batch(self, rows: Sequence[Sequence[int] | np.ndarray] | np.ndarray) -> list[str]:
        """Turns the ids of each sentence into text."""
        ...

    def save(self, path: str | PathLike[str]) -> None:
        """Writes one file."""
        ...

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Reads a file that `save` wrote."""
        ...


TOKENIZERS: dict[str, type[Tokenizer]] = {
    tokenizer.kind: tokenizer
    for tokenizer in (SentencePieceTokenizer, WordVocabularyTokenizer, CharacterTokenizer)
}


def train_tokenizer(kind: str, texts: Sequence[str], vocab_size: int) -> Tokenizer:
    """Makes a tokenizer from some texts.

    Args:
        kind: `"sentencepiece"`, `"words"` or `"characters"`.
        texts: Sentences.
        vocab_size: Most ids, special tokens included.

    Returns:
        The tokenizer.

    Raises:
        ValueError: If there is no such kind, or `vocab_size` leaves no id for text.

    Example:
        >>> train_tokenizer("words", ["a dog", "a cat"], vocab_size=20).vocab_size
        7
    """
    if kind not in TOKENIZERS:
        raise ValueError(f"`tokenizer` must be one of {', '.join(TOKENIZERS)}. Received: {kind!r}")
    if vocab_size <= len(SPECIALS):
        raise ValueError(
            f"`vocab_size` must be more than the {len(SPECIALS)} special tokens. "
            f"Received: vocab_size={vocab_size}"
        )
    return TOKENIZERS[kind].train(texts, vocab_size=vocab_size)


def load_tokenizer(kind: str, path: str | PathLike[str]) -> Tokenizer:
    """Reads a saved tokenizer.

    Args:
        kind: `"sentencepiece"`, `"words"` or `"characters"`.
        path: The file that its `save` wrote.

    Returns:
        The tokenizer.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If there is no such kind, or the file does not hold one.

    Example:
        >>> load_tokenizer("bpe", "en.model")
        Traceback (most recent call last):
            ...
        ValueError: Unknown kind of tokenizer: 'bpe'. Valid: sentencepiece, words, characters
    """
    if kind not in TOKENIZERS:
        raise ValueError(f"Unknown kind of tokenizer: {kind!r}. Valid: {', '.join(TOKENIZERS)}")
    return TOKENIZERS[kind].load(path)


def tokenizer_checksum(tokenizer: Tokenizer) -> str:
    """Tells tokenizers apart that make other ids of a text.

    Args:
        tokenizer: The tokenizer.

    Returns:
        Its kind, and a checksum of the file that it would be saved in.

    Example:
        >>> one, other = (train_tokenizer("words", [text], 9) for text in ("a b", "a c"))
        >>> tokenizer_checksum(one) == tokenizer_checksum(other)
        False
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tokenizer"
        tokenizer.save(path)
        return f"{tokenizer.kind} {hashlib.sha256(path.read_bytes()).hexdigest()}"
