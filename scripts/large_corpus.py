"""Measures a training on a corpus larger than memory: time and memory of every step.

    python data/generator/large_pairs.py big.parquet --pairs 5000000
    python scripts/large_corpus.py big.parquet --steps 2000

It loads the file, makes a translator, trains it for so many steps, and says after each of these how
long it took, on how many processors, and the most memory that this process, and the largest of its
workers, ever had. Run it twice: the second time nothing is tokenised. With `--in-memory` rows are
taken that fit, and their ids are kept in lists, for comparison. `--tokenising` only measures
tokenising, with 1 and 2 processes and by SentencePiece alone, on the first rows.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sentencepiece

import nlpseq
from nlpseq.batching.pairs import PairBatches
from nlpseq.datasets.encoding import encoded
from nlpseq.tasks.pair_encoding import encode_pairs, pair_tokenizers

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("data", help="a Parquet file of pairs")
parser.add_argument("--steps", type=int, default=2000)
parser.add_argument("--rows", type=int, help="take the first rows only")
parser.add_argument("--units", type=int, default=64)
parser.add_argument("--checkpoints", help="a folder to go on from")
parser.add_argument("--checkpoint-minutes", type=float, default=10.0)
parser.add_argument("--in-memory", action="store_true")
parser.add_argument("--tokenising", action="store_true")
options = parser.parse_args()


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Prints time and memory of a step."""
    start, processor = time.perf_counter(), cpu_seconds()
    yield
    seconds, processor = time.perf_counter() - start, cpu_seconds() - processor
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{what}: {seconds:.1f} s ({processor:.1f} s of processors); peak memory {own:,.0f} MB, "
        f"of a worker {workers:,.0f} MB ({private_megabytes():,.0f} MB now without mapped files)",
        flush=True,
    )


def cpu_seconds() -> float:
    """Of this process and of its workers that have ended."""
    usages = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def private_megabytes() -> float:
    """What this process has now, without pages of files, which the system can take back."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


with measured("loading"):
    dataset = nlpseq.load_dataset(options.data)
    dataset = dataset.select(range(min(options.rows or len(dataset), len(dataset))))
if options.tokenising:
    tokenizers = pair_tokenizers(dataset, ("en", "de"), "sentencepiece", 8000)
    english = dataset["en"][:]
    tokenizers[0].save("tokenising.model")
    plain = sentencepiece.SentencePieceProcessor(model_file="tokenising.model")
    with measured(f"SentencePiece alone, {len(english)} sentences"):
        plain.encode(english, num_threads=1)
    for processes in (1, 2):
        with measured(f"tokenising with {processes} processes, {2 * len(english)} sentences"):
            encoded(
                dataset,
                lambda rows: encode_pairs(rows, ("en", "de"), tokenizers, cached=False),
                {"measured": time.time()},
                processes,
            )
    raise SystemExit
with measured("tokenizers and model"):
    translator = nlpseq.Translator.from_dataset(
        dataset, source="en", target="de", units=options.units, embedding_dim=options.units
    )
with measured("batches"):  # from the cache when they were made before
    batches = translator.batches(dataset, batch_tokens=1024, shuffle=True)
print(f"{len(batches)} batches, {batches.padding_share:.1%} padding")
if options.in_memory:
    batches = PairBatches(*([*side] for side in batches._sides), batch_tokens=1024, shuffle=True)
    vars(translator)["_batches"] = lambda *_, **__: batches
else:
    del batches  # `fit` makes its own
with measured(f"training, {options.steps} steps"):
    history = translator.fit(
        dataset,
        epochs=1,
        steps_per_epoch=options.steps,
        checkpoints=options.checkpoints,
        checkpoint_minutes=options.checkpoint_minutes,
        verbose=2,
    )
print(translator.training["tokens_per_second"], "tokens/s")
