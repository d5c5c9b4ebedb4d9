#!/usr/bin/env bash
# Sets up a virtual environment, trains a tagger and a translator on the sample corpora in data/,
# scores both and prints predictions. Under five minutes on 2 cores, after the download.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

source scripts/environment.sh
install_nlpseq

samples=data/samples
runs="$(mktemp -d "${TMPDIR:-/tmp}/nlpseq-quickstart.XXXXXX")"

echo
echo "== 1. A part-of-speech tagger (data: $samples/pos-en.*)"
nlpseq train tagger --train $samples/pos-en.train.conllu.gz --dev $samples/pos-en.dev.conllu \
    --test $samples/pos-en.test.conllu --label upos --output "$runs/pos-en" --set epochs=5

echo
echo "== 2. An English-German translator (data: $samples/en-de.*)"
nlpseq train translator --train $samples/en-de.train.{en,de} --dev $samples/en-de.dev.{en,de} \
    --test $samples/en-de.test.{en,de} --output "$runs/en-de" --config scripts/recipes/sample-en-de.yaml

echo
echo "== 3. Predictions"
echo "nlpseq tag $runs/pos-en:"
printf '%s\n' "The quick children watch her run ." | nlpseq tag "$runs/pos-en"
echo "nlpseq translate $runs/en-de (sentences that the model has never seen, their translations, the right ones):"
head -n 8 $samples/en-de.test.en > "$runs/source.txt"
nlpseq translate "$runs/en-de" < "$runs/source.txt" > "$runs/found.txt"
head -n 8 $samples/en-de.test.de | paste -d '\n' "$runs/source.txt" "$runs/found.txt" - |
    awk 'NR % 3 == 1 {print "  en:   " $0} NR % 3 == 2 {print "  ours: " $0} NR % 3 == 0 {print "  de:   " $0 "\n"}'

cat <<EOT
== What next
  source ${NLPSEQ_VENV:-.venv}/bin/activate
  echo "The old dog sleeps ." | nlpseq tag $runs/pos-en
  echo "The cat is sleeping." | nlpseq translate $runs/en-de
  nlpseq show $runs/en-de
  nlpseq train tagger --train YOUR.conllu --dev YOUR-DEV.conllu --label upos --output runs/mine
  docs/quickstart.md tells the same in Python, docs/tagging.md and docs/translation.md the rest.
EOT
