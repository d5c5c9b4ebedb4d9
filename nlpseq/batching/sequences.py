"""Batches of token ids with one answer for each row."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nlpseq.batching.batches import Batches
from nlpseq.batching.id_rows import lengths_of
from nlpseq.batching.padding import Ids, mask_of, pad
from nlpseq.text.specials import END_ID


class SequenceBatches(Batches):
    """Batches of whole texts: token ids in, one answer out for each row, a class or values.

    A batch is `(inputs, targets, weights)`. `inputs` is a dictionary of

    - `tokens`: int32, `(batch, time)`, with the end id behind each text, then padding of 0: so an
      empty text has a token too;
    - `mask`: bool, `(batch, time)`, `True` at real tokens, the end included.

    `targets` has classes, int32, `(batch,)`, or values, float32, `(batch, values)`, and `weights`
    float32, `(batch,)`: 1 at the rows to learn from, 0 at filler rows. Without `targets`, for
    prediction, a batch is `(inputs,)`.

    Args:
        tokens: Token ids of each text, lists or one-dimensional arrays, perhaps empty ones.
        targets: The class of each text, integers, `(texts,)`, or its values, floats,
            `(texts, values)`. `None` for prediction.
        max_length: Most tokens of a text, its end aside; what is behind them is cut off.
        **kwargs: `batch_tokens`, `num_buckets`, `shuffle`, `seed`, `rows_multiple` and `sort`, as
            in `Batches`.

    Raises:
        ValueError: If there are not as many targets as texts, or no text.

    Example:
        >>> inputs, targets, weights = SequenceBatches([[5, 6], []], targets=[1, 0])[0]
        >>> inputs["tokens"]
        array([[5, 6, 3],
               [3, 0, 0]], dtype=int32)
        >>> targets, weights
        (array([1, 0], dtype=int32), array([1., 1.], dtype=float32))
    """

    def __init__(
        self,
        tokens: Ids,
        targets: ArrayLike | None = None,
        max_length: int | None = None,
        **kwargs: Any,
    ) -> None:
        self._tokens = tokens
        self._max_length = max_length
        self._targets = None
        if targets is not None:
            array = np.asarray(targets)
            if len(array) != len(tokens):
                raise ValueError(
                    "Every text must have its target. "
                    f"Received: {len(tokens)} texts and {len(array)} targets"
                )
            are_classes = np.issubdtype(array.dtype, np.integer)
            self._targets = array.astype(np.int32 if are_classes else np.float32)
        self._lengths = np.clip(lengths_of(tokens), None, max_length) + 1  # the end too
        super().__init__(self._lengths, **kwargs)

    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        (width,) = widths
        lengths = self._lengths[rows]
        tokens = pad([self._tokens[row][: self._max_length] for row in rows], width)
        tokens[np.arange(len(rows)), lengths - 1] = END_ID
        inputs = {"tokens": tokens, "mask": mask_of(lengths, width)}
        if self._targets is None:
            return (inputs,)
        return inputs, self._targets[rows], row_weights
