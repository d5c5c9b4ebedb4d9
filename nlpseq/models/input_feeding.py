"""An attention decoder that reads, besides each token, what it found at the step before."""

import keras
from keras import ops

from nlpseq.models.attention import AttentionDecoder


@keras.saving.register_keras_serializable(package="nlpseq")
class InputFeedingDecoder(AttentionDecoder):
    """An `AttentionDecoder` whose recurrent stack reads `[token; o_(t-1)]` at step `t`.

    So it knows where it has looked before. But a step can't be computed before the one before it,
    so training goes step by step too, attention included, and takes several times as long. There
    is no dropout between recurrent layers.

    Args:
        vocab_size: As in `AttentionDecoder`, like all others.
        embedding_dim: As in `AttentionDecoder`.
        units: As in `AttentionDecoder`.
        **kwargs: As in `AttentionDecoder`.

    Call arguments:
        memory: What the encoder returns.
        target: Integers, `(batch, target_time)`: the begin token, then the target so far.
        training: Whether dropout is active.

    Returns:
        Logits, `(batch, target_time, vocab_size)`, of the token that comes after each one read.

    Reference:
        Luong, Pham and Manning (2015), section 3.3, https://arxiv.org/abs/1508.04025
    """

    def call(self, memory, target, training=None):
        outputs, _ = self._scan(memory, target, training)
        return self._logits(outputs, training)

    def attention_weights(self, memory, target):
        return self._scan(memory, target)[1]

    def start(self, memory):
        rows = ops.shape(memory["mask"])[0]
        nothing_yet = ops.zeros((rows, self.embedding_dim), dtype=self.compute_dtype)
        return {**super().start(memory), "output": nothing_yet}

    def advance(self, vectors, state, prepared):
        joined = ops.concatenate([vectors, state["output"]], axis=-1)
        output, weights, new_state = super().advance(joined, state, prepared)
        return output, weights, {**new_state, "output": output}

    def _recurrent_inputs(self):
        return 2 * self.embedding_dim

    def _scan(self, memory, target, training=None):
        """`o_t` of all steps, `(batch, target_time, embedding_dim)`, and attention weights."""
        vectors = self.input_dropout(self.embedding(target), training=training)
        prepared, start = self.prepare(memory), self.start(memory)

        # What `ops.scan` gives back must look like what it carries; a list has one order only.
        def one_step(carried, vectors):
            state = keras.tree.pack_sequence_as(start, carried[1:])
            _, weights, new_state = self.advance(vectors, state, prepared)
            carried = [weights, *keras.tree.flatten(new_state)]
            return carried, carried

        carried = [start["coverage"], *keras.tree.flatten(start)]
        _, found = ops.scan(one_step, carried, ops.transpose(vectors, (1, 0, 2)))
        outputs = keras.tree.pack_sequence_as(start, found[1:])["output"]
        return [ops.transpose(steps, (1, 0, 2)) for steps in (outputs, found[0])]
