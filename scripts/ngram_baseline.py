"""Bits per character of an interpolated n-gram model: what a language model has to beat.

    python scripts/ngram_baseline.py train.txt test.txt --order 5

A character has the probability `(count(h c) + types(h) p(c | h')) / (count(h) + types(h))` after
the `order - 1` characters `h` before it, where `h'` is `h` without its first character, and
`types(h)` counts the different characters that were seen after `h` (Witten and Bell 1991, as in
Chen and Goodman 1999, section 2.6, https://arxiv.org/abs/cmp-lg/9606011). Below the empty `h` all
characters of the training text, and one that stands for all others, are equally probable. A line
feed is a character, as in `evaluate` of a `LanguageModel`, so that both may be compared.
"""

import argparse
import math
from collections import Counter, defaultdict

import nlpseq
from nlpseq.datasets.texts import text_column, texts_of

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("train", help="texts to count in: a file, a folder or a hub id")
parser.add_argument("test", help="texts to score")
parser.add_argument("--text", help="their column")
parser.add_argument("--order", type=int, default=5, help="characters of an n-gram")
options = parser.parse_args()


def characters_of(data: str) -> str:
    """All texts, a line feed behind each."""
    dataset = nlpseq.load_dataset(data)
    column = text_column(dataset, options.text)
    return "".join(f"{text}\n" for text in texts_of(dataset, column))


class NGrams:
    """Counts of characters after contexts of every length.

    Args:
        text: The text to count in.
        order: Longest n-gram.
    """

    def __init__(self, text: str, order: int) -> None:
        self.order = order
        self.after: defaultdict[str, Counter[str]] = defaultdict(Counter)
        padded = "\n" * (order - 1) + text  # as if a text had just ended
        for place in range(order - 1, len(padded)):
            for size in range(order):
                self.after[padded[place - size : place]][padded[place]] += 1
        self.totals = {context: sum(found.values()) for context, found in self.after.items()}
        self.uniform = 1 / (len(self.after[""]) + 1)

    def probability(self, character: str, context: str) -> float:
        """Of a character after the characters before it."""
        found = self.uniform
        for size in range(min(self.order - 1, len(context)) + 1):
            counts = self.after.get(context[len(context) - size :])
            if counts is None:  # nor was a longer one ever seen
                break
            total = self.totals[context[len(context) - size :]]
            found = (counts[character] + len(counts) * found) / (total + len(counts))
        return found


model = NGrams(characters_of(options.train), options.order)
test = characters_of(options.test)
padded = "\n" * (options.order - 1) + test
bits = 0.0
for place in range(options.order - 1, len(padded)):
    context = padded[place - options.order + 1 : place]
    bits -= math.log2(model.probability(padded[place], context))
print(f"{len(test):,} characters, {bits / len(test):.4f} bits per character")
