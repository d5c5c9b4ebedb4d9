"""Runs a sequence model over texts of any number and length, in order."""

from collections.abc import Iterable, Iterator
from itertools import islice

import keras
import numpy as np

from nlpseq.batching.ahead import ahead
from nlpseq.batching.sequences import SequenceBatches
from nlpseq.models.sequence import SequenceModel
from nlpseq.progress import Progress
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.text.tokenizer import Tokenizer

# Read ahead, so that texts of similar length are computed together.
TEXTS_AT_ONCE = 4096


class SequenceReader:
    """Texts in, the outputs of the model out.

    Args:
        model: The model.
        tokenizer: Turns texts into its ids.

    Example:
        >>> from nlpseq.text.tokenizer import train_tokenizer
        >>> tokenizer = train_tokenizer("words", ["a dog", "a cat"], vocab_size=20)
        >>> model = SequenceModel(tokenizer.vocab_size, num_outputs=3, units=4)
        >>> found = SequenceReader(model, tokenizer).read(["a dog", ""], max_length=9)
        >>> [(text, outputs.shape) for text, outputs in found]
        [('a dog', (3,)), ('', (3,))]
    """

    def __init__(self, model: SequenceModel, tokenizer: Tokenizer) -> None:
        self.model = model
        self.tokenizer = tokenizer
        # The same layers with a compiled function of their own: `fit` leaves it as it is.
        self._network = keras.Model(model.input, model.output)

    def read(
        self, texts: Iterable[str], max_length: int, batch_tokens: int = 4096
    ) -> Iterator[tuple[str, np.ndarray]]:
        """Reads texts, some thousand at a time.

        Args:
            texts: Any number, perhaps empty ones.
            max_length: Most tokens of a text that are read.
            batch_tokens: Slots of a batch, padding included.

        Yields:
            Each text in order, with the outputs for it, float32, `(num_outputs,)`.

        Raises:
            TypeError: If `texts` is a single string.
        """
        if isinstance(texts, str):
            raise TypeError("`texts` must be a list. Received: a string")
        iterator = iter(texts)
        while chunk := list(islice(iterator, TEXTS_AT_ONCE)):
            ids = self.tokenizer.encode_batch(chunk)
            settings = {"max_length": max_length, "batch_tokens": batch_tokens}
            batches = SequenceBatches(ids, **settings, sort=True)
            found = batches.in_input_order(self._outputs(batches, len(chunk)))
            yield from zip(chunk, found, strict=True)

    def _outputs(self, batches: SequenceBatches, texts: int) -> Iterator[np.ndarray]:
        with Progress("Reading", texts, "texts") as progress:
            for number, (inputs,) in enumerate(ahead(batches)):
                yield np.asarray(predict_batch(self._network, inputs), np.float32)
                real = batches.indices(number) >= 0
                progress.add(int(real.sum()), tokens=int(inputs["mask"][real].sum()))
