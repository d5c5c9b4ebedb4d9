"""Batches of one long text, read as parallel streams from its beginning to its end."""

from typing import Any

import keras
import numpy as np
from numpy.typing import ArrayLike

from nlpseq.batching.budget import suitable_batch_tokens
from nlpseq.text.specials import END_ID


class ContinuousBatches(keras.utils.PyDataset):
    """One text in batches that go on where the ones before them ended.

    The text is cut into `streams` parts of the same length, which are read side by side, so many
    `time_steps` in each batch. Row `r` of a batch goes on where row `r` of the batch before ended,
    so that a recurrent state can be carried over. Each token is what is to be said exactly once.

    A batch is `(inputs, targets, weights)`. `inputs` is a dictionary of

    - `tokens`: int32, `(streams, time_steps)`: the token before each target; what comes before the
      first one is the end id, as if another text had just ended;
    - `carry`: float32, `(streams,)`: 0 in the first batch, where states begin anew, then 1.

    `targets` are the tokens to predict, int32, `(streams, time_steps)`; `weights` are float32 of
    that shape, 0 at the padding behind the end of a stream.

    There is no order to shuffle: every epoch is the same. Call `fit(..., shuffle=False)`.

    Args:
        ids: Integers, `(tokens,)`: the text.
        time_steps: Tokens that are read at once: gradients go so far back and no further.
        batch_tokens: Slots of a batch, `streams * time_steps`; of a short text fewer. `None`: what
            `suitable_batch_tokens` finds.

    Attributes:
        batch_tokens: The budget, also where it was found.
        epoch: Number of the epoch; may be set.
        shapes: The one shape of all batches, `[(streams, time_steps)]`.
        padding_share: Share of the slots that hold no token, from 0 to 1.
        num_tokens: Tokens of an epoch.

    Raises:
        ValueError: If there is no token, or a setting is below 1.

    Example:
        >>> batches = ContinuousBatches([5, 6, 7, 8, 9], time_steps=2, batch_tokens=4)
        >>> for inputs, targets, weights in batches:
        ...     print(inputs["tokens"].tolist(), inputs["carry"].tolist(), targets.tolist())
        [[3, 5], [7, 8]] [0.0, 0.0] [[5, 6], [8, 9]]
        [[6, 0], [0, 0]] [1.0, 1.0] [[7, 0], [0, 0]]

    Reference:
        Mikolov et al. (2010), https://www.isca-archive.org/interspeech_2010/mikolov10_interspeech;
        truncated back-propagation: Williams and Peng (1990).
    """

    def __init__(self, ids: ArrayLike, time_steps: int, batch_tokens: int | None = None) -> None:
        super().__init__()
        self._ids = np.asarray(ids)
        if not self._ids.size:
            raise ValueError("A text must have at least one token. Received: none")
        if batch_tokens is None:
            batch_tokens = suitable_batch_tokens(np.array([[self._ids.size]]))
        if min(time_steps, batch_tokens) < 1:
            raise ValueError(
                "`time_steps` and `batch_tokens` must be at least 1. "
                f"Received: time_steps={time_steps}, batch_tokens={batch_tokens}"
            )
        self.batch_tokens = batch_tokens
        self.epoch = 0
        streams = max(batch_tokens // time_steps, 1)
        self.shapes: list[tuple[int, ...]] = [(streams, time_steps)]
        self.num_tokens = self._ids.size
        self._length = -(-self.num_tokens // streams)  # of a stream
        self.padding_share = 1 - self.num_tokens / (len(self) * streams * time_steps)

    def on_epoch_end(self) -> None:
        """Goes on to the next epoch; Keras calls it."""
        self.epoch += 1

    def __len__(self) -> int:
        return -(-self._length // self.shapes[0][1])

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        streams, time_steps = self.shapes[0]
        places = index * time_steps + np.arange(time_steps)
        texts = np.arange(streams)[:, None] * self._length + places  # places in the whole text
        real = (places < self._length) & (texts < self.num_tokens)
        targets = np.where(real, self._at(texts), 0).astype(np.int32)
        before = np.where(texts == 0, END_ID, self._at(texts - 1))
        inputs = {
            "tokens": np.where(real, before, 0).astype(np.int32),
            "carry": np.full(streams, float(index > 0), np.float32),
        }
        return inputs, targets, real.astype(np.float32)

    def _at(self, places: np.ndarray) -> np.ndarray:
        found: np.ndarray = self._ids[np.clip(places, 0, self.num_tokens - 1)]
        return found
