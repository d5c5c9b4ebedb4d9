"""Batches of token ids with a tag id for each token."""

from typing import Any

import numpy as np

from nlpseq.batching.batches import Batches
from nlpseq.batching.padding import Ids, mask_of, pad


class TaggingBatches(Batches):
    """Batches for tagging: token ids in, one tag id out for each.

    A batch is `(inputs, targets, weights)`. `inputs` is a dictionary of

    - `tokens`: int32, `(batch, time)`, padded on the right with 0;
    - `mask`: bool, `(batch, time)`, `True` at real tokens.

    `targets` are tag ids, int32, `(batch, time)`, and `weights` are float32,
    `(batch, time)`: 1 at the tokens to learn from, 0 at padding and in filler rows.
    Without `tags`, for prediction, a batch is `(inputs,)`.

    Args:
        tokens: Token ids of each sentence, lists or one-dimensional arrays. A sentence
            without tokens is to be left out.
        tags: Tag ids of each sentence, as many as tokens. `None` for prediction.
        **kwargs: `batch_tokens`, `num_buckets`, `shuffle`, `seed` and `rows_multiple`,
            as in `Batches`.

    Raises:
        ValueError: If a sentence has no token, or not as many tags as tokens.

    Example:
        >>> batches = TaggingBatches([[5, 6, 7], [8, 9]], tags=[[1, 2, 1], [3, 1]])
        >>> inputs, targets, weights = batches[0]
        >>> inputs["tokens"]
        array([[5, 6, 7],
               [8, 9, 0]], dtype=int32)
        >>> targets
        array([[1, 2, 1],
               [3, 1, 0]], dtype=int32)
        >>> weights
        array([[1., 1., 1.],
               [1., 1., 0.]], dtype=float32)
    """

    def __init__(self, tokens: Ids, tags: Ids | None = None, **kwargs: Any) -> None:
        self._tokens = tokens
        self._tags = tags
        self._lengths = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
        if tags is not None:
            _check_aligned(self._lengths, tags)
        super().__init__(self._lengths, **kwargs)

    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        (width,) = widths
        mask = mask_of(self._lengths[rows], width)
        inputs = {"tokens": pad([self._tokens[row] for row in rows], width), "mask": mask}
        if self._tags is None:
            return (inputs,)
        targets = pad([self._tags[row] for row in rows], width)
        return inputs, targets, mask * row_weights[:, None]


def _check_aligned(lengths: np.ndarray, tags: Ids) -> None:
    if len(lengths) != len(tags):
        raise ValueError(
            "`tokens` and `tags` must have as many sentences. "
            f"Received: {len(lengths)} and {len(tags)}"
        )
    for row, (length, sentence_tags) in enumerate(zip(lengths, tags, strict=True)):
        if length != len(sentence_tags):
            raise ValueError(
                "A sentence must have one tag for each token. "
                f"Received: {length} tokens and {len(sentence_tags)} tags in sentence {row}"
            )
