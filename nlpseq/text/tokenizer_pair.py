"""The tokenizers of both sides of a translation."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from nlpseq.text.tokenizer import Tokenizer, load_tokenizer, train_tokenizer

SOURCE, TARGET, JOINT = "source.tokenizer", "target.tokenizer", "joint.tokenizer"


class TokenizerPair(NamedTuple):
    """A tokenizer for each side, or one and the same for both: a joint vocabulary.

    With a joint vocabulary, what is written alike on both sides, such as names and numbers, is cut
    into the same pieces and has the same ids.

    Attributes:
        source: Source text and ids.
        target: Target text and ids.

    Example:
        >>> pair = TokenizerPair.train("words", ["Ada runs"], ["Ada läuft"], 20, joint=True)
        >>> pair.source.encode("Ada") == pair.target.encode("Ada"), pair.target.vocab_size
        (array([ True]), 7)

    Reference:
        Sennrich, Haddow and Birch (2016), section 3.2, https://arxiv.org/abs/1508.07909
    """

    source: Tokenizer
    target: Tokenizer

    @classmethod
    def train(
        cls,
        kind: str,
        sources: Sequence[str],
        targets: Sequence[str],
        vocab_size: int,
        joint: bool = False,
    ) -> "TokenizerPair":
        """Makes the tokenizers from the texts of both sides.

        Args:
            kind: As for `train_tokenizer`.
            sources: Source sentences.
            targets: Target sentences.
            vocab_size: Most ids of each tokenizer, special tokens included.
            joint: Whether one tokenizer learns from both sides.

        Returns:
            The pair.

        Raises:
            ValueError: As `train_tokenizer`.
        """
        if joint:
            tokenizer = train_tokenizer(kind, [*sources, *targets], vocab_size)
            return cls(tokenizer, tokenizer)
        sides = (train_tokenizer(kind, texts, vocab_size) for texts in (sources, targets))
        return cls(*sides)

    @property
    def is_joint(self) -> bool:
        """Whether both sides have the same tokenizer."""
        return self.source is self.target

    def extended(
        self, sources: Sequence[str], targets: Sequence[str], min_count: int = 1
    ) -> "TokenizerPair":
        """Makes a pair that knows new words too; see `Tokenizer.extended`.

        Args:
            sources: Source sentences.
            targets: Target sentences.
            min_count: New words that are rarer stay unknown.

        Returns:
            The pair, joint if this one is.
        """
        if self.is_joint:
            tokenizer = self.source.extended([*sources, *targets], min_count)
            return TokenizerPair(tokenizer, tokenizer)
        return TokenizerPair(
            self.source.extended(sources, min_count), self.target.extended(targets, min_count)
        )

    def save(self, folder: Path) -> None:
        """Writes a file for each tokenizer, two or one.

        Args:
            folder: Where to write.
        """
        if self.is_joint:
            self.source.save(folder / JOINT)
            return
        self.source.save(folder / SOURCE)
        self.target.save(folder / TARGET)

    @classmethod
    def load(cls, folder: Path, kinds: Sequence[str]) -> "TokenizerPair":
        """Reads what `save` wrote.

        Args:
            folder: Where it wrote.
            kinds: The kinds of both tokenizers.

        Returns:
            The pair.

        Raises:
            FileNotFoundError: If a file is missing.
            ValueError: If a file is damaged, or there is no such kind.
        """
        source_kind, target_kind = kinds
        if (folder / JOINT).exists():
            tokenizer = load_tokenizer(source_kind, folder / JOINT)
            return cls(tokenizer, tokenizer)
        return cls(
            load_tokenizer(source_kind, folder / SOURCE),
            load_tokenizer(target_kind, folder / TARGET),
        )
