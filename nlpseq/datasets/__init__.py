"""Labelled examples from files, folders and the Hugging Face Hub, as Hugging Face data sets.

| file | what it holds |
|---|---|
| `load.py` | `load_dataset`: chooses the reader for a file, a pair of files, a folder or a hub id |
| `any_data.py` | `as_dataset`: rows in memory as a data set; splits |
| `label_names.py` | names for labels that are whole numbers |
| `roles.py` | finds the token and label columns of any data set |
| `sides.py` | finds the two sides of any data set of translations |
| `texts.py` | running text of any data set, a text a row |
| `classes.py` | a text and a label a row, of any data set |
| `values.py` | a text and a number a row |
| `fingerprint.py` | `fingerprint`: whether two data sets hold the same rows |
| `row_source.py` | `stored_rows`, `sample_rows`: rows of a data set or a stream |
| `encoding.py` | `encoded`: strings to ids, in several processes, kept in the cache |
| `mapped.py` | files that are read where they lie; `release_pages` gives back their memory |
| `cache.py` | where the cache lies, and what things in it are called |
| `workers.py` | `in_workers`: `map` in several processes |
| `conllu.py` | CoNLL-U treebanks, read and written |
| `columns.py` | one token a line, its labels beside it (CoNLL-2003, IOB, BIO), read and written |
| `writing.py` | `write_dataset`: data sets to files of all these formats |
| `predictions.py` | predictions as new columns of a data set or stream |
| `pairs.py` | translation pairs: two parallel files, or one tab-separated file |
| `jsonl.py` | one JSON object a line, or one array of them |
| `csv_table.py` | comma-separated values with a header line |
| `text_lines.py` | running text, a text a line |
| `sniffing.py` | what a file holds whose name does not say it |
| `lines.py` | lines of UTF-8 text, plain or gzip, read and written |
| `inspection.py` | `inspect_splits`: what is in a data set, and what may be wrong with it |
| `tagging_inspection.py` | the same of sentences with labels |
| `pair_inspection.py` | the same of pairs |
| `line_check.py` | `check_lines`: odd lines of a text file, before it is read |
| `cleaning.py` | `clean_pairs`: the obvious filters for parallel text |
| `duplicates.py` | rows that are there twice |
| `leakage.py` | `leaked_rows`: rows of a test set that are also in the training set |
| `splits.py` | `hold_out`: a dev set cut from train by a fixed hash; `count_leaks` |
| `unseen.py` | words and labels of a test set that the training set lacks |
| `lengths.py` | lengths of rows: percentiles, bars |
| `length_ratio.py` | how long translations are; pairs with one side far too long |
| `copies.py` | pairs with identical sides |
| `swapped_sides.py` | pairs whose sides are in each other's place |
| `odd_characters.py` | control characters, lost encodings, spaces that look alike |
| `places.py` | rows in which something was found, counted and placed |
| `text_hash.py` | a number that stands for a text, the same everywhere |

The name `datasets` alone always means the Hugging Face package, since imports are absolute.
"""
