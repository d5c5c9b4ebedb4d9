"""A language model that goes on with texts."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np

from nlpseq.batching.prompts import PromptBatches
from nlpseq.decoding.sampling import chances
from nlpseq.models.next_token import NextTokenModel
from nlpseq.models.search import Search
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.tasks.search_options import SearchOptions
from nlpseq.tasks.translation_search import make_search
from nlpseq.text.specials import END_ID
from nlpseq.text.tokenizer import Tokenizer

# What no token is: a search that ends with it goes on over the ends of lines.
_NO_END = -1


class TextGenerator:
    """What comes next, by chance or by a search.

    Args:
        model: The `NextTokenModel`.
        tokenizer: Text and ids.
        backward: Whether the model reads texts from their end.

    Example:
        >>> from nlpseq.text.tokenizer import TOKENIZERS
        >>> tokenizer = TOKENIZERS["characters"].train(["abc"], vocab_size=9)
        >>> generator = TextGenerator(NextTokenModel(7, embedding_dim=4, units=4), tokenizer)
        >>> generator.generate("ab", max_length=3, seed=1).startswith("ab")
        True
    """

    def __init__(self, model: NextTokenModel, tokenizer: Tokenizer, backward: bool = False) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.backward = backward
        self._searches: dict[tuple[SearchOptions, int, int], Search] = {}

    @overload
    def generate(self, prompt: str = "", **options: Any) -> str: ...
    @overload
    def generate(self, prompt: Sequence[str], **options: Any) -> list[str]: ...
    def generate(self, prompt: str | Sequence[str] = "", **options: Any) -> str | list[str]:
        """Goes on with a text, or with each of several.

        Args:
            prompt: The beginning of a text, perhaps empty; of a backward model its end.
            **options: As for `variants`.

        Returns:
            The whole text, prompt included, for each prompt.

        Raises:
            ValueError: As for `variants`.
        """
        if isinstance(prompt, str):
            return self.variants([prompt], 1, **options)[0][0]
        return [texts[0] for texts in self.variants(prompt, 1, **options)]

    def variants(
        self,
        prompts: Sequence[str],
        num: int,
        *,
        max_length: int = 100,
        beam_size: int | None = None,
        temperature: float = 1.0,
        top_k: int = 0,
        top_p: float = 1.0,
        no_repeat_ngram_size: int = 0,
        over_lines: bool = False,
        batch_tokens: int = 4096,
        seed: int = 0,
    ) -> list[list[str]]:
        r"""Goes on with each text in several ways.

        Args:
            prompts: Beginnings of texts, perhaps empty, perhaps of several lines.
            num: Continuations of each.
            max_length: Most tokens that are added.
            beam_size: Hypotheses that a search follows at once, 1 for greedy search; then the
                continuations are the most probable ones, best first. `None`: they are drawn.
            temperature: Of drawing: below 1 for more probable texts, above for others.
            top_k: Of drawing: number of tokens to choose from at each step; 0 for all.
            top_p: Of drawing: share of the probability that the tokens to choose from make up.
            no_repeat_ngram_size: No text goes on with the same tokens twice in as many places in a
                row; 0 for no such condition.
            over_lines: Whether a text goes on, until it has `max_length` further tokens, where a
                line ends: the end is then a `\n`.
            batch_tokens: Slots of a batch.
            seed: Of drawing. A text depends on it and on the number of the prompt, not on the
                batch.

        Returns:
            For each prompt its texts, prompts included. A search may find fewer than `num`.

        Raises:
            TypeError: If `prompts` is a string.
            ValueError: If a number is out of range.
        """
        if isinstance(prompts, str):
            raise TypeError(f"`prompts` must be a list of strings. Received: {prompts!r}")
        if min(num, max_length) < 1:
            raise ValueError(
                "`num` and `max_length` must be at least 1. "
                f"Received: num={num}, max_length={max_length}"
            )
        options = SearchOptions(
            sampling=beam_size is None,
            beam_size=1 if beam_size is None else beam_size,
            length_penalty=0.6 if beam_size is None else 0.0,
            temperature=temperature,
            top_k=top_k,
            top_p=top_p,
            no_repeat_ngram_size=no_repeat_ngram_size,
            length_factor=0.0,
            length_offset=max_length,
        )
        if not prompts:
            return []
        drawn = num if options.sampling else 1
        search = self._compiled(options, 1 if options.sampling else num, over_lines)
        ids = [self._prompt_ids(prompt) for prompt in prompts]
        rows = [row for row in range(len(prompts)) for _ in range(drawn)]
        batches = PromptBatches([ids[row] for row in rows], batch_tokens=batch_tokens, sort=True)

        def found() -> Iterator[list[list[list[int]]]]:
            for batch, (inputs,) in enumerate(batches):
                places = batches.indices(batch)
                if options.sampling:
                    inputs["uniforms"] = np.stack(
                        [chances(max_length, seed, rows[i], i % drawn) for i in places]
                    )
                yield _continuations(predict_batch(search, inputs))

        texts: list[list[str]] = [[] for _ in prompts]
        for row, continuations in zip(rows, batches.in_input_order(found()), strict=True):
            texts[row] += [self._text([*ids[row], *more]) for more in continuations]
        return texts

    def _compiled(self, options: SearchOptions, num_best: int, over_lines: bool) -> Search:
        end_id = _NO_END if over_lines else END_ID
        key = (options, num_best, end_id)
        if key not in self._searches:
            self._searches[key] = make_search(self.model, *key)
        return self._searches[key]

    def _prompt_ids(self, prompt: str) -> list[int]:
        """Ids of the lines of a prompt, the end id between them, in the order of reading."""
        lines = [ids.tolist() for ids in self.tokenizer.encode_batch(prompt.split("\n"))]
        ids = [token for line in lines for token in (*line, END_ID)][:-1]
        return ids[::-1] if self.backward else ids

    def _text(self, ids: list[int]) -> str:
        ids = ids[::-1] if self.backward else ids
        lines: list[list[int]] = [[]]
        for token in ids:
            lines.append([]) if token == END_ID else lines[-1].append(token)
        return "\n".join(self.tokenizer.decode_batch(lines))


def _continuations(found: dict[str, np.ndarray]) -> list[list[list[int]]]:
    """For each row what a search has found for it, without the end."""
    token_ids, lengths = found["token_ids"], found["lengths"]
    if token_ids.ndim == 2:  # one for each row, and no axis for it
        token_ids, lengths = token_ids[:, None], lengths[:, None]
    texts = []
    for row_ids, row_lengths in zip(token_ids.tolist(), lengths.tolist(), strict=True):
        row = [ids[:length] for ids, length in zip(row_ids, row_lengths, strict=True) if length]
        texts.append([ids[:-1] if ids[-1] == END_ID else ids for ids in row])
    return texts
