"""Measures time and memory of tagging a stream: the one grows with its length, the other not.

    python scripts/tagging_stream.py runs/ewt test.conllu --sentences 1000000

It tags the sentences of the file again and again, as a stream of so many, each with a last word
that was never there before, so that what remembers words is seen to forget them. It prints tokens
a second and the peak of memory each time the number of sentences has grown tenfold.
"""

import argparse
import itertools
import resource
import time
from collections.abc import Iterator

import nlpseq

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("model", help="a saved tagger")
parser.add_argument("data", help="sentences that it can read")
parser.add_argument("--sentences", type=int, default=1_000_000)
options = parser.parse_args()

tagger = nlpseq.Tagger.from_pretrained(options.model)
sentences = nlpseq.load_dataset(options.data)[tagger.tokens_column][:]


def endless() -> Iterator[list[str]]:
    """The sentences again and again, each with a last word that was never there before."""
    for number in itertools.count():
        for place, tokens in enumerate(sentences):
            yield [*tokens, f"{number}x{place}"]


start = time.perf_counter()
tokens, report = 0, 10_000
stream = tagger.stream(itertools.islice(endless(), options.sentences))
for done, sentence in enumerate(stream, start=1):
    tokens += len(sentence)
    if done in (report, options.sentences):
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{done:,} sentences, {tokens:,} tokens: {seconds:.0f} s, "
            f"{tokens / seconds:,.0f} tokens/s, peak memory {peak:,.0f} MB",
            flush=True,
        )
        report *= 10
