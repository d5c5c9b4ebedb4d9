"""Trains a translator on parallel data and scores it.

    python scripts/train_translator.py --train train.en train.de --dev dev.en dev.de \
        --test test.en test.de --output runs/en-de

The data are two parallel text files, or one file, folder or Hugging Face hub id with pairs:

    python scripts/train_translator.py --train user/name --dev user/name --test user/name \
        --splits train validation test --source en --target de --output runs/en-de

It prints BLEU and chrF on the test set with sacrebleu's signatures and saves the translator.
Multi30k, English to German: see docs/benchmarks.md for scores and minutes.
"""

import argparse

import nlpseq

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("--train", nargs="+", required=True)
parser.add_argument("--dev", nargs="+", required=True)
parser.add_argument("--test", nargs="+", required=True)
parser.add_argument("--splits", nargs=3, default=[None] * 3, help="names of the three splits")
parser.add_argument("--source", help="side to translate from: a language or column")
parser.add_argument("--target", help="side to translate to")
parser.add_argument(
    "--decoder", default="attention", help="attention, input_feeding, state_handoff, repeat_vector"
)
parser.add_argument("--output", required=True)
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--seed", type=int, default=0)
options = parser.parse_args()

# 1. Examples: rows with a sentence in each language.
train, dev, test = (
    nlpseq.load_dataset(*data, split=split)
    for data, split in zip((options.train, options.dev, options.test), options.splits, strict=True)
)

# 2. A translator with subword vocabularies from the training data.
translator = nlpseq.Translator.from_dataset(
    train,
    source=options.source,
    target=options.target,
    decoder=options.decoder,
    seed=options.seed,
)
translator.summary()

# 3. Training: BLEU on the dev set picks the best epoch.
translator.fit(train, validation_data=dev, epochs=options.epochs, seed=options.seed)

# 4. The score that counts, and translations to look at.
print(translator.evaluate(test))

translator.save_pretrained(options.output)
print(f"Saved in {options.output}. Next: nlpseq translate {options.output} < source.txt")
