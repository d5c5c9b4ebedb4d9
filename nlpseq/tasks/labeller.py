"""Runs a tagging model over sentences of any number and length, in order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from nlpseq.batching.ahead import ahead
from nlpseq.models.tag_ensemble import TaggingEnsemble
from nlpseq.models.tag_search import TagSearch
from nlpseq.models.tagging import TaggingModel
from nlpseq.progress import Progress
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.tasks.tagging_codec import TaggingCodec
from nlpseq.text.words import WordTokenizer

# Read ahead, so that sentences of similar length are computed together.
SENTENCES_AT_ONCE = 4096

Sentence = str | Sequence[str]
Found = dict[str, dict[str, np.ndarray]]


class Labeller:
    """Tokens in, ids and probabilities of labels out.

    Args:
        model: The model.
        codec: Turns tokens into its ids.

    Attributes:
        tokenizer: Splits strings into tokens; token lists are taken as they are.

    Example:
        >>> codec = TaggingCodec.from_examples([["a", "b"]], {"pos": [["X", "Y"]]}, min_count=1)
        >>> model = TaggingModel(len(codec.vocabulary), {"pos": 2}, len(codec.characters), units=4)
        >>> found = Labeller(model, codec).search(["a b", "", ["b"]])
        >>> [(sentence, columns["pos"]["tags"].shape) for sentence, columns in found]
        [('a b', (2,)), ('', (0,)), (['b'], (1,))]
    """

    def __init__(self, model: TaggingModel | TaggingEnsemble, codec: TaggingCodec) -> None:
        self.model = model
        self.codec = codec
        self.tokenizer = WordTokenizer()
        self._searches: dict[tuple[bool, int], TagSearch] = {}

    def search(
        self,
        sentences: Iterable[Sentence],
        batch_tokens: int = 4096,
        probabilities: bool = False,
        num_best: int = 0,
    ) -> Iterator[tuple[Sentence, Found]]:
        """Labels sentences, some thousand at a time.

        Args:
            sentences: Strings or lists of tokens, any number, perhaps empty ones.
            batch_tokens: Slots of a batch, padding included.
            probabilities: As for `TagSearch`.
            num_best: As for `TagSearch`.

        Yields:
            Each sentence in order, with what `TagSearch` finds for it, by column, without padding:
            `tags`, `(tokens,)`, or with `num_best` `(num_best, tokens)` and `scores`; with
            `probabilities` also those, `(tokens, labels)`.

        Raises:
            TypeError: If `sentences` is a single string.
        """
        if isinstance(sentences, str):
            raise TypeError("`sentences` must be a list. Received: a string; use `tag` for one")
        key = (probabilities, num_best)
        search = self._searches.get(key)
        if search is None:
            search = self._searches[key] = TagSearch(self.model, *key)
        iterator = iter(sentences)
        while chunk := list(islice(iterator, SENTENCES_AT_ONCE)):
            tokens = [self.tokenizer.tokenize(sentence) for sentence in chunk]
            yield from zip(chunk, self._search(search, tokens, batch_tokens), strict=True)

    def _search(
        self, search: TagSearch, sentences: list[list[str]], batch_tokens: int
    ) -> list[Found]:
        results = [self._nothing(search.num_best) for _ in sentences]
        full = [row for row, tokens in enumerate(sentences) if tokens]
        if not full:
            return results
        batches = self.codec.batches(
            [sentences[row] for row in full], batch_tokens=batch_tokens, sort=True
        )

        def rows_of_batches() -> Iterator[list[Found]]:
            with Progress("Labelling", len(full), "sentences") as progress:
                for number, (inputs,) in enumerate(ahead(batches)):
                    yield _rows(predict_batch(search, inputs))
                    real = batches.indices(number) >= 0
                    progress.add(int(real.sum()), tokens=int(inputs["mask"][real].sum()))

        found = rows_of_batches()
        for row, columns in zip(full, batches.in_input_order(found), strict=True):
            length = len(sentences[row])
            results[row] = {column: _cut(columns[column], length) for column in results[row]}
        return results

    def _nothing(self, num_best: int) -> Found:
        """What there is to find in a sentence without tokens: one empty sequence, for sure."""
        return {
            column: {
                "tags": np.zeros((1, 0) if num_best else 0, np.int32),
                "probabilities": np.zeros((0, len(labels)), np.float32),
                "scores": np.zeros(1, np.float32),
            }
            for column, labels in self.codec.labels.items()
        }


def _rows(found: Mapping[str, Mapping[str, np.ndarray]]) -> list[Found]:
    """The rows of a batch of results."""
    size = len(next(iter(found.values()))["tags"])
    return [
        {
            column: {name: array[row] for name, array in arrays.items()}
            for column, arrays in found.items()
        }
        for row in range(size)
    ]


def _cut(arrays: Mapping[str, np.ndarray], length: int) -> dict[str, np.ndarray]:
    """The results of one sentence without padding."""
    cut = {"tags": arrays["tags"][..., :length]}  # perhaps several sequences
    if "probabilities" in arrays:
        cut["probabilities"] = arrays["probabilities"][:length]
    if "scores" in arrays:
        cut["scores"] = arrays["scores"]
    return cut
