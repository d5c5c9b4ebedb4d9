"""A decoder that looks at the whole source at each of its steps."""

import keras
from keras import ops

from nlpseq.layers.attention import Attention
from nlpseq.models.state_handoff import StateHandoffDecoder


@keras.saving.register_keras_serializable(package="nlpseq")
class AttentionDecoder(StateHandoffDecoder):
    """A state-handoff decoder that also reads the source's vectors, weighted by attention.

    At each step `t`, with `h_t` the output of the recurrent stack and `c_t` the context that
    attention finds for it: `o_t = tanh(W [c_t; h_t])`, and logits from `o_t` by the matrix of the
    target embedding. What attention found is not fed back into the stack, so that in training the
    recurrence and the attention are one pass each over all steps.

    Args:
        vocab_size: Number of target token ids.
        embedding_dim: Size of the target token vectors, and of `o_t`.
        units: As in `Decoder`, like `num_layers`, `cell` and `dropout`.
        bridge: How encoder states become decoder states: `"dense"`, `"copy"` or `"zero"`.
        score: How attention compares: `"scaled"`, `"dot"`, `"general"` or `"additive"`.
        **kwargs: `num_layers`, `cell` and `dropout`.

    Call arguments:
        memory: What the encoder returns.
        target: Integers, `(batch, target_time)`: the begin token, then the target so far.
        training: Whether dropout is active.

    Returns:
        Logits, `(batch, target_time, vocab_size)`, of the token that comes after each one read.

    Reference:
        Luong, Pham and Manning (2015), section 3.1, equations 5 and 6, without input feeding,
        https://arxiv.org/abs/1508.04025
    """

    attends = True
    output_activation = "tanh"

    def __init__(self, vocab_size, embedding_dim, units, bridge="dense", score="scaled", **kwargs):
        super().__init__(vocab_size, embedding_dim, units, bridge=bridge, **kwargs)
        self.score = score
        self.attention = Attention(score, name="attention")

    def build(self, memory_shape, target_shape):
        super().build(memory_shape, target_shape)
        self.attention.build((*target_shape, self.units), memory_shape["outputs"])

    def call(self, memory, target, training=None):
        hidden = self.read(memory, target, training)
        context, _ = self.attention(hidden, memory["outputs"], memory["mask"])
        return self._logits(self._output(context, hidden), training)

    def attention_weights(self, memory, target):
        """How much each target step looks at each source token.

        Args:
            memory: What the encoder returns.
            target: As in `call`.

        Returns:
            Float, `(batch, target_time, source_time)`: rows sum to 1, 0 at padding.
        """
        hidden = self.read(memory, target)
        return self.attention(hidden, memory["outputs"], memory["mask"])[1]

    def prepare(self, memory):
        return {
            "source": memory["outputs"],
            "keys": self.attention.keys(memory["outputs"]),
            "mask": memory["mask"],
        }

    def start(self, memory):
        nothing_yet = ops.zeros_like(memory["mask"], dtype="float32")
        return {"recurrent": self.state_bridge(memory["states"]), "coverage": nothing_yet}

    def coverage(self, state):
        """How much the steps so far have looked at each source token.

        Args:
            state: As `step` gives it.

        Returns:
            Float, `(rows, source_time)`: sums of attention weights, 0 at padding.
        """
        return state["coverage"]

    def step(self, token_ids, state, prepared):
        output, _, new_state = self.advance(self.embedding(token_ids), state, prepared)
        return self._logits(output), new_state

    def advance(self, vectors, state, prepared):
        """One time step, from the vector of a token to `o_t`.

        Args:
            vectors: Float, `(rows, embedding_dim)`.
            state: As in `step`, like `prepared`.
            prepared: As in `step`.

        Returns:
            `o_t`, float, `(rows, embedding_dim)`; attention weights, `(rows, source_time)`; and the
            new state.
        """
        hidden, recurrent = self.recurrent.step(vectors, state["recurrent"])
        # To attention, the hypotheses of a sentence are what the steps of a target are in `call`.
        batch, rows = ops.shape(prepared["mask"])[0], ops.shape(vectors)[0]
        queries = ops.reshape(hidden, (batch, rows // batch, self.units))
        context, weights = self.attention(
            queries, prepared["source"], prepared["mask"], keys=prepared["keys"]
        )
        context = ops.reshape(context, (rows, prepared["source"].shape[-1]))
        weights = ops.reshape(ops.cast(weights, "float32"), ops.shape(state["coverage"]))
        new_state = {"recurrent": recurrent, "coverage": state["coverage"] + weights}
        return self._output(context, hidden), weights, new_state

    def get_config(self):
        return {**super().get_config(), "score": self.score}

    def _output_inputs(self, memory_shape):
        return self.units + memory_shape["outputs"][-1]

    def _output(self, context, hidden):
        return self.output_projection(ops.concatenate([context, hidden], axis=-1))

    def _logits(self, output, training=None):
        return self.embedding.logits(self.output_dropout(output, training=training))
