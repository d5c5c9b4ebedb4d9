"""Batches of sentences each of whose tokens is to be predicted from those before it."""

from typing import Any

import numpy as np

from nlpseq.batching.batches import Batches
from nlpseq.batching.id_rows import lengths_of
from nlpseq.batching.padding import Ids, mask_of, pad
from nlpseq.text.specials import END_ID


class SentenceBatches(Batches):
    """Sentences by themselves, for a language model: what comes next, and where it ends.

    The ids come without begin and end; they are set here. A batch is `(inputs, targets, weights)`.
    `inputs` is a dictionary of `tokens`, int32, `(batch, time)`: the end id, as if another
    sentence had just ended, then the sentence; padded on the right, so that a model that reads
    forwards needs no mask. `targets` is the sentence, then the end id, int32, `(batch, time)`.
    `weights` are float32, `(batch, time)`: 1 at tokens and end, 0 at padding and in filler rows.

    Args:
        sentences: Ids of each sentence: lists, one-dimensional arrays or `IdRows`.
        **kwargs: `batch_tokens`, `num_buckets`, `shuffle`, `seed`, `rows_multiple` and
            `sort`, as in `Batches`. An end id counts as a token.

    Example:
        >>> inputs, targets, weights = SentenceBatches([[5, 6], [7]])[0]
        >>> inputs["tokens"]
        array([[3, 5, 6],
               [3, 7, 0]], dtype=int32)
        >>> targets
        array([[5, 6, 3],
               [7, 3, 0]], dtype=int32)
    """

    def __init__(self, sentences: Ids, **kwargs: Any) -> None:
        self._sentences = sentences
        self._lengths = lengths_of(sentences) + 1
        super().__init__(self._lengths, **kwargs)

    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        (width,) = widths
        lengths = self._lengths[rows]
        targets = pad([self._sentences[row] for row in rows], width)
        tokens = np.hstack([np.full((len(rows), 1), END_ID, np.int32), targets[:, :-1]])
        targets[np.arange(len(rows)), lengths - 1] = END_ID
        return {"tokens": tokens}, targets, mask_of(lengths, width) * row_weights[:, None]
