"""Between the strings and the ids of tagging."""

import logging
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import numpy as np

from nlpseq.batching.spellings import Spellings
from nlpseq.batching.tagging import TaggingBatches
from nlpseq.text.spelling import Speller
from nlpseq.text.tag_schemes import (
    convert,
    detect_scheme,
    forbidden_transitions,
    malformed,
    write_spans,
)
from nlpseq.text.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

VOCABULARY = "vocabulary.jsonl"
CHARACTERS = "characters.jsonl"

_DIGIT = re.compile(r"\d")


class TaggingCodec:
    """Turns tokens and labels into batches of ids, and ids of labels back into strings.

    Args:
        vocabulary: Tokens and their ids.
        labels: For each column, labels and their ids, without special entries.
        characters: Characters and their ids, where the model reads characters.
        schemes: For each column, the scheme in which its labels are read and given back, or `None`
            where they are not spans.
        learnt_scheme: The scheme in which spans are learnt, and in which `labels` has them.
        lowercase: Whether tokens are looked up in lower case. Their spelling keeps its case.
        normalize_digits: Whether digits of tokens are looked up as `0`. Their spelling keeps them.

    Raises:
        ValueError: If `learnt_scheme` is unknown.

    Example:
        >>> codec = TaggingCodec.from_examples([["a", "b"]], {"pos": [["X", "Y"]]}, min_count=1)
        >>> [inputs["tokens"].tolist() for (inputs,) in codec.batches([["b", "c"]])]
        [[[5, 1]]]
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        labels: Mapping[str, Vocabulary],
        characters: Vocabulary | None = None,
        schemes: Mapping[str, str | None] | None = None,
        learnt_scheme: str = "BIOES",
        lowercase: bool = False,
        normalize_digits: bool = False,
    ) -> None:
        write_spans([], 0, learnt_scheme)  # also where no column is spans, no scheme but these
        self.vocabulary = vocabulary
        self.labels = dict(labels)
        self.characters = characters
        self.schemes = {column: (schemes or {}).get(column) for column in labels}
        self.learnt_scheme = learnt_scheme
        self.lowercase = lowercase
        self.normalize_digits = normalize_digits
        self._speller = None if characters is None else Speller(characters)

    @classmethod
    def from_examples(
        cls,
        sentences: Sequence[Sequence[str]],
        tags: Mapping[str, Sequence[Sequence[str]]],
        min_count: int = 2,
        spelling: bool = True,
        learnt_scheme: str = "BIOES",
        lowercase: bool = False,
        normalize_digits: bool = False,
    ) -> Self:
        """Makes the vocabularies from a corpus.

        Args:
            sentences: The tokens of each sentence.
            tags: For each column, the labels of each sentence.
            min_count: Tokens and characters that are rarer share the id of unknown ones.
            spelling: Whether the model reads characters.
            learnt_scheme: As for the class.
            lowercase: As for the class.
            normalize_digits: As for the class.

        Returns:
            The codec.
        """
        tokens = [_normalized(sentence, lowercase, normalize_digits) for sentence in sentences]
        spellings = (list(token) for sentence in sentences for token in sentence)
        schemes = {column: detect_scheme(rows) for column, rows in tags.items()}
        labels = {}
        for column, rows in tags.items():
            scheme = schemes[column]
            if scheme is not None:
                _warn_of_malformed(column, rows, scheme)
                rows = [convert(row, learnt_scheme) for row in rows]
            labels[column] = Vocabulary.from_tokens(rows, specials=())
        return cls(
            Vocabulary.from_tokens(tokens, min_count=min_count),
            labels,
            Vocabulary.from_tokens(spellings, min_count=min_count) if spelling else None,
            schemes,
            learnt_scheme,
            lowercase,
            normalize_digits,
        )

    @property
    def forbidden(self) -> dict[str, list[tuple[int, int]]]:
        """For each column of spans, the pairs of label ids that its scheme does not allow."""
        return {
            column: forbidden_transitions(self.labels[column].tokens, self.learnt_scheme)
            for column, scheme in self.schemes.items()
            if scheme is not None
        }

    def batches(
        self,
        sentences: Sequence[Sequence[str]],
        tags: Mapping[str, Sequence[Sequence[str]]] | None = None,
        **batching: Any,
    ) -> TaggingBatches:
        """Batches of sentences that all have tokens.

        Args:
            sentences: The tokens of each sentence.
            tags: For each column, their labels; `None` for prediction. A label that was not in the
                corpus has the id -1.
            **batching: Keyword arguments of `Batches`.

        Returns:
            The batches.
        """
        ids = None
        if tags is not None:
            ids = {
                column: [self._encode_labels(column, labels) for labels in rows]
                for column, rows in tags.items()
            }
        spellings = Spellings(sentences, self._speller.spell) if self._speller else None
        tokens = [self.vocabulary.encode(self._normalize(sentence)) for sentence in sentences]
        return TaggingBatches(tokens, ids, spellings, **batching)

    def knows(self, token: str) -> bool:
        """Whether a token has an id of its own."""
        return self._normalize([token])[0] in self.vocabulary

    def decode(self, column: str, ids: np.ndarray) -> list[str]:
        """Labels of a column, in the scheme of the corpus, from their ids."""
        labels = self.labels[column].decode(ids)
        scheme = self.schemes[column]
        return labels if scheme is None else convert(labels, scheme)

    def config(self) -> dict[str, Any]:
        """What `load` needs besides the files."""
        return {
            "schemes": self.schemes,
            "learnt_scheme": self.learnt_scheme,
            "lowercase": self.lowercase,
            "normalize_digits": self.normalize_digits,
        }

    def save(self, folder: Path) -> None:
        """Writes the vocabularies, a file each."""
        self.vocabulary.save(folder / VOCABULARY)
        if self.characters is not None:
            self.characters.save(folder / CHARACTERS)
        for column, labels in self.labels.items():
            labels.save(folder / _labels_file(column))

    @classmethod
    def load(cls, folder: Path, config: Mapping[str, Any]) -> Self:
        """Reads what `save` wrote.

        Args:
            folder: The folder.
            config: What `config` gave.
        """
        characters = folder / CHARACTERS
        return cls(
            Vocabulary.load(folder / VOCABULARY),
            {
                column: Vocabulary.load(folder / _labels_file(column))
                for column in config["schemes"]
            },
            Vocabulary.load(characters) if characters.exists() else None,
            **config,
        )

    def _encode_labels(self, column: str, labels: Sequence[str]) -> np.ndarray:
        if self.schemes[column] is not None:
            labels = convert(labels, self.learnt_scheme)
        return self.labels[column].encode(labels, unknown=-1)

    def _normalize(self, tokens: Sequence[str]) -> Sequence[str]:
        return _normalized(tokens, self.lowercase, self.normalize_digits)


def _labels_file(column: str) -> str:
    return f"labels-{quote(column, safe='')}.jsonl"  # a column may have any name


def _normalized(tokens: Sequence[str], lowercase: bool, digits: bool) -> Sequence[str]:
    if lowercase:
        tokens = [token.lower() for token in tokens]
    return [_DIGIT.sub("0", token) for token in tokens] if digits else tokens


def _warn_of_malformed(column: str, rows: Sequence[Sequence[str]], scheme: str) -> None:
    wrong = malformed(rows, scheme)
    if wrong:
        first = wrong[0]
        logger.warning(
            "%d labels in %r are malformed in %s and were mended, the first in sentence %d, "
            "token %d: %s became %s",
            len(wrong),
            column,
            scheme,
            first.sentence,
            first.position,
            first.tag,
            first.expected,
        )
