"""Labelled sentences to rows of ids, and the codec that does it: computed once, then cached."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import datasets as hf
import pyarrow as pa

from nlpseq.datasets.cache import cached_files, is_worth_a_file
from nlpseq.datasets.encoding import encoded
from nlpseq.datasets.fingerprint import fingerprint
from nlpseq.datasets.roles import tokens_and_columns
from nlpseq.tasks.tagging_codec import TaggingCodec

CONFIG = "codec.json"


def tagging_codec(
    dataset: hf.Dataset, tokens: str, columns: list[str], **settings: Any
) -> TaggingCodec:
    """Makes the vocabularies; from 10,000 rows on they are kept in the cache.

    Args:
        dataset: The sentences to learn from.
        tokens: The column of the tokens.
        columns: The columns of the labels.
        **settings: Keyword arguments of `TaggingCodec.from_examples`.

    Returns:
        The codec.

    Raises:
        ValueError: If the columns can't be read, or there is no token.

    Example:
        >>> sentences = hf.Dataset.from_dict({"tokens": [["a", "b"]], "pos": [["X", "Y"]]})
        >>> len(tagging_codec(sentences, "tokens", ["pos"], min_count=1).vocabulary)
        6
    """

    def make() -> TaggingCodec:
        sentences, tags = tokens_and_columns(dataset, tokens, columns)
        check_any_token(len(sentences), any(sentences))
        return TaggingCodec.from_examples(sentences, tags, **settings)

    if not is_worth_a_file(len(dataset)):
        return make()

    def write(folder: Path) -> None:
        codec = make()
        codec.save(folder)
        (folder / CONFIG).write_text(json.dumps(codec.config()), encoding="utf-8")

    key = {"data": fingerprint(dataset), "tokens": tokens, "columns": columns, **settings}
    folder = cached_files(key, write)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    return TaggingCodec.load(folder, config)


def encode_sentences(
    dataset: hf.Dataset, tokens: str, codec: TaggingCodec, cached: bool = True
) -> pa.Table:
    """Turns the tokens and labels of all sentences into ids.

    Args:
        dataset: The sentences.
        tokens: The column of the tokens.
        codec: What turns them into ids.
        cached: Whether many rows are kept in the cache, as `encoded` does.

    Returns:
        As from `TaggingCodec.encode`.

    Raises:
        ValueError: If the columns can't be read, or there is no token.

    Example:
        >>> sentences = hf.Dataset.from_dict({"tokens": [["a", "b"]], "pos": [["X", "Y"]]})
        >>> codec = tagging_codec(sentences, "tokens", ["pos"], min_count=1, spelling=False)
        >>> encode_sentences(sentences, "tokens", codec).to_pylist()
        [{'tokens': [4, 5], 'labels pos': [0, 1]}]
    """

    def encode(rows: hf.Dataset) -> pa.Table:
        return codec.encode(*tokens_and_columns(rows, tokens, list(codec.columns)))

    if not cached:
        table = encode(dataset)
    else:
        table = encoded(dataset, encode, {"tokens": tokens, "codec": _checksum(codec)})
    check_any_token(len(dataset), any(len(chunk.values) for chunk in table["tokens"].chunks))
    return table


def check_any_token(sentences: int, any_token: bool) -> None:
    """Makes sure that there is something to learn from.

    Args:
        sentences: How many sentences there are.
        any_token: Whether one has a token.

    Raises:
        ValueError: If none has.

    Example:
        >>> check_any_token(3, any_token=True)
    """
    if not any_token:
        raise ValueError(
            "The data set must have a sentence with a token in it. "
            f"Received: {sentences} sentences, all empty"
        )


def _checksum(codec: TaggingCodec) -> str:
    """Of its files and settings."""
    with tempfile.TemporaryDirectory() as folder:
        codec.save(Path(folder))
        files = sorted(Path(folder).iterdir())
        parts = [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
    return hashlib.sha256(json.dumps([codec.config(), parts]).encode()).hexdigest()
