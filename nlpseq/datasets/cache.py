"""Where results that take long to compute are kept on the disk, and under which names.

They lie in the folder `nlpseq` of the cache of Hugging Face `datasets`: by default
`~/.cache/huggingface/datasets/nlpseq`, or where `HF_DATASETS_CACHE` or `HF_HOME` say. A name is a
checksum of everything the result follows from. Any of it may be removed at any time, and is
computed again when it is needed.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import datasets as hf

from nlpseq.saving import new_file

# Fewer rows are not worth a file: what is made of them takes a second or two.
CACHED_ROWS = 10_000
# Part of every name: another version of what is kept is another result.
FORMAT = 1


def is_worth_a_file(rows: int) -> bool:
    """Whether so many rows are kept in the cache."""
    return rows >= CACHED_ROWS


def cache_folder() -> Path:
    """The folder of the cache; it need not exist."""
    return Path(hf.config.HF_DATASETS_CACHE) / "nlpseq"


def cached_path(key: Mapping[str, Any], suffix: str = "") -> Path:
    """The place of a result in the cache.

    Args:
        key: Everything the result follows from, as JSON values.
        suffix: How the name ends.

    Returns:
        The path; whether there is something tells whether the result was computed before.

    Example:
        >>> cached_path({"seed": 1}, ".arrow") == cached_path({"seed": 1}, ".arrow")
        True
        >>> cached_path({"seed": 1}) == cached_path({"seed": 2})
        False
    """
    text = json.dumps({"format": FORMAT, **key}, sort_keys=True)
    return cache_folder() / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}{suffix}"


@contextmanager
def new_cached_file(path: Path) -> Iterator[BinaryIO]:
    """Writes a file of the cache, whole or not at all.

    Several processes may write the same one at the same time.

    Args:
        path: As `cached_path` gives it.

    Yields:
        A binary file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    with new_file(own) as stream:
        yield stream
    own.replace(path)


def cached_files(key: Mapping[str, Any], write: Callable[[Path], None]) -> Path:
    """Gives a folder of the cache, after it was made where it was not there.

    Args:
        key: As for `cached_path`.
        write: Writes the files into a folder.

    Returns:
        The folder.

    Example:
        >>> hf.config.HF_DATASETS_CACHE = tempfile.mkdtemp()
        >>> folder = cached_files({"n": 1}, lambda folder: (folder / "a").touch())
        >>> [file.name for file in folder.iterdir()]
        ['a']
    """
    path = cached_path(key)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
        try:
            write(own)
            if not path.exists():
                own.rename(path)
        finally:
            shutil.rmtree(own, ignore_errors=True)
    return path
