"""The objects that users hold: strings in, strings out.

| file | concept |
|---|---|
| `task.py` | `Task`: what all tasks share: `fit`, `summary` |
| `saved_task.py` | `SavedTask`: a task to a folder and back |
| `fine_tuning.py` | `begin_with`: training that begins with a saved model |
| `identity.py` | `training_identity`: what makes a training this one |
| `tagger.py` | `Tagger`: a label for every token |
| `tagging_codec.py` | `TaggingCodec`: tokens and labels to batches of ids, ids to labels |
| `label_column.py` | `LabelColumn`: a column of labels, and the outputs of the model for it |
| `tag_predictor.py` | `TagPredictor`: all ways to ask a tagger for labels |
| `tag_reader.py` | `TagReader`: labels of tokens as they come |
| `labeller.py` | `Labeller`: runs a tagging model over any number of sentences |
| `translator.py` | `Translator`: a sentence in, a sentence out |
| `translation_learner.py` | `TranslationLearner`: settings of learning, batches, loss |
| `sequence_classifier.py` | `SequenceClassifier`: a text in, a label out |
| `sequence_regressor.py` | `SequenceRegressor`: a text in, a number out |
| `class_predictor.py` | `ClassPredictor`: all ways to ask a classifier for labels |
| `sequence_task.py` | `SequenceTask`: what tasks with a text in and one answer out share |
| `sequence_reader.py` | `SequenceReader`: runs a sequence model over any number of texts |
| `aligner.py` | `Aligner`: which source words a translator with attention looked at |
| `translation_predictor.py` | `TranslationPredictor`: all ways to ask a translator |
| `translation_search.py` | `TranslationSearch`: runs a search over any number of sentences |
| `language_model.py` | `LanguageModel`: what comes next in a text |
| `text_generator.py` | `TextGenerator`: it goes on with texts |
| `text_reader.py` | `TextReader`: it tells how probable texts are, whole or piece by piece |
| `text_encoding.py` | the tokenizer of texts, and their ids: computed once, then cached |
| `token_score.py` | `TokenScore`: how probable a text is, token by token |
| `search_requests.py` | `Request`: what is asked of one translation: prefix, phrases |
| `search_options.py` | `SearchOptions`: all settings of a search |
| `ensemble.py` | what the members of an ensemble must have in common |
| `pair_batching.py` | `pair_batches`: texts to batches; segmentations drawn anew |
| `pair_selection.py` | `select_pairs`: which pairs can be learnt from |
| `pair_encoding.py` | tokenizers of pairs, and their ids: computed once, then cached |
| `tagging_encoding.py` | the same for labelled sentences |
| `any_shape.py` | `predict_batch`: batches of any shape through a function that is compiled once |
| `released_pages.py` | `ReleasedPages`: training on mapped files in little memory |
| `stream_parts.py` | `StreamParts`: a stream, some rows at a time |
| `fitting.py` | the check of the settings of `fit` |
| `settings.py` | the check of keyword arguments by name |
| `card.py` | the `README.md` of a saved task |
"""

from nlpseq.onednn import warn_without_onednn

warn_without_onednn()
