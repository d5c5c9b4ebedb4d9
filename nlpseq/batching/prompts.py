"""Batches of beginnings of texts, to be gone on with."""

from typing import Any

import numpy as np

from nlpseq.batching.batches import Batches
from nlpseq.batching.id_rows import lengths_of
from nlpseq.batching.padding import Ids, mask_of, pad
from nlpseq.text.specials import END_ID


class PromptBatches(Batches):
    """Beginnings of texts for a search: what is read before, and the token that it begins with.

    A batch is `(inputs,)`, a dictionary of `source`, int32, `(batch, time)`: the end id, as if
    another text had just ended, then the beginning without its last token; `source_mask`, bool of
    that shape, `True` at real tokens, none at all where the beginning is empty; and `first_ids`,
    int32, `(batch,)`: the last token, or the end id.

    Args:
        prompts: Ids of each beginning; it may be empty.
        **kwargs: As in `Batches`.

    Example:
        >>> (inputs,) = PromptBatches([[5, 6], []])[0]
        >>> inputs["source"].tolist(), inputs["first_ids"].tolist()
        ([[3, 5, 0], [0, 0, 0]], [6, 3])
    """

    def __init__(self, prompts: Ids, **kwargs: Any) -> None:
        self._prompts = prompts
        super().__init__(lengths_of(prompts) + 1, **kwargs)

    def collate(
        self, rows: np.ndarray, widths: tuple[int, ...], row_weights: np.ndarray
    ) -> tuple[Any, ...]:
        (width,) = widths
        tokens = [[END_ID, *self._prompts[row]] for row in rows]
        inputs = {
            "source": pad([row[:-1] for row in tokens], width),
            "source_mask": mask_of([len(row) - 1 for row in tokens], width),
            "first_ids": np.array([row[-1] for row in tokens], np.int32),
        }
        return (inputs,)
