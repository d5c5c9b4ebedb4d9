"""A language model that tells how probable texts are, whole or piece by piece."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from nlpseq.batching.continuous import ContinuousBatches
from nlpseq.batching.sentences import SentenceBatches
from nlpseq.models.next_token import NextTokenModel
from nlpseq.models.reading import Reading
from nlpseq.tasks.any_shape import predict_batch
from nlpseq.tasks.token_score import TokenScore, token_score
from nlpseq.text.characters import CharacterTokenizer
from nlpseq.text.specials import END_ID, SPECIALS
from nlpseq.text.tokenizer import Tokenizer

# Widths of pieces are multiples of this, so that few are compiled.
_WIDTH_MULTIPLE = 16


class TextState(NamedTuple):
    """What a reader knows behind a piece of text: the caller keeps it, and gives it back.

    Attributes:
        states: The recurrent states, an array `(1, units)` each.
        last_id: The last token that was read.
        pending: Text that is not read yet: the beginning of a word whose end is to come.
    """

    states: list[list[np.ndarray]]
    last_id: int
    pending: str


class TextReader:
    r"""Reads texts, and tells how probable each token was before it came.

    Args:
        model: The `NextTokenModel`.
        tokenizer: Text and ids.
        backward: Whether the model reads texts from their end.

    Example:
        >>> from nlpseq.text.tokenizer import TOKENIZERS
        >>> tokenizer = TOKENIZERS["characters"].train(["abc"], vocab_size=9)
        >>> reader = TextReader(NextTokenModel(7, embedding_dim=4, units=4), tokenizer)
        >>> (whole,) = reader.score(["abc"])
        >>> first, state = reader.read("ab")
        >>> second, state = reader.read("c\n", state)
        >>> [*first.tokens, *second.tokens] == whole.tokens
        True
        >>> bool(abs(first.log_prob + second.log_prob - whole.log_prob) < 1e-5)
        True
    """

    def __init__(self, model: NextTokenModel, tokenizer: Tokenizer, backward: bool = False) -> None:
        self.tokenizer = tokenizer
        self.backward = backward
        self._reading = Reading(model)

    def score(self, texts: Sequence[str], *, batch_tokens: int = 4096) -> list[TokenScore]:
        """Tells how probable texts are, each by itself, its end included.

        Args:
            texts: Texts, a line each.
            batch_tokens: Slots of a batch, padding included.

        Returns:
            For each text, in order, `log_prob`, the sum over `tokens`, of which each has its
            `token_log_probs`. A backward model has the tokens from the last to the first.

        Raises:
            TypeError: If `texts` is a string.
        """
        if isinstance(texts, str):
            raise TypeError(f"`texts` must be a list of strings. Received: {texts!r}")
        return list(self.score_stream(texts, batch_tokens=batch_tokens))

    def score_stream(
        self, texts: Iterable[str], *, batch_tokens: int = 4096, read_ahead: int = 4096
    ) -> Iterator[TokenScore]:
        """Tells how probable any number of texts are, in bounded memory.

        Args:
            texts: As for `score`.
            batch_tokens: As for `score`.
            read_ahead: Texts that are read at once.

        Yields:
            The score of each text, in order.
        """
        rows = iter(texts)
        while chunk := list(islice(rows, read_ahead)):
            ids = [self._in_order(row) for row in self.tokenizer.encode_batch(chunk)]
            batches = SentenceBatches(ids, batch_tokens=batch_tokens, sort=True)
            found = batches.in_input_order(log_probs for log_probs, _ in self._log_probs(batches))
            for text, row, log_probs in zip(chunk, ids, found, strict=True):
                tokens = [*self._in_order(self.tokenizer.tokenize(text)), SPECIALS[END_ID]]
                yield token_score(tokens, log_probs[: len(row) + 1])

    def read(
        self, text: str, state: TextState | None = None, *, final: bool = False
    ) -> tuple[TokenScore, TextState]:
        r"""Reads the next piece of a text.

        Pieces may be cut anywhere; together they give what the whole text does. A `\n` ends a line
        (`</s>`), and the next one begins with the state that the last one ended with. Where tokens
        are words or parts of them, a word is read when the white space behind it is there.

        Args:
            text: The piece.
            state: What this method returned for the piece before; `None` where the text begins.
            final: Whether a word that may not be whole is read too, because nothing comes behind.

        Returns:
            The score of the tokens that could be read, and the state behind them, which is a value:
            one may go on from it several times.

        Raises:
            ValueError: If the model reads backwards.
        """
        if self.backward:
            raise ValueError("A backward model reads a text from its end: it can't read pieces")
        if state is None:
            state = TextState(self._reading.zero_states(1), END_ID, "")
        complete, pending = self._cut(state.pending + text, final)
        first, *others = complete.split("\n")
        ids, tokens = self._ids_and_tokens(first)
        for line in others:
            ids.append(END_ID)
            tokens.append(SPECIALS[END_ID])
            more_ids, more_tokens = self._ids_and_tokens(line)
            ids += more_ids
            tokens += more_tokens
        if not ids:
            return token_score([], np.zeros(0)), state._replace(pending=pending)
        width = -(-len(ids) // _WIDTH_MULTIPLE) * _WIDTH_MULTIPLE
        answers = np.zeros((1, width), np.int32)
        answers[0, : len(ids)] = ids
        said = np.hstack([np.array([[state.last_id]], np.int32), answers[:, :-1]])
        mask = np.arange(width)[None] < len(ids)
        inputs = {"tokens": said, "answers": answers, "mask": mask, "states": state.states}
        found = predict_batch(self._reading, inputs)
        score = token_score(tokens, found["log_probs"][0, : len(ids)])
        return score, TextState(found["states"], ids[-1], pending)

    def _cut(self, text: str, final: bool) -> tuple[str, str]:
        """What can be read of a text, and what has to wait."""
        if final or isinstance(self.tokenizer, CharacterTokenizer):
            return text, ""
        end = 1 + max(text.rfind(space) for space in " \n")
        return text[:end], text[end:]

    def _ids_and_tokens(self, line: str) -> tuple[list[int], list[str]]:
        return self.tokenizer.encode(line).tolist(), self.tokenizer.tokenize(line)

    def _in_order(self, tokens: Any) -> Any:
        return tokens[::-1] if self.backward else tokens

    def _log_probs(
        self, batches: SentenceBatches | ContinuousBatches
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """For each batch the log-probabilities of its answers, and their weights."""
        states = None
        for index in range(len(batches)):
            inputs, answers, weights = batches[index]
            if states is None or isinstance(batches, SentenceBatches):
                states = self._reading.zero_states(len(answers))
            asked = {"tokens": inputs["tokens"], "answers": answers, "mask": weights > 0}
            found = predict_batch(self._reading, {**asked, "states": states})
            states = found["states"]
            yield found["log_probs"], weights
