"""Predictions and references to numbers.

Accuracy is between 0 and 1, BLEU and chrF between 0 and 100, as their communities have it.

| file            | what it holds                                                           |
|-----------------|-------------------------------------------------------------------------|
| `accuracy.py`   | `token_accuracy`, `sentence_accuracy`; `TokenAccuracy` for Keras' `fit` |
| `bleu.py`       | `corpus_scores`: BLEU and chrF of sacrebleu, with their signatures      |
| `perplexity.py` | `Perplexity`, for Keras' `fit`                                          |
"""
