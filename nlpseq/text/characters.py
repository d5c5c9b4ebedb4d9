"""Sentences to character ids and back."""

from collections.abc import Iterable, Sequence
from os import PathLike
from typing import ClassVar, Self

from nlpseq.text.texts import check_texts
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.vocabulary_tokenizer import VocabularyTokenizer
from nlpseq.text.word_alignment import Words, words_between_spaces


class CharacterTokenizer(VocabularyTokenizer):
    """Turns sentences into character ids and back, exactly.

    A character is a Unicode code point, white space included. An accent written as a code point of
    its own, or the parts of a joined emoji, are characters of their own. No normalisation takes
    place, so decoding gives back the very text, but for characters that the vocabulary does not
    know: they become `UNKNOWN_ID`, and `⁇` in decoded text.

    Args:
        vocabulary: The characters, with the special tokens.

    Attributes:
        kind: Its name in `TOKENIZERS`.

    Raises:
        ValueError: If a token is longer than a character, or if the vocabulary has no special
            tokens, or nothing else.

    Example:
        >>> tokenizer = CharacterTokenizer.train(["noon", "no"])
        >>> tokenizer.encode("on!")
        array([5, 4, 1], dtype=int32)
        >>> tokenizer.decode([5, 4, 1, 3, 0])
        'on⁇'
    """

    kind: ClassVar[str] = "characters"

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(vocabulary)
        text_tokens = vocabulary.tokens[len(vocabulary.specials) :]
        longer = [token for token in text_tokens if len(token) != 1]
        if longer:
            raise ValueError(f"Every token must be one character. Received: {longer[0]!r}")

    @classmethod
    def train(cls, texts: Iterable[str], vocab_size: int | None = None, min_count: int = 1) -> Self:
        """Makes a tokenizer from the characters of some texts.

        Args:
            texts: Sentences.
            vocab_size: Most ids, special tokens included. `None` keeps all characters.
            min_count: Rarer characters are left out.

        Returns:
            The tokenizer. The same texts give the same ids.

        Raises:
            TypeError: If `texts` is a string, or a text is not a string.
            ValueError: If no character is left, or `min_count` or `vocab_size` is out of range.
        """
        characters = map(list, check_texts(texts))
        return cls(Vocabulary.from_tokens(characters, min_count=min_count, max_size=vocab_size))

    def tokenize(self, text: str) -> list[str]:
        """Splits a text into characters, known or not."""
        return list(text)

    def words_of(self, tokens: Sequence[str]) -> Words:
        """Puts characters together to the words that stand between spaces."""
        return words_between_spaces(tokens)

    def detokenize(self, tokens: Sequence[str]) -> str:
        """Puts characters together."""
        return "".join(tokens)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes one readable UTF-8 file: the vocabulary."""
        self.vocabulary.save(path)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Reads a file that `save` wrote.

        Raises:
            FileNotFoundError: If there is no such file.
            ValueError: With the path, if the file is malformed, cut short, or holds words.
        """
        vocabulary = Vocabulary.load(path)
        try:
            return cls(vocabulary)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
