"""Attention: a mean of the source's vectors, weighted by how well each fits a query."""

import keras
from keras import ops

SCORES = ("scaled", "dot", "general", "additive")


@keras.saving.register_keras_serializable(package="nlpseq")
class Attention(keras.layers.Layer):
    """Weights source vectors by their fit to a query, and adds them up.

    With `s_j` the vector of source token `j`, and a query `q`:

    1. a key for each source token, once a sentence: `k_j = s_j` or `W s_j` (`keys`);
    2. scores `e_j`, by `score`:
       `"dot"`: `q . k_j` with `k_j = s_j`; `"general"`: the same with `k_j = W s_j`;
       `"scaled"`: `"general"` over the square root of the size of the query;
       `"additive"`: `v . tanh(U q + k_j)` with `k_j = W s_j`;
    3. weights `a = softmax(e)` over the real source tokens;
    4. the context `sum_j a_j s_j`.

    Args:
        score: `"scaled"`, `"dot"`, `"general"` or `"additive"`.
        units: Size of the vectors that an additive score compares; `None` means the query's.

    Call arguments:
        queries: Float, `(batch, target_time, query_dim)`.
        source: Float, `(batch, source_time, dim)`.
        mask: Bool, `(batch, source_time)`, `True` at real tokens, at least one in each row; `None`
            means that nothing is padding.
        keys: What `keys(source)` gave, so that decoding does it once; `None` computes it.

    Returns:
        context: Float, `(batch, target_time, dim)`.
        weights: Float, `(batch, target_time, source_time)`: a row sums to 1, and is 0 at padding.

    Raises:
        ValueError: If `score` is unknown, or it is `"dot"` and the sizes differ.

    Example:
        >>> import numpy as np
        >>> attend = Attention(score="dot")
        >>> source = np.array([[[1.0, 0.0], [0.0, 1.0], [9.0, 9.0]]])
        >>> queries, mask = np.array([[[50.0, 0.0]]]), np.array([[True, True, False]])
        >>> context, weights = attend(queries, source, mask)
        >>> np.array(context).round(2).tolist(), np.array(weights).round(2).tolist()
        ([[[1.0, 0.0]]], [[[1.0, 0.0, 0.0]]])

    Reference:
        Luong, Pham and Manning (2015), section 3.1, https://arxiv.org/abs/1508.04025; additive:
        Bahdanau, Cho and Bengio (2015), section A.1.2, https://arxiv.org/abs/1409.0473; scaled:
        Vaswani et al. (2017), section 3.2.1, https://arxiv.org/abs/1706.03762
    """

    def __init__(self, score="scaled", units=None, **kwargs):
        super().__init__(**kwargs)
        if score not in SCORES:
            raise ValueError(
                f"`score` must be one of {', '.join(SCORES)}. Received: score={score!r}"
            )
        self.supports_masking = True  # takes a mask; `compute_mask` says that it attaches none
        self.score = score
        self.units = units

    def build(self, queries_shape, source_shape):
        query_dim, dim = queries_shape[-1], source_shape[-1]
        self.query_dim = query_dim
        if self.score == "dot":
            if query_dim != dim:
                raise ValueError(
                    'Attention with score "dot" needs queries and source vectors of one size. '
                    f"Received: {query_dim} and {dim}. The other scores take any"
                )
            return
        key_dim = query_dim if self.score != "additive" else self.units or query_dim
        self.key_kernel = self.add_weight(name="key_kernel", shape=(dim, key_dim))
        if self.score == "additive":
            self.query_kernel = self.add_weight(name="query_kernel", shape=(query_dim, key_dim))
            self.bias = self.add_weight(name="bias", shape=(key_dim,), initializer="zeros")
            self.energy = self.add_weight(name="energy", shape=(key_dim, 1))

    def keys(self, source):
        """What queries are compared with.

        Args:
            source: As in `call`; the layer is built.

        Returns:
            Float, `(batch, source_time, key_dim)`.
        """
        return source if self.score == "dot" else ops.matmul(source, self.key_kernel)

    def call(self, queries, source, mask=None, keys=None):
        keys = self.keys(source) if keys is None else keys
        scores = ops.cast(self._scores(queries, keys), "float32")  # (B, T, S)
        if mask is not None:
            scores = ops.where(mask[:, None], scores, -1e9)
        # Not `ops.softmax`, which warns where a batch has sources of one token only.
        shares = ops.exp(scores - ops.max(scores, axis=-1, keepdims=True))
        weights = ops.cast(shares / ops.sum(shares, axis=-1, keepdims=True), source.dtype)
        return ops.matmul(weights, source), weights

    def compute_mask(self, queries, previous_mask):
        return None

    def compute_output_shape(self, queries_shape, source_shape):
        weights = (*queries_shape[:-1], source_shape[1])
        return (*queries_shape[:-1], source_shape[-1]), weights

    def get_config(self):
        return {**super().get_config(), "score": self.score, "units": self.units}

    def _scores(self, queries, keys):
        if self.score == "additive":
            queries = ops.matmul(queries, self.query_kernel) + self.bias
            hidden = ops.tanh(queries[:, :, None] + keys[:, None])  # (B, T, S, units)
            return ops.matmul(hidden, self.energy)[..., 0]
        scores = ops.matmul(queries, ops.transpose(keys, (0, 2, 1)))
        return scores * self.query_dim**-0.5 if self.score == "scaled" else scores
