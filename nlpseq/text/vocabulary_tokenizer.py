"""What word and character tokenizers share: pieces of text looked up in a vocabulary."""

import copy
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np

from nlpseq.text.specials import SPECIALS, UNKNOWN_ID, UNKNOWN_SIGN, id_list, strip_specials
from nlpseq.text.texts import check_texts
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.vocabulary_update import extend_vocabulary


class VocabularyTokenizer(ABC):
    """Turns text into ids and back by a `Vocabulary` of its pieces.

    A subclass says what the pieces are: `tokenize` and `detokenize`. Pieces that the vocabulary
    does not know become `UNKNOWN_ID`, and `⁇` in decoded text.

    Args:
        vocabulary: The pieces, with the special tokens.

    Raises:
        ValueError: If the vocabulary has no special tokens, or nothing else.

    Example:
        >>> class LetterPairs(VocabularyTokenizer):
        ...     def tokenize(self, text):
        ...         return [text[i : i + 2] for i in range(0, len(text), 2)]
        ...
        ...     def detokenize(self, tokens):
        ...         return "".join(tokens)
        >>> tokenizer = LetterPairs(Vocabulary(["no", "on"]))
        >>> tokenizer.encode("noon!")
        array([4, 5, 1], dtype=int32)
        >>> tokenizer.decode([4, 5, 1, 3, 0])
        'noon⁇'
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        if vocabulary.specials != SPECIALS:
            raise ValueError(
                f"A tokenizer needs a vocabulary with the special tokens {SPECIALS}. "
                f"Received: specials={vocabulary.specials}"
            )
        if len(vocabulary) == len(SPECIALS):
            raise ValueError(
                "The vocabulary is empty: there was no text to learn from, or `min_count` or "
                "`vocab_size` left nothing of it"
            )
        self.vocabulary = vocabulary

    @abstractmethod
    def tokenize(self, text: str) -> list[str]:
        """Splits a text into pieces."""

    @abstractmethod
    def detokenize(self, tokens: Sequence[str]) -> str:
        """Joins pieces into text."""

    @property
    def vocab_size(self) -> int:
        """Number of ids, special tokens included."""
        return len(self.vocabulary)

    def extended(self, texts: Iterable[str], min_count: int = 1) -> Self:
        """Makes a tokenizer that knows the new pieces of some texts too, by ids behind the old.

        Args:
            texts: Sentences.
            min_count: New pieces that are rarer stay unknown.

        Returns:
            The tokenizer; this one stays as it is.
        """
        extended = copy.copy(self)
        sentences = (self.tokenize(text) for text in check_texts(texts))
        extended.vocabulary = extend_vocabulary(self.vocabulary, sentences, min_count)
        return extended

    def encode(self, text: str) -> np.ndarray:
        """Turns a text into ids, without begin and end ids.

        Args:
            text: A string.

        Returns:
            Int32 array, `(number of pieces,)`.

        Raises:
            TypeError: If `text` is not a string.
        """
        if not isinstance(text, str):
            raise TypeError(
                "`encode` takes one string, `encode_batch` several. "
                f"Received: {type(text).__name__}"
            )
        return self.vocabulary.encode(self.tokenize(text))

    def encode_batch(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Turns each text into ids; see `encode`."""
        return [self.encode(text) for text in check_texts(texts)]

    def decode(self, token_ids: Sequence[int] | np.ndarray) -> str:
        """Turns the ids of one sentence into text.

        Args:
            token_ids: Integers. Padding and begin ids are left out, and everything from the first
                end id on.

        Returns:
            The text.

        Raises:
            ValueError: If an id is not an integer or out of range.
        """
        ids = strip_specials(id_list(token_ids, self.vocab_size))
        tokens = self.vocabulary.decode(ids)
        unknown = SPECIALS[UNKNOWN_ID]
        return self.detokenize([UNKNOWN_SIGN if token == unknown else token for token in tokens])

    def decode_batch(self, rows: Sequence[Sequence[int] | np.ndarray] | np.ndarray) -> list[str]:
        """Turns the ids of each sentence into text; see `decode`."""
        return [self.decode(row) for row in rows]
