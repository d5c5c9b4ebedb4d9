"""Predictions and references to numbers.

Accuracy and F1 are between 0 and 1, BLEU and chrF between 0 and 100, as their communities have it.

| file                   | what it holds                                                           |
|------------------------|-------------------------------------------------------------------------|
| `accuracy.py`          | `token_accuracy`, `sentence_accuracy`; `TokenAccuracy` for Keras' `fit` |
| `alignment.py`         | the check that there is a label for every label                         |
| `alignment_error.py`   | `alignment_scores`: links of words against those that people made       |
| `alignment_picture.py` | what each token of a translation looks at, as a heat map                |
| `bleu.py`              | `corpus_scores`: BLEU and chrF of sacrebleu, with their signatures      |
| `classification.py`    | `classification_scores`: accuracy and F1 of a label for each row        |
| `confusion.py`         | which labels are taken for which: counts, errors, table, picture        |
| `log_probability.py`   | `LogProbability`, for Keras' `fit`: higher is better                    |
| `perplexity.py`        | `Perplexity`, for Keras' `fit`                                          |
| `quality.py`           | `quality_report`: all scores, by length, and the worst sentences        |
| `quality_text.py`      | reports and comparisons as text to read                                 |
| `references.py`        | right translations in the order that sacrebleu wants them               |
| `regression.py`        | `regression_scores`: errors of a number for each row                    |
| `repetition.py`        | `repeated_ngrams`: words that are said again and again                  |
| `significance.py`      | `paired_tests`: whether systems differ by more than chance              |
| `spans.py`             | `span_scores`: precision, recall and F1 of spans; `span_report`         |
| `tagging.py`           | `column_scores`: all scores of a column of labels; `main_score`         |
"""
