"""Between the strings and the ids of tagging."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa

from nlpseq.batching.id_rows import IdRows, WordRows
from nlpseq.batching.spellings import Spellings
from nlpseq.batching.tagging import TaggingBatches
from nlpseq.datasets.encoding import id_column
from nlpseq.tasks.label_column import LabelColumn
from nlpseq.text.normalization import normalized
from nlpseq.text.spelling import Speller
from nlpseq.text.vocabulary import Vocabulary
from nlpseq.text.vocabulary_update import extend_vocabulary

VOCABULARY = "vocabulary.jsonl"
CHARACTERS = "characters.jsonl"

# Scores of a whole tagger, beside those of its columns.
_RESERVED = {"loss", "score", "sentences", "tokens"}

_LABELS = "labels "  # how the names of columns of labels begin in what is encoded


class TaggingCodec:
    """Turns tokens and labels into batches of ids, and ids of labels back into strings.

    Args:
        vocabulary: Tokens and their ids.
        columns: The columns of labels.
        characters: Characters and their ids, where the model reads characters.
        learnt_scheme: The scheme in which spans are learnt.
        lowercase: Whether tokens are looked up in lower case. Their spelling keeps its case.
        normalize_digits: Whether digits of tokens are looked up as `0`. Their spelling keeps them.

    Attributes:
        columns: The columns of labels, by name.
        labels: The labels of each output of the model, by name: of most columns there is one.

    Raises:
        ValueError: If two outputs have one name, or a column that of a score.

    Example:
        >>> codec = TaggingCodec.from_examples([["a", "b"]], {"pos": [["X", "Y"]]}, min_count=1)
        >>> [inputs["tokens"].tolist() for (inputs,) in codec.batches([["b", "c"]])]
        [[[5, 1]]]
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        columns: Iterable[LabelColumn],
        characters: Vocabulary | None = None,
        learnt_scheme: str = "BIOES",
        lowercase: bool = False,
        normalize_digits: bool = False,
    ) -> None:
        self.vocabulary = vocabulary
        self.columns = {column.name: column for column in columns}
        reserved = sorted(_RESERVED & self.columns.keys())
        if reserved:
            raise ValueError(
                f"A column of labels can't be called {', '.join(reserved)}: scores have that name. "
                "Rename it first, with dataset.rename_column"
            )
        self.labels: dict[str, Vocabulary] = {}
        for column in self.columns.values():
            twice = self.labels.keys() & column.outputs.keys()
            if twice:
                raise ValueError(
                    f"Columns and features must have different names. Received: {sorted(twice)} "
                    "twice. Rename a column"
                )
            self.labels |= column.outputs
        self.characters = characters
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
        per_feature: bool = False,
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
            per_feature: Whether labels made of features are learnt feature by feature.

        Returns:
            The codec.
        """
        tokens = [normalized(sentence, lowercase, normalize_digits) for sentence in sentences]
        spellings = (list(token) for sentence in sentences for token in sentence)
        columns = [
            LabelColumn.from_rows(name, rows, learnt_scheme, per_feature)
            for name, rows in tags.items()
        ]
        return cls(
            Vocabulary.from_tokens(tokens, min_count=min_count),
            columns,
            Vocabulary.from_tokens(spellings, min_count=min_count) if spelling else None,
            learnt_scheme,
            lowercase,
            normalize_digits,
        )

    def extended(
        self,
        sentences: Sequence[Sequence[str]],
        tags: Mapping[str, Sequence[Sequence[str]]],
        min_count: int = 2,
    ) -> Self:
        """Makes a codec that knows the new tokens, characters and labels of a corpus too.

        Args:
            sentences: The tokens of each sentence.
            tags: For each column, the labels of each sentence.
            min_count: New tokens and characters that are rarer stay unknown.

        Returns:
            The codec; new ids are behind the old ones. This one stays as it is.
        """
        tokens = [self._normalize(sentence) for sentence in sentences]
        spellings = (list(token) for sentence in sentences for token in sentence)
        return type(self)(
            extend_vocabulary(self.vocabulary, tokens, min_count),
            [column.extended(tags[name]) for name, column in self.columns.items()],
            self.characters and extend_vocabulary(self.characters, spellings, min_count),
            self.learnt_scheme,
            self.lowercase,
            self.normalize_digits,
        )

    @property
    def model_sizes(self) -> dict[str, Any]:
        """The keywords of a `TaggingModel` that follow from vocabularies and labels."""
        return {
            "vocab_size": len(self.vocabulary),
            "num_tags": {output: len(labels) for output, labels in self.labels.items()},
            "num_characters": len(self.characters) if self.characters else 0,
            "forbidden": self.forbidden,
        }

    @property
    def settings(self) -> dict[str, Any]:
        """The keywords of `from_examples` that can be told from what came of them."""
        return {
            "scheme": self.learnt_scheme,
            "lowercase": self.lowercase,
            "normalize_digits": self.normalize_digits,
            "per_feature": any(column.features for column in self.columns.values()),
        }

    @property
    def schemes(self) -> dict[str, str | None]:
        """For each column, the scheme of its spans, or `None` where labels are not spans."""
        return {name: column.scheme for name, column in self.columns.items()}

    @property
    def forbidden(self) -> dict[str, list[tuple[int, int]]]:
        """For each output of spans, the pairs of label ids that its scheme does not allow."""
        return {name: p for c in self.columns.values() for name, p in c.forbidden.items()}

    def batches(
        self,
        sentences: Sequence[Sequence[str]],
        tags: Mapping[str, Sequence[Sequence[str]]] | None = None,
        **batching: Any,
    ) -> TaggingBatches:
        """Batches of sentences; those without tokens are left out.

        Args:
            sentences: The tokens of each sentence.
            tags: For each column, their labels; `None` for prediction. A label that was not in the
                corpus has the id -1.
            **batching: Keyword arguments of `Batches`.

        Returns:
            The batches.
        """
        return self.batches_of(self.encode(sentences, tags), **batching)

    def encode(
        self,
        sentences: Sequence[Sequence[str]],
        tags: Mapping[str, Sequence[Sequence[str]]] | None = None,
    ) -> pa.Table:
        """Turns tokens and labels into ids.

        Args:
            sentences: The tokens of each sentence.
            tags: As for `batches`.

        Returns:
            A row for each sentence, of lists: `tokens`, the ids; where the model reads characters,
            `words`, the tokens themselves; and for each output the ids of its labels, as `labels `
            and its name.
        """
        ids = [self.vocabulary.encode(self._normalize(sentence)) for sentence in sentences]
        table = {"tokens": id_column(ids, 0, len(self.vocabulary))}
        if self._speller is not None:
            table["words"] = pa.array(sentences, pa.list_(pa.string()))
        for name, rows in (tags or {}).items():
            found = [self.columns[name].encode(labels) for labels in rows]
            for output, labels in self.columns[name].outputs.items():
                column = id_column([row[output] for row in found], -1, len(labels))
                table[f"{_LABELS}{output}"] = column
        return pa.table(table)

    def batches_of(self, table: pa.Table, **batching: Any) -> TaggingBatches:
        """Batches of what `encode` made; sentences without tokens are left out.

        Args:
            table: The ids.
            **batching: Keyword arguments of `Batches`.
        """
        tokens = IdRows(table["tokens"])
        full = np.flatnonzero(tokens.lengths)
        names = [name for name in table.column_names if name.startswith(_LABELS)]
        tags = {name.removeprefix(_LABELS): IdRows(table[name]).select(full) for name in names}
        spellings = None
        if self._speller is not None:
            words = WordRows(table["words"], full)
            spellings = Spellings(words, self._speller.spell, self._speller.max_length + 2)
        return TaggingBatches(tokens.select(full), tags or None, spellings, **batching)

    def knows(self, token: str) -> bool:
        """Whether a token has an id of its own."""
        return self._normalize([token])[0] in self.vocabulary

    def has_same_ids(self, other: "TaggingCodec") -> bool:
        """Whether another codec turns all tokens and labels into the same ids."""

        def ids(codec: "TaggingCodec") -> Any:
            tokens = {name: labels.tokens for name, labels in codec.labels.items()}
            characters = codec.characters and codec.characters.tokens
            return codec.vocabulary.tokens, characters, tokens, codec.config()

        return bool(ids(self) == ids(other))

    def config(self) -> dict[str, Any]:
        """What `load` needs besides the files."""
        return {
            "columns": {name: column.config() for name, column in self.columns.items()},
            "learnt_scheme": self.learnt_scheme,
            "lowercase": self.lowercase,
            "normalize_digits": self.normalize_digits,
        }

    def save(self, folder: Path) -> None:
        """Writes the vocabularies, a file each."""
        self.vocabulary.save(folder / VOCABULARY)
        if self.characters is not None:
            self.characters.save(folder / CHARACTERS)
        for column in self.columns.values():
            column.save(folder)

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
            [
                LabelColumn.load(folder, name, config["learnt_scheme"], column)
                for name, column in config["columns"].items()
            ],
            Vocabulary.load(characters) if characters.exists() else None,
            **{name: value for name, value in config.items() if name != "columns"},
        )

    def _normalize(self, tokens: Sequence[str]) -> Sequence[str]:
        return normalized(tokens, self.lowercase, self.normalize_digits)
