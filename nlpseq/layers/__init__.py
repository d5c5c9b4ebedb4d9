"""The shared common layers, from which every model of nlpseq is built.

| file | concept |
|---|---|
| `embedding.py` | `TokenEmbedding`: ids to vectors, and back to logits with the same matrix |
| `spelling.py` | `SpellingEncoder`: the characters of a word to a vector |
| `dropout.py` | `Dropout`: some entries become 0 in training, of each step or of the sentence |
| `word_dropout.py` | `WordDropout`: in training, some tokens become the unknown one |
| `recurrent.py` | `RecurrentStack`: k LSTM, GRU or SimpleRNN layers in one or two directions |
| `merging.py` | `merge`: what two directions say, as one vector |
| `recurrence.py` | `LSTM`, `GRU`: Keras' layers with a faster training on processors |
| `reversal.py` | `reverse_sequences`, `last_steps`: what right padding needs around a recurrence |
| `pooling.py` | `Pooling`: the mean, or the greatest values, of a whole sequence |
| `attention.py` | `Attention`: source vectors weighted by their fit to a query |
| `bridge.py` | `StateBridge`: final encoder states to first decoder states |
| `crf.py` | `CRF`: whole tag sequences compete: likelihood, decoding, marginals, forbidden moves |
| `linear_chain.py` | sums and searches over all tag paths: the arithmetic of the CRF |
| `time_distributed.py` | `TimeDistributed`: one layer at every time step, as one matrix product |
"""
