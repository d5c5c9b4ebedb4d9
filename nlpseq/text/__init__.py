"""Strings to ids and back: vocabularies and tokenizers, without Keras.

| file | what it holds |
|---|---|
| `specials.py` | the four special tokens, their ids, and what decoding does with them |
| `vocabulary.py` | `Vocabulary`: tokens or labels to ids and back |
| `vocabulary_file.py` | the file of a vocabulary: JSON lines that a person can read |
| `vocabulary_update.py` | `extend_vocabulary`: new tokens behind those that are there |
| `words.py` | `WordTokenizer`: raw text to words with their places, and back |
| `tokenizer.py` | `Tokenizer`: what a translator needs; the kinds there are, and `load_tokenizer` |
| `tokenizer_pair.py` | `TokenizerPair`: the tokenizers of both sides, two or a joint one |
| `subword.py` | `SentencePieceTokenizer`: sentences to subword ids and back |
| `subword_model.py` | SentencePiece models as bytes: learned, opened and checked |
| `word_vocabulary.py` | `WordVocabularyTokenizer`: sentences to word ids and back |
| `characters.py` | `CharacterTokenizer`: sentences to character ids and back |
| `vocabulary_tokenizer.py` | what the word and character tokenizers share |
| `spelling.py` | `Speller`: words to the ids of their characters |
| `tag_schemes.py` | spans written as tags (IOB1, IOB2, BIOES): read, converted, checked, detected |
| `morphology.py` | labels made of features (`Case=Nom|Number=Sing`): read and written |
| `entities.py` | labels of tokens to entities with their places in the text |
| `word_alignment.py` | `Alignment`: weights of tokens to links of words; Pharaoh lines |
| `unknown_words.py` | `decode_with_copies`: unknown words, copied from the source |
| `vectors.py` | `WordVectors`: pretrained vectors of words (GloVe, fastText, word2vec) |
| `normalization.py` | tokens that are looked up as one: case, digits |
| `table.py`, `bars.py` | tables and bars of text, for reports |
| `texts.py` | the check that several texts are several texts |
"""
