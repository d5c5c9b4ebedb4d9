"""Beam search as a Keras model."""

from keras import ops

from nlpseq.decoding.beam import beam_search, check_sizes
from nlpseq.decoding.length_penalty import GNMT
from nlpseq.decoding.phrases import phrase_banks
from nlpseq.models.search import Search


class BeamSearch(Search):
    """The best outputs that a beam of hypotheses leads to, of a `Seq2SeqModel`.

    Args:
        model: As in `Search`, like `begin_id` and `end_id`.
        beam_size: Hypotheses that are followed at once.
        num_best: Outputs for each source, at most `beam_size`.
        length_penalty: How outputs of different lengths are compared, a `LengthPenalty`.
        coverage_penalty: What source tokens cost that were not looked at, a `CoveragePenalty`, or
            `None`; for decoders that attend.
        **kwargs: The other arguments of `Search`.

    Call arguments:
        inputs: As in `Search`.

    Returns:
        What `beam_search` returns: `token_ids`, `lengths`, `log_probs` and `scores`, each with the
        axis `num_best`, best first.

    Raises:
        ValueError: If `beam_size` or `num_best` is out of range, or there is a `coverage_penalty`
            and the decoder does not attend.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, units=8)
        >>> search = BeamSearch(model, begin_id=2, end_id=3, banned_ids=(0, 1, 2), num_best=4)
        >>> source = np.array([[5, 4, 3]])
        >>> found = search.predict_on_batch({"source": source, "source_mask": source > 0})
        >>> found["token_ids"].shape, found["scores"].shape
        ((1, 4, 16), (1, 4))
    """

    def __init__(
        self,
        model,
        begin_id,
        end_id,
        beam_size=5,
        num_best=1,
        length_penalty=GNMT,
        coverage_penalty=None,
        **kwargs,
    ):
        super().__init__(model, begin_id, end_id, **kwargs)
        check_sizes(beam_size, num_best)
        if coverage_penalty is not None and not model.decoder_layer.attends:
            raise ValueError(
                "A coverage penalty needs a decoder that looks at each source token, such as "
                f'"attention". Received: a {model.decoder} model, {coverage_penalty}'
            )
        self.beam_size = beam_size
        self.num_best = num_best
        self.length_penalty = length_penalty
        self.coverage_penalty = coverage_penalty

    def search(self, step, state, inputs, parts, **where):
        def state_penalty(state, read):
            mask = read["mask"][:, None]  # (B, 1, S)
            coverage = self.model.decoder_layer.coverage(parts(state)[0])
            looked_at = ops.reshape(coverage, (-1, self.beam_size, ops.shape(mask)[2]))
            return ops.reshape(self.coverage_penalty(looked_at, mask), (-1,))

        def banks(state):
            return phrase_banks(parts(state)[1][0])

        return beam_search(
            step,
            state,
            beam_size=self.beam_size,
            num_best=self.num_best,
            length_penalty=self.length_penalty,
            state_penalty=self.coverage_penalty and state_penalty,
            banks=banks if "phrases" in inputs else None,
            **where,
        )
