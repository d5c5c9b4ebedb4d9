"""Pairs to batches of ids, in the usual segmentation or in one drawn anew each epoch."""

from collections.abc import Sequence
from typing import Any

import datasets as hf
import numpy as np

from nlpseq.batching.id_rows import IdRows
from nlpseq.batching.pairs import PairBatches
from nlpseq.batching.sampled_pairs import SampledPairBatches
from nlpseq.datasets.sides import pair_texts
from nlpseq.tasks.pair_encoding import Columns, Tokenizers, encode_pairs
from nlpseq.tasks.pair_selection import select_pairs
from nlpseq.text.subword import SentencePieceTokenizer
from nlpseq.text.tokenizer import Tokenizer


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
    dataset: hf.Dataset,
    columns: Columns,
    tokenizers: Tokenizers,
    max_length: int,
    alpha: float | None = None,
    cached: bool = True,
    **batching: Any,
) -> PairBatches:
    """Makes batches of the pairs that can be learnt from.

    Args:
        dataset: The pairs.
        columns: Names of the source and target sides.
        tokenizers: Of source and target.
        max_length: Most tokens of a side.
        alpha: Where segmentations are to be drawn, how even the draw is: see
            `SentencePieceTokenizer.encode`. `None`: always the usual segmentation.
        cached: As for `encode_pairs`.
        **batching: Keyword arguments of `Batches`.

    Returns:
        The batches.

    Raises:
        ValueError: If no pair is left.

    Example:
        >>> tokenizer = SentencePieceTokenizer.train(["banana bandana"] * 9, vocab_size=20)
        >>> pairs = hf.Dataset.from_dict({"a": ["banana", "bandana banana"], "b": ["banana"] * 2})
        >>> tokenizers = tokenizer, tokenizer
        >>> batches = pair_batches(pairs, ("a", "b"), tokenizers, max_length=40, alpha=0.5)
        >>> type(batches).__name__
        'SampledPairBatches'
    """
    table = encode_pairs(dataset, columns, tokenizers, cached)
    source, target = IdRows(table["source"]), IdRows(table["target"])
    rows = select_pairs(source, target, max_length)
    source, target = source.select(rows), target.select(rows)
    if alpha is None:
        return PairBatches(source, target, **batching)

    def draw(side: int, numbers: np.ndarray, seed: int) -> list[np.ndarray]:
        sentences = pair_texts(dataset.select(rows[numbers]), *columns)[2 + side]
        tokenizer = tokenizers[side]
        if not isinstance(tokenizer, SentencePieceTokenizer):
            raise TypeError(f"Only SentencePiece draws segmentations. Received: {tokenizer.kind}")
        return tokenizer.encode_batch(sentences, sample=True, alpha=alpha, seed=seed)

    return SampledPairBatches(source, target, draw, max_length, **batching)
