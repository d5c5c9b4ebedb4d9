"""The objects that users hold: strings in, strings out.

| file | concept |
|---|---|
| `task.py` | `Task`: what all tasks share: `fit`, `summary`, saving |
| `tagger.py` | `Tagger`: a label for every token |
| `translator.py` | `Translator`: a sentence in, a sentence out |
| `settings.py` | the check of keyword arguments by name |
| `card.py` | the `README.md` of a saved task |
"""
