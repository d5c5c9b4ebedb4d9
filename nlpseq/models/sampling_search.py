"""Sampling as a Keras model."""

from nlpseq.decoding.sampling import check_sampling, sample
from nlpseq.models.search import Search


class SamplingSearch(Search):
    """Outputs drawn by chance, of a `Seq2SeqModel`.

    Args:
        model: As in `Search`, like `begin_id` and `end_id`.
        temperature: As in `sample`.
        top_k: As in `sample`.
        top_p: As in `sample`.
        **kwargs: The other arguments of `Search`.

    Call arguments:
        inputs: As in `Search`, with `uniforms` besides: float, `(batch, time)`, numbers from
            `[0, 1)`, at least `longest_output` of them in each row.

    Returns:
        What `sample` returns: `token_ids`, `lengths`, `log_probs`.

    Raises:
        ValueError: If a setting is out of range.

    Example:
        >>> import numpy as np
        >>> from nlpseq.models.seq2seq import Seq2SeqModel
        >>> model = Seq2SeqModel(source_vocab_size=9, target_vocab_size=7, units=8)
        >>> search = SamplingSearch(model, begin_id=2, end_id=3, banned_ids=(0, 1, 2), top_k=3)
        >>> source, chance = np.array([[5, 4, 3]]), np.random.default_rng(0)
        >>> inputs = {"source": source, "source_mask": source > 0}
        >>> inputs["uniforms"] = chance.random((1, search.longest_output(3)))
        >>> search.predict_on_batch(inputs)["token_ids"].shape
        (1, 16)
    """

    def __init__(self, model, begin_id, end_id, temperature=1.0, top_k=0, top_p=1.0, **kwargs):
        super().__init__(model, begin_id, end_id, **kwargs)
        check_sampling(temperature, top_k, top_p)
        self.temperature = temperature
        self.top_k = top_k
        self.top_p = top_p

    def search(self, step, state, inputs, parts, **where):
        how = {"temperature": self.temperature, "top_k": self.top_k, "top_p": self.top_p}
        return sample(step, state, uniforms=inputs["uniforms"], **how, **where)
