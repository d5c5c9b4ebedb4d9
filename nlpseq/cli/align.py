"""`nlpseq align`: pairs of sentences to lines of word links."""

import argparse

from nlpseq.cli.data import load_data
from nlpseq.datasets.sides import pair_texts
from nlpseq.hub import load
from nlpseq.metrics.alignment_picture import alignment_picture
from nlpseq.tasks.translator import Translator
from nlpseq.text.word_alignment import format_links

PAIRS_AT_ONCE = 1000


def align(options: argparse.Namespace) -> None:
    """Writes the links of each pair as a line, and draws one pair."""
    translator = load(options.model)
    if not isinstance(translator, Translator):
        raise ValueError(
            f"{options.model} is a {translator.kind}; `nlpseq align` needs a translator"
        )
    data = load_data(options.data)
    if not 1 <= options.row <= len(data):
        raise ValueError(f"--row must be from 1 to {len(data)}. Received: {options.row}")
    drawn = options.row - 1 if options.picture else -1
    for start in range(0, len(data), PAIRS_AT_ONCE):
        rows = range(start, min(start + PAIRS_AT_ONCE, len(data)))
        _, _, sources, targets = pair_texts(data.select(rows), *translator.columns)
        alignments = translator.align(sources, targets)
        for alignment in alignments:
            print(format_links(alignment.links))
        if drawn in rows:
            alignment_picture(alignments[drawn - start], options.picture)
