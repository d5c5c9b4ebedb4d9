"""Ids to padded arrays: `(batch, time)` with masks and weights, in a few fixed shapes.

| file           | what it holds                                                               |
|----------------|-----------------------------------------------------------------------------|
| `padding.py`   | `pad` and `mask_of`: right padding                                          |
| `id_rows.py`   | `IdRows`: rows of ids in a mapped Arrow file                                |
| `budget.py`    | `suitable_batch_tokens`: the slots of a batch, by the size of the data      |
| `buckets.py`   | `bucket_widths` and `assign`: the padded widths that waste the fewest slots |
| `batches.py`   | `Batches`: what every batcher shares: buckets, shapes, order, filler rows   |
| `ladder.py`    | `sorted_batches`: the longest first, in shapes that repeat: for prediction  |
| `ahead.py`     | `ahead`: the next batch is made while one is computed                       |
| `steps.py`     | `Steps`: epochs of so many batches, of a stream or of several passes         |
| `rest.py`      | `RestOfEpoch`: an epoch that begins in its middle                           |
| `tagging.py`   | `TaggingBatches`: token ids, and tag ids of each column                     |
| `spellings.py` | `Spellings`: the characters of a batch, each distinct word once             |
| `sequences.py` | `SequenceBatches`: token ids, and a class or values of each text            |
| `pairs.py`     | `PairBatches`: source ids and target ids                                    |
| `sampled_pairs.py` | `SampledPairBatches`: other segmentations in each epoch, in the same shapes |
| `continuous.py` | `ContinuousBatches`: one long text, read as parallel streams            |
| `sentences.py` | `SentenceBatches`: sentences by themselves, for a language model             |
| `prompts.py`   | `PromptBatches`: beginnings of texts, to be gone on with                    |
| `windows.py`   | `windows` over a long series, with the values that follow; `time_major`     |
"""
