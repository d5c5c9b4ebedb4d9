"""Labelled examples from files, folders and the Hugging Face Hub, as Hugging Face data sets.

| file | what it holds |
|---|---|
| `load.py` | `load_dataset`: chooses the reader for a file, a pair of files, a folder or a hub id |
| `roles.py` | finds the token, label, source and target columns of any data set |
| `fingerprint.py` | `fingerprint`: whether two data sets hold the same rows |
| `row_source.py` | `stored_rows`, `sample_rows`: rows of a data set or a stream |
| `encoding.py` | `encoded`: strings to ids, in several processes, kept in the cache |
| `cache.py` | where the cache lies, and what things in it are called |
| `workers.py` | `in_workers`: `map` in several processes |
| `conllu.py` | CoNLL-U treebanks, read and written |
| `columns.py` | one token a line, its labels beside it (CoNLL-2003, IOB, BIO), read and written |
| `pairs.py` | translation pairs: two parallel files, or one tab-separated file |
| `jsonl.py` | one JSON object a line |
| `csv_table.py` | comma-separated values with a header line |
| `lines.py` | lines of UTF-8 text, plain or gzip, read and written |

The name `datasets` alone always means the Hugging Face package, since imports are absolute.
"""
