"""A conditional random field over the tags of a sentence."""

import keras
import numpy as np
from keras import ops

from nlpseq.layers import linear_chain


@keras.saving.register_keras_serializable(package="nlpseq")
class CRF(keras.layers.Layer):
    """Scores of moves from tag to tag: whole tag sequences compete, not the tags of each token.

    The layer holds the scores, and answers questions about the sequences. All of it is float32,
    under mixed precision too. The scores begin at 0: before training, the layer is the softmax
    over each token's tags.

    Args:
        num_tags: Number of tags, at least 1.
        forbidden: Pairs `(from_tag, to_tag)` that must never follow one another. `(-1, tag)`: no
            sentence starts with `tag`; `(tag, -1)`: none ends with it. Such a move has the score
            `linear_chain.FORBIDDEN` and is not trained, so decoding makes it only where every
            sequence makes one; gold tags that make it cost a million nats, so check them before.

    Call arguments:
        emissions: Float, `(batch, time, num_tags)`: scores of each tag at each step.
        mask: Bool, `(batch, time)`; not used: here so that the layer can stand in a model that
            passes masks.

    Returns:
        The emissions as float32. What is asked of the layer is asked by its methods, with
        `emissions`, and with `mask`, bool, `(batch, time)`, `True` at real tokens, padding on the
        right, at least one real token a row, or `None` where nothing is padding.

    Raises:
        ValueError: If `num_tags` is below 1, a pair in `forbidden` is not two ids in
            `[-1, num_tags)`, or the emissions have another number of tags.

    Example:
        >>> import numpy as np
        >>> crf = CRF(num_tags=2, forbidden=[(0, 1)])
        >>> emissions = np.array([[[1.0, 0.0], [0.0, 1.5]]])
        >>> tags, scores = crf.decode(emissions)
        >>> np.array(tags).tolist(), np.array(scores).tolist()
        ([[1, 1]], [1.5])
        >>> log_p = crf.log_likelihood(emissions, np.array([[0, -1]]))  # 0, then any tag
        >>> round(float(ops.convert_to_numpy(log_p)[0]), 4)
        -1.1041

    Reference:
        Lafferty, McCallum and Pereira (2001), "Conditional Random Fields". Lample et al. (2016),
        section 2.2, https://arxiv.org/abs/1603.01360. Sums over what is not labelled: Tsuboi et
        al. (2008), "Training Conditional Random Fields Using Incomplete Annotations", section 3.
    """

    def __init__(self, num_tags, forbidden=(), **kwargs):
        kwargs.setdefault("dtype", "float32")
        super().__init__(**kwargs)
        if num_tags < 1:
            raise ValueError(f"`num_tags` must be at least 1. Received: num_tags={num_tags}")
        self.supports_masking = True  # takes a mask; `compute_mask` says that it attaches none
        self.num_tags = num_tags
        self.forbidden = [[int(tag) for tag in pair] for pair in forbidden]
        # The last row and column stand for the border: there index -1 leads.
        allowed = np.ones((num_tags + 1, num_tags + 1), bool)
        for pair in self.forbidden:
            if len(pair) != 2 or not all(-1 <= tag < num_tags for tag in pair) or max(pair) < 0:
                raise ValueError(
                    "`forbidden` must hold pairs (from_tag, to_tag) of ids below "
                    f"num_tags={num_tags}, -1 for start or end. Received: {tuple(pair)}"
                )
            allowed[tuple(pair)] = False
        self._allowed_moves = allowed[:-1, :-1]
        self._allowed_starts = allowed[-1, :-1]
        self._allowed_ends = allowed[:-1, -1]
        # Not in `build`: the methods need no call before them.
        self.transitions = self._scores("transitions", (num_tags, num_tags))
        self.start = self._scores("start", (num_tags,))
        self.end = self._scores("end", (num_tags,))

    def build(self, emissions_shape):
        if emissions_shape[-1] != self.num_tags:
            raise ValueError(
                f"`emissions` must have shape (batch, time, num_tags={self.num_tags}). "
                f"Received: {tuple(emissions_shape)}"
            )

    def call(self, emissions, mask=None):
        return ops.cast(emissions, "float32")

    def log_likelihood(self, emissions, tags, mask=None):
        """Log-probability of the gold tags: what training raises.

        Args:
            emissions: As in `call`.
            tags: Integers, `(batch, time)`; anything at padding. A negative id means that the gold
                tag is not known: what is given then is the probability of the known ones.
            mask: As in `call`.

        Returns:
            Float32, `(batch,)`: nats per sentence, 0 or less.
        """
        emissions = ops.cast(emissions, "float32")
        tags = ops.cast(tags, "int32")[..., None]
        fits = ops.logical_or(tags < 0, tags == ops.arange(self.num_tags, dtype="int32"))
        fitting = ops.where(fits, emissions, linear_chain.IMPOSSIBLE)
        # The paths that fit and all paths, as one batch: one loop over the time steps.
        both = ops.concatenate([fitting, emissions], axis=0)
        masks = None if mask is None else ops.concatenate([mask, mask], axis=0)
        log_sums = linear_chain.log_partition(both, masks, *self._potentials())
        fitting_sums, all_sums = ops.split(log_sums, 2)
        return fitting_sums - all_sums

    def log_partition(self, emissions, mask=None):
        """`log Z`: a score of `decode` or `decode_nbest` minus this is a log-probability.

        Args:
            emissions: As in `call`.
            mask: As in `call`.

        Returns:
            Float32, `(batch,)`.
        """
        return linear_chain.log_partition(emissions, mask, *self._potentials())

    def decode(self, emissions, mask=None):
        """The best tag sequences.

        Args:
            emissions: As in `call`.
            mask: As in `call`.

        Returns:
            Tags, int32, `(batch, time)`, 0 at padding, and scores, float32, `(batch,)`.
        """
        return linear_chain.viterbi(emissions, mask, *self._potentials())

    def decode_nbest(self, emissions, mask=None, n=5):
        """The `n` best tag sequences.

        Args:
            emissions: As in `call`.
            mask: As in `call`.
            n: Number of sequences, at least 1.

        Returns:
            Tags, int32, `(batch, n, time)`, 0 at padding, and scores, float32, `(batch, n)`, best
            first. Where there are fewer than `n` sequences, the scores of the others are
            `linear_chain.IMPOSSIBLE`; sequences with a forbidden move come last, with scores near
            `linear_chain.FORBIDDEN`.
        """
        return linear_chain.nbest_viterbi(emissions, mask, *self._potentials(), n=n)

    def marginals(self, emissions, mask=None):
        """How probable each tag is at each step.

        Args:
            emissions: As in `call`.
            mask: As in `call`.

        Returns:
            Float32 in `[0, 1]`, `(batch, time, num_tags)`, 0 at padding.
        """
        return linear_chain.marginals(emissions, mask, *self._potentials())

    def compute_mask(self, emissions, previous_mask):
        return None

    def compute_output_shape(self, emissions_shape):
        return emissions_shape

    def get_config(self):
        return {**super().get_config(), "num_tags": self.num_tags, "forbidden": self.forbidden}

    def _scores(self, name, shape):
        return self.add_weight(
            name=name, shape=shape, initializer="zeros", dtype="float32", autocast=False
        )

    def _potentials(self):
        return [
            ops.where(allowed, ops.convert_to_tensor(scores), linear_chain.FORBIDDEN)
            for scores, allowed in (
                (self.transitions, self._allowed_moves),
                (self.start, self._allowed_starts),
                (self.end, self._allowed_ends),
            )
        ]
