"""Batches of source and target sentences for sequence-to-sequence models."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nlpseq.batching.batches import Batches
from nlpseq.batching.id_rows import lengths_of
from nlpseq.batching.padding import Ids, mask_of, pad
from nlpseq.text.specials import BEGIN_ID, END_ID


class PairBatches(Batches):
    """Batches for translation: source ids in, target ids out, with teacher forcing.

    The ids come without begin and end; they are set here. A batch is
    `(inputs, targets, weights)`. `inputs` is a dictionary of

    - `source`: int32, `(batch, source_time)`, each sentence with the end id after it, so
      that an empty one is a real row too; padded on the right with 0;
    - `source_mask`: bool, `(batch, source_time)`, `True` at tokens and end;
    - `target`: int32, `(batch, target_time)`, what the decoder reads: the begin id, then
      the target sentence; padded on the right, so that a decoder needs no mask of it.

    `targets` is what the decoder is to say: the target sentence, then the end id, int32,
    `(batch, target_time)`. `weights` are float32, `(batch, target_time)`: 1 at tokens and
    end, 0 at padding and in filler rows. Without `target`, for prediction, a batch is
    `(inputs,)` with `source` and `source_mask` only.

    Args:
        source: Source ids of each pair: lists, one-dimensional arrays or `IdRows`.
        target: Target ids of each pair. `None` for prediction.
        **kwargs: `batch_tokens`, `num_buckets`, `shuffle`, `seed`, `rows_multiple` and
            `sort`, as in `Batches`. An end id counts as a token.

    Raises:
        ValueError: If there are not as many source as target sentences.

    Example:
        >>> inputs, targets, weights = PairBatches([[5, 6], []], [[7], [8, 9]])[0]
        >>> inputs["source"]
        array([[5, 6, 3],
               [3, 0, 0]], dtype=int32)
        >>> inputs["target"]
        array([[2, 7, 0],
               [2, 8, 9]], dtype=int32)
        >>> targets
        array([[7, 3, 0],
               [8, 9, 3]], dtype=int32)
    """

    def __init__(self, source: Ids, target: Ids | None = None, **kwargs: Any) -> None:
        if target is not None and len(source) != len(target):
            raise ValueError(
                "`source` and `target` must have as many sentences. "
                f"Received: {len(source)} and {len(target)}"
            )
        self._sides = [source] if target is None else [source, target]
        super().__init__(self._slots_needed(), **kwargs)

    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        source, source_mask = self._with_end(0, rows, widths[0])
        inputs = {"source": source, "source_mask": source_mask}
        if len(self._sides) == 1:
            return (inputs,)
        targets, target_mask = self._with_end(1, rows, widths[1])
        # Teacher forcing: at each step the decoder reads what it should have said before.
        spoken = targets[:, :-1] * target_mask[:, 1:]
        begin = np.full((len(rows), 1), BEGIN_ID, dtype=np.int32)
        inputs["target"] = np.hstack([begin, spoken])
        return inputs, targets, target_mask * row_weights[:, None]

    def _with_end(self, side: int, rows: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
        """Padded sentences of one side with the end id after each, and their mask."""
        sentences = self._sentences(side, rows, width - 1)
        lengths = np.fromiter(map(len, sentences), np.int64, len(sentences))
        padded = pad(sentences, width)
        padded[np.arange(len(rows)), lengths] = END_ID
        return padded, mask_of(lengths + 1, width)

    def _slots_needed(self) -> np.ndarray:
        """Slots that each pair needs on its sides, ends included, `(pairs, sides)`."""
        return np.stack([lengths_of(side) + 1 for side in self._sides], axis=1)

    def _sentences(self, side: int, rows: np.ndarray, longest: int) -> Sequence[Any]:
        """Ids of some sentences of a side, without ends."""
        return [self._sides[side][row] for row in rows]
