"""The console command `nlpseq`.

| file | concept |
|---|---|
| `main.py` | the commands and their arguments; errors to exit code 2 |
| `settings.py` | `--config` and `--set`: settings checked against the signatures they are for |
| `data.py` | data arguments: files, folders, hub ids, `@split` |
| `train.py` | `nlpseq train` |
| `evaluate.py` | `nlpseq evaluate`, `nlpseq show` |
| `predict.py` | `nlpseq tag`, `nlpseq translate`: a file or standard input to standard output |
| `align.py` | `nlpseq align`: pairs to lines of word links |
| `report.py` | `nlpseq report`: scores of translations, and comparisons of systems |
| `tag_output.py` | what `nlpseq tag` writes: columns, JSON lines, colours, CoNLL-U |

Keras is imported when a command runs, not before: `nlpseq --help` answers at once.
"""
