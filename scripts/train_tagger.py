"""Trains a tagger on any labelled data and scores it.

    python scripts/train_tagger.py --train train.conllu --dev dev.conllu --test test.conllu \
        --label upos --output runs/pos

The data are files, folders or Hugging Face hub ids, with the names of their splits:

    python scripts/train_tagger.py --train user/name --dev user/name --test user/name \
        --splits train validation test --label upos --output runs/pos

It prints the scores on the test set and saves the tagger, which `nlpseq.load` brings back.
English Web Treebank, parts of speech: see docs/benchmarks.md for scores and minutes.
"""

import argparse

import nlpseq

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
parser.add_argument("--train", required=True)
parser.add_argument("--dev", required=True)
parser.add_argument("--test", required=True)
parser.add_argument("--splits", nargs=3, default=[None] * 3, help="names of the three splits")
parser.add_argument("--label", help="column to learn, where several exist")
parser.add_argument("--output", required=True)
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--seed", type=int, default=0)
options = parser.parse_args()

# 1. Examples: rows with a list of tokens and a list of as many labels.
train, dev, test = (
    nlpseq.load_dataset(data, split=split)
    for data, split in zip((options.train, options.dev, options.test), options.splits, strict=True)
)

# 2. A tagger with vocabulary, labels and sizes from the training data.
tagger = nlpseq.Tagger.from_dataset(train, label=options.label, seed=options.seed)
tagger.summary()

# 3. Training: the dev set picks the best epoch.
tagger.fit(train, validation_data=dev, epochs=options.epochs, seed=options.seed)

# 4. The score that counts, and predictions to look at.
print(tagger.evaluate(test))
for sentence in tagger.predict(test[tagger.tokens_column][:3]):
    print(" ".join(f"{token}/{label}" for token, label in sentence))

tagger.save_pretrained(options.output)
print(f"Saved in {options.output}. Next: nlpseq tag {options.output} < sentences.txt")
