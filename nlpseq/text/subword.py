"""Sentences to subword ids and back, with SentencePiece."""

import secrets
import threading
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import ClassVar, Literal, Self

import numpy as np
import sentencepiece

from nlpseq.text.specials import id_list, strip_specials
from nlpseq.text.subword_model import open_model, train_model
from nlpseq.text.texts import check_texts
from nlpseq.text.word_alignment import Words, words_between_spaces

# SentencePiece has one random seed for the whole process, and a value of it that means none.
_RANDOM = threading.Lock()
_NO_SEED = 2**32 - 1
_SPACE = "▁"  # as SentencePiece writes it in pieces


class SentencePieceTokenizer:
    """Turns sentences into subword ids and back.

    Frequent words are one piece, rare ones several, so that a small vocabulary covers any text. A
    character that the training texts did not have becomes `UNKNOWN_ID`, and `⁇` in decoded text.
    Special tokens are never made from text: the characters `</s>` in a sentence are characters.

    The model normalises text, by default with SentencePiece's own rule `nmt_nfkc`: a space of any
    kind becomes a plain one, and one is enough; compatibility characters become their plain form
    (`ﬁ` is `fi`, `…` is `...`); control characters vanish. Decoded text is normalised text. So
    French `mot !` has the same pieces whether its typist took a no-break, a thin or a plain space,
    and the score does not suffer: BLEU and chrF, as sacrebleu counts them, are the same for each of
    these. `…`, `²` and their like do cost a match where a reference has them; they are much rarer.
    Take `normalization="identity"` where every character counts, or for scripts that need their
    zero-width joiners (Persian, many of India), and `"nmt_nfkc_cf"` to fold case.

    Args:
        model: A trained model: the bytes of a SentencePiece `.model` file with the ids of
            `specials.py`.

    Attributes:
        kind: Its name in `TOKENIZERS`.

    Raises:
        ValueError: If `model` is not such a model, or is cut short.

    Example:
        >>> texts = ["the dog runs", "the dogs run", "a dog runs"]
        >>> tokenizer = SentencePieceTokenizer.train(texts, vocab_size=20)
        >>> token_ids = tokenizer.encode("a dog runs")
        >>> tokenizer.decode([2, *token_ids, 3, 0])
        'a dog runs'

    Reference:
        Kudo and Richardson (2018), https://arxiv.org/abs/1808.06226
    """

    kind: ClassVar[str] = "sentencepiece"

    def __init__(self, model: bytes) -> None:
        self._processor = open_model(model)

    @classmethod
    def train(
        cls,
        texts: Iterable[str],
        vocab_size: int = 8000,
        model_type: Literal["unigram", "bpe"] = "unigram",
        character_coverage: float = 1.0,
        normalization: str = "nmt_nfkc",
        sample_size: int = 250_000,
        seed: int = 0,
    ) -> Self:
        """Learns the pieces from texts.

        The same texts and settings give the same model, as long as SentencePiece is the same
        release. Empty texts are left out, long ones are cut into lines of 1,000 characters.

        Args:
            texts: Sentences. Read once, so a generator over a large file is fine.
            vocab_size: Most ids, special tokens included. Texts that do not hold as many pieces
                give fewer; `tokenizer.vocab_size` tells how many there are.
            model_type: `"unigram"` or `"bpe"`.
            character_coverage: Share of the texts' characters that get ids, from 0.98 to 1; the
                rarest ones are left unknown. SentencePiece recommends 0.9995 for scripts with
                thousands of characters, such as Chinese.
            normalization: SentencePiece's rule for normalising text: `"nmt_nfkc"`,
                `"nmt_nfkc_cf"`, `"nfkc"`, `"nfkc_cf"` (`cf` folds case) or `"identity"`.
            sample_size: Learn from this many lines at most, drawn at random: memory grows with it,
                some 40 bytes a character.
            seed: Decides which lines are drawn.

        Returns:
            The tokenizer.

        Raises:
            TypeError: If `texts` is a string, or a text is not a string.
            ValueError: If there is no text, if `vocab_size` has no room for all characters, or if
                a setting is out of range.
        """
        model = train_model(
            texts,
            vocab_size=vocab_size,
            model_type=model_type,
            character_coverage=character_coverage,
            normalization=normalization,
            sample_size=sample_size,
            seed=seed,
        )
        return cls(model)

    def extended(self, texts: Iterable[str], min_count: int = 1) -> Self:
        """Gives this very tokenizer: its pieces can spell new words, and stay what they are.

        Args:
            texts: Not read.
            min_count: Not used.
        """
        return self

    @property
    def vocab_size(self) -> int:
        """Number of ids, special tokens included."""
        return int(self._processor.get_piece_size())

    def tokenize(self, text: str) -> list[str]:
        """Splits a text into pieces; `▁` stands for a space."""
        pieces: list[str] = self._processor.encode(text, out_type=str)
        return pieces

    def words_of(self, tokens: Sequence[str]) -> Words:
        """Puts pieces together to the words that stand between spaces.

        Example:
            >>> tokenizer = SentencePieceTokenizer.train(["banana bandana"] * 9, vocab_size=20)
            >>> tokenizer.words_of(["▁ban", "ana", "▁ban", "d", "ana"])
            Words(words=['banana', 'bandana'], word_of=[0, 0, 1, 1, 1])
        """
        return words_between_spaces([token.replace(_SPACE, " ") for token in tokens])

    def encode(
        self,
        text: str,
        *,
        sample: bool = False,
        alpha: float = 0.1,
        nbest: int = -1,
        seed: int | None = None,
    ) -> np.ndarray:
        """Turns a text into ids, without begin and end ids.

        Args:
            text: A string.
            sample: Whether to draw one of the ways to split the words, instead of the best one
                (subword regularisation; BPE-dropout for a BPE model). For training only.
            alpha: With `sample`: how even the draw is. For unigram models, 0 makes all ways equally
                likely; for BPE models, the share of merges that are skipped.
            nbest: With `sample`: draw from so many best ways; -1 means from all of them. BPE models
                ignore it.
            seed: With `sample`: the same seed draws the same. `None` draws anew.

        Returns:
            Int32 array, `(number of pieces,)`.

        Raises:
            TypeError: If `text` is not a string.
            ValueError: If it is not valid Unicode.

        Reference:
            Kudo (2018), https://arxiv.org/abs/1804.10959; Provilkov, Emelianenko and Voita (2020),
            https://arxiv.org/abs/1910.13267
        """
        return self.encode_batch([text], sample=sample, alpha=alpha, nbest=nbest, seed=seed)[0]

    def encode_batch(
        self,
        texts: Sequence[str],
        *,
        sample: bool = False,
        alpha: float = 0.1,
        nbest: int = -1,
        seed: int | None = None,
    ) -> list[np.ndarray]:
        """Turns each text into ids; see `encode`. Much faster than one by one.

        Example:
            >>> tokenizer = SentencePieceTokenizer.train(["banana bandana"] * 9, vocab_size=20)
            >>> first, again = (
            ...     tokenizer.encode_batch(["banana"] * 9, sample=True, seed=7) for _ in range(2)
            ... )
            >>> all((a == b).all() for a, b in zip(first, again))
            True
        """
        texts = list(check_texts(texts))
        if sample:
            rows = self._sample_encode(texts, alpha, nbest, seed)
        else:
            rows = self._processor.encode(texts)
        return [np.array(row, dtype=np.int32) for row in rows]

    def _sample_encode(
        self, texts: list[str], alpha: float, nbest: int, seed: int | None
    ) -> list[list[int]]:
        if alpha < 0:
            raise ValueError(f"`alpha` must be 0 or more. Received: alpha={alpha}")
        if nbest != -1 and not 2 <= nbest <= 512:
            raise ValueError(f"`nbest` must be -1, or from 2 to 512. Received: nbest={nbest}")
        if seed is None:
            seed = secrets.randbelow(_NO_SEED)
        if not 0 <= seed < _NO_SEED:
            raise ValueError(f"`seed` must be from 0 to {_NO_SEED - 1}. Received: seed={seed}")
        with _RANDOM:
            sentencepiece.set_random_generator_seed(seed)
            # A list and one thread: in 0.2.0 and 0.2.1 only a new thread heeds the seed, and each
            # of several threads draws the same.
            rows: list[list[int]] = self._processor.encode(
                texts, enable_sampling=True, alpha=alpha, nbest_size=nbest, num_threads=1
            )
        return rows

    def decode(self, token_ids: Sequence[int] | np.ndarray) -> str:
        """Turns the ids of one sentence into text.

        Args:
            token_ids: Integers. Padding and begin ids are left out, and everything from the first
                end id on.

        Returns:
            The text, normalised.

        Raises:
            ValueError: If an id is not an integer or out of range.
        """
        ids = strip_specials(id_list(token_ids, self.vocab_size))
        return str(self._processor.decode(ids))

    def decode_batch(self, rows: Sequence[Sequence[int] | np.ndarray] | np.ndarray) -> list[str]:
        """Turns the ids of each sentence into text; see `decode`."""
        return [self.decode(row) for row in rows]

    def to_bytes(self) -> bytes:
        """The model, as the constructor takes it."""
        return bytes(self._processor.serialized_model_proto())

    def save(self, path: str | PathLike[str]) -> None:
        """Writes a `.model` file, which SentencePiece's own tools read too."""
        Path(path).write_bytes(self.to_bytes())

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Reads a `.model` file, from `save` or from SentencePiece's own tools.

        Raises:
            FileNotFoundError: If there is no such file.
            ValueError: With the path, if the file is no SentencePiece model, cut short, or has
                other special ids.
        """
        model = Path(path).read_bytes()
        try:
            return cls(model)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
