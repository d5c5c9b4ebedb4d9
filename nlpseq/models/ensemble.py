"""Several models that translate as one."""

import keras
from keras import ops


class EnsembleModel(keras.Model):
    """The mean of what several `Seq2SeqModel`s expect, token by token.

    It can be called and searched as one model is. It has no weights of its own, and can't be saved:
    its members are.

    Args:
        members: Models of the same source and target ids, at least one; they are used, not copied.

    Call arguments:
        inputs: As for the members.

    Returns:
        Log-probabilities, `(batch, target_time, target_vocab_size)`: the logarithm of the mean of
        the members' probabilities. They are logits too.

    Raises:
        ValueError: If there is no member, or the numbers of ids differ.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.search import GreedySearch
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> members = [Seq2SeqModel(9, 7, decoder, units=8) for decoder in ("attention",) * 2]
        >>> source = np.array([[5, 4, 3]])
        >>> search = GreedySearch(EnsembleModel(members), begin_id=2, end_id=3)
        >>> found = search.predict_on_batch({"source": source, "source_mask": source > 0})
        >>> found["token_ids"].shape
        (1, 16)

    Reference:
        Sutskever, Vinyals and Le (2014), section 3.6, https://arxiv.org/abs/1409.3215
    """

    def __init__(self, members, **kwargs):
        super().__init__(**kwargs)
        sizes = {(member.source_vocab_size, member.target_vocab_size) for member in members}
        if len(sizes) != 1:
            raise ValueError(
                "The members of an ensemble must be at least one and have the same ids. Received: "
                f"{len(members)} models, with (source, target) sizes {sorted(sizes)}"
            )
        self.members = list(members)
        self.decoder_layer = EnsembleDecoder([member.decoder_layer for member in members])
        self.target_vocab_size = members[0].target_vocab_size
        self.decoder = " + ".join(member.decoder for member in members)
        self.built = True  # as its members are

    @property
    def output_dim(self):
        """Numbers computed for each target token: logits."""
        return self.target_vocab_size

    def encoder_layer(self, source, mask, training=False):
        """What the members' encoders return, in a list."""
        return [
            member.encoder_layer(source, mask=mask, training=training) for member in self.members
        ]

    def call(self, inputs, training=False):
        return log_of_mean([member(inputs, training=training) for member in self.members])

    def compute_loss(self, *args, **kwargs):
        raise ValueError("An ensemble can't be trained: train its members one by one")

    def get_config(self):
        raise ValueError("An ensemble can't be saved as one model: save its members one by one")


class EnsembleDecoder:
    """The decoders of an ensemble behind the interface of one (see `Decoder`).

    Args:
        decoders: The members' decoders.
    """

    def __init__(self, decoders):
        self.decoders = decoders
        longest = [d.max_length for d in decoders if d.max_length is not None]
        self.max_length = min(longest, default=None)
        self.attends = any(d.attends for d in decoders)

    def prepare(self, memories):
        """What the members prepare, in a list."""
        return [d.prepare(memory) for d, memory in zip(self.decoders, memories, strict=True)]

    def start(self, memories):
        """The members' first states, in a list."""
        return [d.start(memory) for d, memory in zip(self.decoders, memories, strict=True)]

    def step(self, token_ids, states, prepared):
        """Log-probabilities of the next token, and the members' new states."""
        steps = [
            d.step(token_ids, state, read)
            for d, state, read in zip(self.decoders, states, prepared, strict=True)
        ]
        return log_of_mean([logits for logits, _ in steps]), [state for _, state in steps]

    def coverage(self, states):
        """The mean over the members that attend."""
        pairs = zip(self.decoders, states, strict=True)
        found = [d.coverage(state) for d, state in pairs if d.attends]
        return sum(found) / len(found)


def log_of_mean(logits):
    """Averages probabilities.

    Args:
        logits: A list of float tensors of one shape, classes on the last axis.

    Returns:
        Float32, that shape: the logarithm of the mean of their softmaxes.

    Example:
        >>> import numpy as np
        >>> logits = [np.log([[0.5, 0.5]]), np.log([[0.1, 0.9]])]
        >>> np.exp(np.array(log_of_mean(logits), "float64")).round(2).tolist()
        [[0.3, 0.7]]
    """
    log_probs = ops.stack([ops.log_softmax(ops.cast(x, "float32")) for x in logits])
    return ops.logsumexp(log_probs, axis=0) - ops.log(float(len(logits)))
