"""The console command `nlpseq`.

| file | concept |
|---|---|
| `main.py` | the commands and their arguments; errors to exit code 2 |
| `general_options.py` | options of every command, before its name or behind it |
| `command.py` | what runs when a command is given, loaded no sooner |
| `settings.py` | `--config` and `--set`: settings checked against the signatures they are for |
| `data.py` | data arguments: files, folders, hub ids, `@split` |
| `data_commands.py` | the arguments of `nlpseq inspect` and `nlpseq clean` |
| `text_commands.py` | the arguments of `nlpseq classify` and `nlpseq rate` |
| `inspect_data.py` | `nlpseq inspect`: what is in data, and what may be wrong with it |
| `inspection_text.py` | what it prints |
| `clean.py` | `nlpseq clean`: parallel text without what is not worth learning |
| `models.py` | model arguments: a saved folder, or an ensemble of several |
| `train.py` | `nlpseq train` |
| `training_data.py` | its data: dev data that are cut from train, leakage |
| `average.py` | `nlpseq average` |
| `evaluate.py` | `nlpseq evaluate`, `nlpseq show` |
| `align.py` | `nlpseq align`: pairs to lines of word links |
| `predict.py` | `nlpseq tag`: a file or standard input to standard output |
| `classify.py` | `nlpseq classify`, `nlpseq rate`: texts to labels or numbers, one a line |
| `translate.py` | `nlpseq translate` |
| `score.py` | `nlpseq score`: of translations, and of texts |
| `generate.py` | `nlpseq generate`: texts from a language model |
| `search_arguments.py` | the options of a search |
| `json_output.py` | `--json` of `evaluate`, `report` and `inspect` |
| `logs.py` | messages: `--quiet`, `--log-file` |
| `lines.py` | lines of standard input or of a file |
| `report.py` | `nlpseq report`: scores of translations, and comparisons of systems |
| `tag_output.py` | what `nlpseq tag` writes: columns, JSON lines, colours, CoNLL-U |

Keras is imported when a command runs, not before: `nlpseq --help` answers at once.
"""
