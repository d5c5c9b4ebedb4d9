"""Writes a large corpus of English-German pairs, to try what does not fit into memory.

Run `python data/generator/large_pairs.py big.parquet --pairs 5000000`: about 1 GB of text, in two
minutes and little memory. It needs `pyarrow`. A pair is one to four pairs of the grammar, some with
an invented name in them, so that words are many and lengths differ.
"""

import argparse
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus_translation import reads_well
from grammar_pairs import PairGrammar

SEED = 1
POOL = 20_000  # different pairs of the grammar
ROWS_AT_ONCE = 50_000
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]


def large_pairs(seed: int, pool: int = POOL) -> Iterator[tuple[str, str]]:
    """English and German texts without end.

    Args:
        seed: Of the random choices.
        pool: How many different pairs of the grammar they are put together from.

    Yields:
        Pairs of texts.
    """
    rng = random.Random(f"{seed} large")
    grammar = PairGrammar(rng)
    sentences = list(islice((p for p in iter(grammar.pair, None) if reads_well(p[0])), pool))
    while True:
        parts = [sentences[int(pool * rng.random())] for _ in range(rng.choice((1, 2, 2, 3, 3, 4)))]
        english, german = (" ".join(side) for side in zip(*parts, strict=True))
        if rng.random() < 0.5:
            name = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 3, 4)))).title()
            english, german = f"{name}: {english}", f"{name}: {german}"
        yield english, german


def main() -> None:
    """Writes the Parquet file named on the command line."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parser = argparse.ArgumentParser(description="Write a large corpus of pairs.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--pairs", type=int, default=5_000_000)
    options = parser.parse_args()
    schema = pa.schema({"en": pa.string(), "de": pa.string()})
    with pq.ParquetWriter(options.file, schema) as writer:
        pairs = islice(large_pairs(SEED), options.pairs)
        while rows := list(islice(pairs, ROWS_AT_ONCE)):
            english, german = zip(*rows, strict=True)
            writer.write_table(pa.table({"en": english, "de": german}, schema))


if __name__ == "__main__":
    main()
