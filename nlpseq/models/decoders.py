"""The interface that decoders share, and their table by name.

A decoder is a `keras.layers.Layer` with four things:

- `call(memory, target, training)`: logits `(batch, target_time, vocab_size)` for a whole target at
  once, in training (`target` begins with the begin token: teacher forcing);
- `start(memory)`: the state before the first step, a nest of tensors whose first axis is the batch;
- `step(token_ids, state)`: logits `(batch, vocab_size)` after one more token, and the new state;
- `max_length`: the fixed maximum output length in tokens, or `None`.

`memory` is what `Encoder` returns. Law, tested on every decoder: stepping through a target gives
the logits of `call`.
"""

import keras

from nlpseq.models.repeat_vector import RepeatVectorDecoder
from nlpseq.models.state_handoff import StateHandoffDecoder

DECODERS: dict[str, type[keras.layers.Layer]] = {
    "repeat_vector": RepeatVectorDecoder,
    "state_handoff": StateHandoffDecoder,
}
