"""Writes the sample corpora.

Run `python data/generator/generate.py`. Everything comes from the grammars and word lists beside it
and from one seed, so that the same files come out on every machine. A compressed file is left alone
when its text is right: another zlib may pack the same text into other bytes.
"""

import argparse
import gzip
from pathlib import Path

from corpus_tagging import tagging_files
from corpus_translation import translation_files

SEED = 1
SAMPLES = Path(__file__).parents[1] / "samples"
COMPRESS_FROM_BYTES = 500_000


def samples() -> dict[str, bytes]:
    """The content of every sample file, uncompressed.

    Returns:
        UTF-8 text by file name; the name ends in `.gz` if the file is to be compressed.
    """
    files = {}
    for name, text in {**tagging_files(SEED), **translation_files(SEED)}.items():
        content = text.encode("utf-8")
        files[name + (".gz" if len(content) > COMPRESS_FROM_BYTES else "")] = content
    return files


def write(path: Path, content: bytes) -> None:
    """Writes one file, compressed if its name says so.

    Args:
        path: Where.
        content: Uncompressed content.
    """
    if path.suffix != ".gz":
        path.write_bytes(content)
    elif not path.exists() or gzip.decompress(path.read_bytes()) != content:
        with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
            packed.write(content)


def main() -> None:
    """Writes all files into the folder given on the command line, by default `data/samples`."""
    parser = argparse.ArgumentParser(description="Write the sample corpora.")
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in samples().items():
        write(folder / name, content)


if __name__ == "__main__":
    main()
