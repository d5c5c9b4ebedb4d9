"""Batches of token ids with one class for each row."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nlpseq.batching.batches import Batches
from nlpseq.batching.id_rows import lengths_of
from nlpseq.batching.padding import Ids, mask_of, pad
from nlpseq.text.specials import END_ID


class SequenceBatches(Batches):
    """Batches for classification: token ids in, one class out for each row.

    A batch is `(inputs, targets, weights)`. `inputs` is a dictionary of

    - `tokens`: int32, `(batch, time)`, with the end id behind each text, then padding of 0: so an
      empty text has a token too;
    - `mask`: bool, `(batch, time)`, `True` at real tokens, the end included.

    `targets` has classes, int32, `(batch,)`, and `weights` float32, `(batch,)`: 1 at the rows to
    learn from, 0 at filler rows. Without `classes`, for prediction, a batch is `(inputs,)`.

    Args:
        tokens: Token ids of each text, lists or one-dimensional arrays, perhaps empty ones.
        classes: The class of each text, integers, `(texts,)`. `None` for prediction.
        **kwargs: `batch_tokens`, `num_buckets`, `shuffle`, `seed`, `rows_multiple` and `sort`, as
            in `Batches`.

    Raises:
        ValueError: If there are not as many classes as texts, or no text.

    Example:
        >>> inputs, targets, weights = SequenceBatches([[5, 6], []], classes=[1, 0])[0]
        >>> inputs["tokens"]
        array([[5, 6, 3],
               [3, 0, 0]], dtype=int32)
        >>> targets, weights
        (array([1, 0], dtype=int32), array([1., 1.], dtype=float32))
    """

    def __init__(self, tokens: Ids, classes: ArrayLike | None = None, **kwargs: Any) -> None:
        self._tokens = tokens
        self._classes = None if classes is None else np.asarray(classes, dtype=np.int32)
        if self._classes is not None and self._classes.shape != (len(tokens),):
            raise ValueError(
                "Every text must have one class. "
                f"Received: {len(tokens)} texts and classes of shape {self._classes.shape}"
            )
        self._lengths = lengths_of(tokens) + 1  # the end too
        super().__init__(self._lengths, **kwargs)

    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        (width,) = widths
        lengths = self._lengths[rows]
        tokens = pad([self._tokens[row] for row in rows], width)
        tokens[np.arange(len(rows)), lengths - 1] = END_ID
        inputs = {"tokens": tokens, "mask": mask_of(lengths, width)}
        if self._classes is None:
            return (inputs,)
        return inputs, self._classes[rows], row_weights
