"""Training on mapped files in little memory."""

from typing import Any

import keras

from nlpseq.datasets.mapped import release_pages

BATCHES_BETWEEN = 10  # each may touch a page, and its neighbours, for every row


class ReleasedPages(keras.callbacks.Callback):
    """Keeps mapped files, of which each batch reads other rows, from filling the memory.

    Example:
        >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        >>> model.compile(loss="mse")
        >>> x = keras.ops.ones((4, 1))
        >>> _ = model.fit(x, x, callbacks=[ReleasedPages()], verbose=0)
    """

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if batch % BATCHES_BETWEEN == 0:
            release_pages()
