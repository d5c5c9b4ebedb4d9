"""Sentences to word ids and back."""

import json
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import ClassVar, Self

from nlpseq.text.texts import check_texts
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.vocabulary_file import read_utf8
from nlpseq.text.vocabulary_tokenizer import VocabularyTokenizer
from nlpseq.text.word_alignment import Words
from nlpseq.text.words import WordTokenizer

FORMAT_VERSION = 1


class WordVocabularyTokenizer(VocabularyTokenizer):
    """Turns sentences into word ids and back: a `WordTokenizer` with a `Vocabulary`.

    Words that the vocabulary does not know become `UNKNOWN_ID`, and `⁇` in decoded text. Decoding
    puts spaces where they usually are, which is a best effort; see `WordTokenizer.detokenize`.

    Args:
        vocabulary: The words, with the special tokens.
        lowercase: Whether words are turned into lower case.

    Attributes:
        kind: Its name in `TOKENIZERS`.

    Raises:
        ValueError: If the vocabulary has no special tokens, or nothing else.

    Example:
        >>> tokenizer = WordVocabularyTokenizer.train(["A dog runs.", "A cat runs."])
        >>> tokenizer.encode("A dog sleeps.")
        array([5, 8, 1, 4], dtype=int32)
        >>> tokenizer.decode([5, 8, 1, 4, 3, 0])
        'A dog ⁇.'
    """

    kind: ClassVar[str] = "words"

    def __init__(self, vocabulary: Vocabulary, lowercase: bool = False) -> None:
        super().__init__(vocabulary)
        self.words = WordTokenizer(lowercase=lowercase)

    @classmethod
    def train(
        cls,
        texts: Iterable[str],
        vocab_size: int | None = None,
        min_count: int = 1,
        lowercase: bool = False,
    ) -> Self:
        """Makes a tokenizer from the words of some texts.

        Args:
            texts: Sentences.
            vocab_size: Most ids, special tokens included. `None` keeps all words.
            min_count: Rarer words are left out.
            lowercase: Whether to turn words into lower case.

        Returns:
            The tokenizer. The same texts give the same ids.

        Raises:
            TypeError: If `texts` is a string, or a text is not a string.
            ValueError: If no word is left, or `min_count` or `vocab_size` is out of range.
        """
        words = WordTokenizer(lowercase=lowercase)
        sentences = (words.tokenize(text) for text in check_texts(texts))
        vocabulary = Vocabulary.from_tokens(sentences, min_count=min_count, max_size=vocab_size)
        return cls(vocabulary, lowercase)

    def tokenize(self, text: str) -> list[str]:
        """Splits a text into words, known or not."""
        return self.words.tokenize(text)

    def words_of(self, tokens: Sequence[str]) -> Words:
        """Takes each token for a word."""
        return Words(list(tokens), list(range(len(tokens))))

    def detokenize(self, tokens: Sequence[str]) -> str:
        """Joins words into text; see `WordTokenizer.detokenize`."""
        return self.words.detokenize(tokens)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes one readable UTF-8 file: a line of settings, then the vocabulary."""
        settings = {"nlpseq_words": FORMAT_VERSION, "lowercase": self.words.lowercase}
        text = json.dumps(settings) + "\n" + self.vocabulary.to_text()
        Path(path).write_text(text, encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Reads a file that `save` wrote.

        Raises:
            FileNotFoundError: If there is no such file.
            ValueError: With path and line, if the file is malformed or cut short.
        """
        first_line, _, rest = read_utf8(path).partition("\n")
        try:
            settings = json.loads(first_line)
        except ValueError:
            settings = None
        if settings not in (
            {"nlpseq_words": FORMAT_VERSION, "lowercase": False},
            {"nlpseq_words": FORMAT_VERSION, "lowercase": True},
        ):
            raise ValueError(
                f'{path}:1: not a word tokenizer: expected {{"nlpseq_words": {FORMAT_VERSION}, '
                f'"lowercase": false or true}}, found {first_line[:80]!r}'
            )
        vocabulary = Vocabulary.from_text(rest, name=str(path), first_line=2)
        return cls(vocabulary, settings["lowercase"])
