"""Pairs of texts to batches of ids, in the usual segmentation or in one drawn anew each epoch."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nlpseq.batching.pairs import PairBatches
from nlpseq.batching.sampled_pairs import SampledPairBatches
from nlpseq.tasks.pair_selection import select_pairs
from nlpseq.text.subword import SentencePieceTokenizer
from nlpseq.text.tokenizer import Tokenizer

Sides = tuple[Sequence[str], Sequence[str]]


def check_subword_alpha(alpha: float | None, tokenizers: Sequence[Tokenizer]) -> None:
    """Makes sure that segmentations can be drawn.

    Args:
        alpha: As for `pair_batches`.
        tokenizers: Of both sides.

    Raises:
        ValueError: If `alpha` is negative, or a tokenizer has one segmentation of a text only.

    Example:
        >>> check_subword_alpha(None, [])
    """
    if alpha is None:
        return
    if alpha < 0:
        raise ValueError(f"`subword_alpha` must be 0 or more. Received: subword_alpha={alpha}")
    kinds = [tokenizer.kind for tokenizer in tokenizers]
    if any(kind != SentencePieceTokenizer.kind for kind in kinds):
        raise ValueError(
            '`subword_alpha` needs tokenizer="sentencepiece" on both sides. '
            f"Received: {' and '.join(kinds)}"
        )


def pair_batches(
    texts: Sides,
    tokenizers: tuple[Tokenizer, Tokenizer],
    max_length: int,
    alpha: float | None = None,
    **batching: Any,
) -> PairBatches:
    """Makes batches of the pairs that can be learnt from.

    Args:
        texts: Source and target texts.
        tokenizers: Of source and target.
        max_length: Most tokens of a side.
        alpha: Where segmentations are to be drawn, how even the draw is: see
            `SentencePieceTokenizer.encode`. `None`: always the usual segmentation.
        **batching: Keyword arguments of `Batches`.

    Returns:
        The batches.

    Raises:
        ValueError: If no pair is left.

    Example:
        >>> tokenizer = SentencePieceTokenizer.train(["banana bandana"] * 9, vocab_size=20)
        >>> texts = ["banana", "bandana banana"], ["bandana", "banana"]
        >>> batches = pair_batches(texts, (tokenizer, tokenizer), max_length=40, alpha=0.5)
        >>> type(batches).__name__
        'SampledPairBatches'
    """
    ids = [tokenizer.encode_batch(side) for tokenizer, side in zip(tokenizers, texts, strict=True)]
    rows = select_pairs(ids[0], ids[1], max_length)
    source, target = ([side[row] for row in rows] for side in ids)
    if alpha is None:
        return PairBatches(source, target, **batching)
    kept = [[side[row] for row in rows] for side in texts]

    def draw(side: int, numbers: np.ndarray, seed: int) -> list[np.ndarray]:
        sentences = [kept[side][number] for number in numbers]
        tokenizer = tokenizers[side]
        if not isinstance(tokenizer, SentencePieceTokenizer):
            raise TypeError(f"Only SentencePiece draws segmentations. Received: {tokenizer.kind}")
        return tokenizer.encode_batch(sentences, sample=True, alpha=alpha, seed=seed)

    return SampledPairBatches(source, target, draw, max_length, **batching)
