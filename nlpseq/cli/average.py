"""`nlpseq average`: several saved models in, one out."""

import argparse

from nlpseq.hub import average
from nlpseq.saving import check_free


def average_models(options: argparse.Namespace) -> None:
    """Averages the weights of saved models."""
    check_free(options.output, options.overwrite)
    average(options.models).save_pretrained(options.output, options.overwrite)
    print(f"The mean of {len(options.models)} models is saved in {options.output}")
