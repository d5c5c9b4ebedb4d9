"""Texts of pairs to rows of ids, and the tokenizers that do it: computed once, then cached."""

import logging
from pathlib import Path
from typing import Any

import datasets as hf
import pyarrow as pa
import sentencepiece

from nlpseq.datasets.cache import cached_files, is_worth_a_file
from nlpseq.datasets.encoding import encoded, id_column
from nlpseq.datasets.fingerprint import fingerprint
from nlpseq.datasets.sides import pair_texts
from nlpseq.datasets.workers import in_workers
from nlpseq.text.tokenizer import (
    Tokenizer,
    load_tokenizer,
    tokenizer_checksum,
    train_tokenizer,
)
from nlpseq.text.tokenizer_pair import TokenizerPair

logger = logging.getLogger(__name__)

Columns = tuple[str, str]
Tokenizers = tuple[Tokenizer, Tokenizer]


def pair_tokenizers(
    dataset: hf.Dataset, columns: Columns, kind: str, vocab_size: int, joint: bool = False
) -> TokenizerPair:
    """Makes the tokenizers of both sides.

    From 10,000 rows on both are made at the same time, in processes of their own, and kept in the
    cache, where they are found for the same rows and settings.

    Args:
        dataset: The pairs to learn from.
        columns: Names of the source and target sides.
        kind: As for `train_tokenizer`.
        vocab_size: As for `train_tokenizer`.
        joint: Whether one tokenizer learns from both sides.

    Returns:
        The tokenizers of source and target.

    Raises:
        ValueError: As `train_tokenizer`.

    Example:
        >>> pairs = hf.Dataset.from_dict({"en": ["a dog"], "de": ["ein Hund"]})
        >>> english, _ = pair_tokenizers(pairs, ("en", "de"), "words", vocab_size=20)
        >>> english.tokenize("a dog")
        ['a', 'dog']
    """

    def train(sides: tuple[int, ...]) -> Tokenizer:
        texts = pair_texts(dataset, *columns)[2:]
        return train_tokenizer(kind, [text for side in sides for text in texts[side]], vocab_size)

    of_one = [(0, 1)] if joint else [(0,), (1,)]  # the sides that each tokenizer learns from
    if not is_worth_a_file(len(dataset)):
        made = [train(sides) for sides in of_one]
        return TokenizerPair(made[0], made[-1])

    def write(folder: Path) -> None:
        logger.info("Training tokenizers on %d pairs", len(dataset))

        def train_and_save(number: int) -> None:
            train(of_one[number]).save(folder / str(number))

        list(in_workers(train_and_save, range(len(of_one)), processes=2))

    settings = {"columns": columns, "tokenizer": kind, "vocab_size": vocab_size, "joint": joint}
    folder = cached_files({"data": fingerprint(dataset), **settings, **_version()}, write)
    found = [load_tokenizer(kind, folder / str(number)) for number in range(len(of_one))]
    return TokenizerPair(found[0], found[-1])


def encode_pairs(
    dataset: hf.Dataset, columns: Columns, tokenizers: Tokenizers, cached: bool = True
) -> pa.Table:
    """Turns both sides of all pairs into ids.

    Args:
        dataset: The pairs.
        columns: Names of the source and target sides.
        tokenizers: Of source and target.
        cached: Whether many rows are kept in the cache, as `encoded` does.

    Returns:
        The columns `source` and `target`, lists of ids without begin and end.

    Raises:
        ValueError: If the sides can't be found, or a text is missing.

    Example:
        >>> pairs = hf.Dataset.from_dict({"en": ["a dog"], "de": ["ein Hund"]})
        >>> tokenizers = pair_tokenizers(pairs, ("en", "de"), "words", vocab_size=20)
        >>> encode_pairs(pairs, ("en", "de"), tokenizers).to_pylist()
        [{'source': [4, 5], 'target': [5, 4]}]
    """

    def encode(rows: hf.Dataset) -> pa.Table:
        _, _, *texts = pair_texts(rows, *columns)
        sides = zip(("source", "target"), tokenizers, texts, strict=True)
        return pa.table(
            {
                side: id_column(tokenizer.encode_batch(text), 0, tokenizer.vocab_size)
                for side, tokenizer, text in sides
            }
        )

    if not cached:
        return encode(dataset)
    checksums = [tokenizer_checksum(tokenizer) for tokenizer in tokenizers]
    return encoded(dataset, encode, {"columns": columns, "tokenizers": checksums, **_version()})


def _version() -> dict[str, Any]:
    return {"sentencepiece": sentencepiece.__version__}
