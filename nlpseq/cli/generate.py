"""`nlpseq generate`: texts from a saved language model."""

import argparse

from nlpseq.cli.lines import read_lines
from nlpseq.cli.models import load_kind
from nlpseq.tasks.language_model import LanguageModel

# Keyword arguments of `LanguageModel.variants` that the command line has under the same names.
_NAMES = (
    *("max_length", "beam_size", "temperature", "top_k", "top_p"),
    *("no_repeat_ngram_size", "over_lines", "seed"),
)


def generate(options: argparse.Namespace) -> None:
    """Writes the texts of each prompt, one a line; with several of each, an empty line behind."""
    model = load_kind([options.model], LanguageModel, "generate")
    prompts = list(read_lines(None)) if options.prompt == "-" else [options.prompt]
    settings = {name: getattr(options, name) for name in _NAMES}
    for texts in model.variants(prompts, options.num, **settings):
        for text in texts:
            print(text)
        if options.num > 1 or options.over_lines:
            print()
