"""Measures what decoding costs by beam size, by batch and by length.

    python scripts/decoding_cost.py runs/en-de

Sources are random tokens, and translations are made exactly as long as their sources, so that all
cells of the table have the same work a token. A cell is the median of several runs, after one that
compiles: milliseconds of one batch, and target tokens a second.
"""

import argparse
import statistics
import time

import numpy as np

import nlpseq
from nlpseq.models.search import Search
from nlpseq.tasks.search_options import SearchOptions
from nlpseq.tasks.translation_search import make_search
from nlpseq.text.specials import END_ID

BEAM_SIZES = (1, 2, 5, 10)
BATCHES = (1, 8, 64, 256)
LENGTHS = (5, 10, 20, 50, 100, 200)
RUNS = 5

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("folder", help="a saved translator")
options = parser.parse_args()


def milliseconds(search: Search, vocab_size: int, batch: int, length: int) -> float:
    """Median time of translating a batch."""
    rng = np.random.default_rng(0)
    source = rng.integers(END_ID + 1, vocab_size, size=(batch, length), dtype=np.int32)
    source[:, -1] = END_ID
    inputs = {"source": source, "source_mask": np.ones(source.shape, bool)}
    seconds = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        found = search.predict_on_batch(inputs)
        seconds.append(time.perf_counter() - start)
    spoken = (found["token_ids"] > 0).sum() / found["token_ids"][..., 0].size
    if not 0.9 * length <= spoken <= length:
        raise RuntimeError(f"Sources have {length} tokens, translations {spoken:.1f}")
    return 1000 * statistics.median(seconds[1:])


model = nlpseq.load(options.folder).model
searches = {
    size: make_search(
        model,
        SearchOptions(beam_size=size, min_length_factor=1, length_factor=1, length_offset=0),
    )
    for size in BEAM_SIZES
}


def show(title: str, cells: list[tuple[int, int, int]]) -> None:
    """Prints a row for each (beam size, batch, length)."""
    print(f"\n{title}\n{'beam':>6}{'batch':>7}{'length':>8}{'ms':>10}{'tokens/s':>10}")
    for size, batch, length in cells:
        took = milliseconds(searches[size], model.source_vocab_size, batch, length)
        speed = batch * length / took * 1000
        print(f"{size:>6}{batch:>7}{length:>8}{took:>10.1f}{speed:>10.0f}", flush=True)


show("beam size and batch", [(size, batch, 20) for size in BEAM_SIZES for batch in BATCHES])
show("length", [(size, 8, length) for size in (1, 5) for length in LENGTHS])
