"""Texts of a data set to ids, and the tokenizer that does it: computed once, then cached."""

import logging
from collections.abc import Sequence
from pathlib import Path

import datasets as hf
import numpy as np
import pyarrow as pa
import sentencepiece

from nlpseq.datasets.cache import cached_files, is_worth_a_file
from nlpseq.datasets.encoding import encoded, id_column
from nlpseq.datasets.fingerprint import fingerprint
from nlpseq.datasets.texts import texts_of
from nlpseq.text.specials import END_ID
from nlpseq.text.tokenizer import (
    Tokenizer,
    load_tokenizer,
    tokenizer_checksum,
    train_tokenizer,
)

logger = logging.getLogger(__name__)

_FILE = "tokenizer"


def text_tokenizer(dataset: hf.Dataset, column: str, kind: str, vocab_size: int) -> Tokenizer:
    """Makes the tokenizer of a column of texts; of 10,000 rows or more it is kept in the cache.

    Args:
        dataset: The rows to learn from.
        column: The column of the texts.
        kind: As for `train_tokenizer`.
        vocab_size: As for `train_tokenizer`.

    Returns:
        The tokenizer.

    Raises:
        ValueError: As `train_tokenizer` and `texts_of`.

    Example:
        >>> rows = hf.Dataset.from_dict({"text": ["a dog", "a cat"]})
        >>> text_tokenizer(rows, "text", "words", vocab_size=20).tokenize("a dog")
        ['a', 'dog']
    """
    if not is_worth_a_file(len(dataset)):
        return train_tokenizer(kind, texts_of(dataset, column), vocab_size)

    def write(folder: Path) -> None:
        logger.info("Training a tokenizer on %d texts", len(dataset))
        train_tokenizer(kind, texts_of(dataset, column), vocab_size).save(folder / _FILE)

    settings = {"text": column, "tokenizer": kind, "vocab_size": vocab_size}
    key = {"data": fingerprint(dataset), **settings, "sentencepiece": sentencepiece.__version__}
    return load_tokenizer(kind, cached_files(key, write) / _FILE)


def encode_texts(
    dataset: hf.Dataset, column: str, tokenizer: Tokenizer, cached: bool = True
) -> pa.ChunkedArray:
    """Turns all texts into ids.

    Args:
        dataset: The rows.
        column: The column of the texts.
        tokenizer: What makes ids of them.
        cached: Whether many rows are kept in the cache, as `encoded` does.

    Returns:
        A list of ids for each row, without begin and end.

    Raises:
        ValueError: As `texts_of`.

    Example:
        >>> rows = hf.Dataset.from_dict({"text": ["a dog", "a cat"]})
        >>> tokenizer = text_tokenizer(rows, "text", "words", vocab_size=20)
        >>> encode_texts(rows, "text", tokenizer).to_pylist()
        [[4, 6], [4, 5]]
    """

    def encode(rows: hf.Dataset) -> pa.Table:
        ids = tokenizer.encode_batch(texts_of(rows, column))
        return pa.table({"text": id_column(ids, 0, tokenizer.vocab_size)})

    if not cached:
        return encode(dataset)["text"]
    checksum = tokenizer_checksum(tokenizer)
    settings = {"text": column, "tokenizer": checksum, "sentencepiece": sentencepiece.__version__}
    return encoded(dataset, encode, settings)["text"]


def joined(texts: Sequence[np.ndarray], backward: bool = False) -> np.ndarray:
    """Puts texts one behind the other, the end id after each.

    Args:
        texts: Ids of each text.
        backward: Whether the last text comes first, and each one's last token.

    Returns:
        Integers, `(tokens,)`.

    Example:
        >>> joined([np.array([5, 6]), np.array([7])]).tolist()
        [5, 6, 3, 7, 3]
        >>> joined([np.array([5, 6]), np.array([7])], backward=True).tolist()
        [7, 3, 6, 5, 3]
    """
    ordered = [text[::-1] for text in reversed(texts)] if backward else texts
    dtype = next((text.dtype for text in ordered), np.dtype(np.int32))
    end = np.array([END_ID], dtype)
    return np.concatenate([np.zeros(0, dtype), *(part for text in ordered for part in (text, end))])
