"""Batches of token ids with tag ids for each token."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nlpseq.batching.batches import Batches
from nlpseq.batching.id_rows import lengths_of
from nlpseq.batching.padding import Ids, mask_of, pad
from nlpseq.batching.spellings import Spellings


class TaggingBatches(Batches):
    """Batches for tagging: token ids in, one tag id a column out for each.

    A batch is `(inputs, targets, weights)`. `inputs` is a dictionary of

    - `tokens`: int32, `(batch, time)`, padded on the right with 0;
    - `mask`: bool, `(batch, time)`, `True` at real tokens;
    - with `spellings`, also `spellings` and `spelling_index` (see `nlpseq.batching.spellings`).

    `targets` has tag ids, int32, `(batch, time)`, for each column by name, and `weights` float32,
    `(batch, time)`, under the same names: 1 at the tokens to learn from, 0 at padding and in filler
    rows. Without `tags`, for prediction, a batch is `(inputs,)`.

    Args:
        tokens: Token ids of each sentence, lists or one-dimensional arrays. A sentence
            without tokens is to be left out.
        tags: For each column, tag ids of each sentence, as many as tokens. `None` for prediction.
        spellings: The spelling of every token, where a model reads characters.
        **kwargs: `batch_tokens`, `num_buckets`, `shuffle`, `seed`, `rows_multiple` and
            `sort`, as in `Batches`.

    Raises:
        ValueError: If a sentence has no token, or not as many tags as tokens.

    Example:
        >>> batches = TaggingBatches([[5, 6, 7], [8, 9]], tags={"upos": [[1, 2, 1], [3, 1]]})
        >>> inputs, targets, weights = batches[0]
        >>> inputs["tokens"]
        array([[5, 6, 7],
               [8, 9, 0]], dtype=int32)
        >>> targets["upos"]
        array([[1, 2, 1],
               [3, 1, 0]], dtype=int32)
        >>> weights["upos"]
        array([[1., 1., 1.],
               [1., 1., 0.]], dtype=float32)
    """

    def __init__(
        self,
        tokens: Ids,
        tags: Mapping[str, Ids] | None = None,
        spellings: Spellings | None = None,
        **kwargs: Any,
    ) -> None:
        self._tokens = tokens
        self._tags = tags
        self._spellings = spellings
        self._lengths = lengths_of(tokens)
        for column, ids in (tags or {}).items():
            _check_aligned(self._lengths, ids, column)
        super().__init__(self._lengths, **kwargs)

    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        (width,) = widths
        mask = mask_of(self._lengths[rows], width)
        inputs = {"tokens": pad([self._tokens[row] for row in rows], width), "mask": mask}
        if self._spellings is not None:
            widest = max(shape[1] for shape in self.shapes)
            inputs |= self._spellings.of_batch(rows, mask, full_width=width == widest)
        if self._tags is None:
            return (inputs,)
        targets = {
            column: pad([ids[row] for row in rows], width) for column, ids in self._tags.items()
        }
        weights = mask * row_weights[:, None]
        return inputs, targets, dict.fromkeys(targets, weights)


def _check_aligned(lengths: np.ndarray, tags: Ids, column: str) -> None:
    if len(lengths) != len(tags):
        raise ValueError(
            f"`tokens` and the tags of {column!r} must have as many sentences. "
            f"Received: {len(lengths)} and {len(tags)}"
        )
    found = lengths_of(tags)
    wrong = np.flatnonzero(lengths != found)
    if wrong.size:
        row = wrong[0]
        raise ValueError(
            "A sentence must have one tag for each token. "
            f"Received: {lengths[row]} tokens and {found[row]} tags of {column!r} in "
            f"sentence {row}"
        )
