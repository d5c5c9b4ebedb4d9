"""The shared common layers, from which every model of nlpseq is built.

| file | concept |
|---|---|
| `embedding.py` | `TokenEmbedding`: ids to vectors, and back to logits with the same matrix |
| `recurrent.py` | `RecurrentStack`: k LSTM, GRU or SimpleRNN layers in one or two directions |
| `reversal.py` | `reverse_sequences`, `last_steps`: what right padding needs around a recurrence |
| `bridge.py` | `StateBridge`: final encoder states to first decoder states |
| `time_distributed.py` | `TimeDistributed`: one layer at every time step, as one matrix product |
"""
