"""Scores a saved tagger or translator on a data set.

    python scripts/evaluate.py runs/pos test.conllu
    python scripts/evaluate.py runs/en-de test.en test.de
    python scripts/evaluate.py runs/pos user/name --split test

Prints a JSON object: accuracy of tokens and sentences for a tagger; BLEU and chrF with sacrebleu's
signatures and perplexity for a translator.
"""

import argparse
import json

import nlpseq

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("model", help="folder of a saved model")
parser.add_argument("data", nargs="+", help="a file, two parallel files, a folder or a hub id")
parser.add_argument("--split")
options = parser.parse_args()

task = nlpseq.load(options.model)
scores = task.evaluate(nlpseq.load_dataset(*options.data, split=options.split))
print(json.dumps(scores, indent=2))
