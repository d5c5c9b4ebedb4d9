r"""Pretrained word vectors in text form: GloVe, fastText `.vec`, word2vec.

Each line is a word and its values, apart by single spaces:

    the 0.418 0.24968 -0.41242
    fox -0.4421 0.1702 0.3318

fastText and word2vec put a line with the number of words and of values before them; GloVe doesn't.
"""

import gzip
import logging
import os
import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Self

import numpy as np

from nlpseq.text.specials import PAD_ID
from nlpseq.text.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

_HEADER = re.compile(rb"(\d+) (\d+)")
_DECIMAL = re.compile(rb"[-+]?\d*\.\d+(?:[eE][-+]?\d+)?")
_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = b"PK\x03\x04"


class Coverage(NamedTuple):
    """How many tokens have a vector: under the exact form, only in lower case, or none."""

    exact: int
    lowercased: int
    missing: int


class WordVectors:
    r"""Vectors of words, for the rows of an embedding.

    A token has the vector of the word with exactly its form, or else of its lower-cased form.

    Args:
        words: The row of each word in `values`.
        values: Float32 array, `(number of words, dim)`.

    Attributes:
        words: As given.
        values: As given.
        dim: Number of values of a vector.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> vocabulary = Vocabulary(["The", "fox", "zyx"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "tiny.vec")
        ...     _ = path.write_text("3 2\nthe 0.5 -1\na 0 2\nfox 1.5 1\n")
        ...     vectors = WordVectors.load(path, vocabulary.tokens)
        >>> vectors.coverage(["The", "fox", "zyx"])
        Coverage(exact=1, lowercased=1, missing=1)
        >>> vectors.matrix(vocabulary)[4:6]
        array([[ 0.5, -1. ],
               [ 1.5,  1. ]], dtype=float32)

    Reference:
        https://nlp.stanford.edu/projects/glove, https://fasttext.cc/docs/en/crawl-vectors.html
    """

    def __init__(self, words: Mapping[str, int], values: np.ndarray) -> None:
        self.words = words
        self.values = values
        self.dim = values.shape[1]

    @classmethod
    def load(cls, path: str | os.PathLike[str], tokens: Iterable[str]) -> Self:
        """Reads the vectors that some tokens need, in one pass over a file of any size.

        Memory grows with the tokens and not with the file. Of a word that is there twice the first
        line counts. A word may hold spaces. Values of words that are not needed are counted, but
        not read.

        Args:
            path: The file, UTF-8, plain or gzip.
            tokens: The tokens, for instance `vocabulary.tokens`.

        Returns:
            The vectors of the tokens and of their lower-cased forms, as far as the file has them.

        Raises:
            FileNotFoundError: If there is no such file.
            TypeError: If `tokens` is a string.
            ValueError: If the file is empty, not UTF-8, a zip archive or damaged gzip; if a line
                has too few or too many values, or one that is not a finite number; or if no token
                has a vector.
        """
        if isinstance(tokens, str):
            raise TypeError(f"`tokens` must be several strings. Received a string: {tokens!r}")
        wanted = {form for token in tokens for form in (token, token.lower())}
        heads = {form.partition(" ")[0] for form in wanted}
        words: dict[str, int] = {}
        values = np.empty((0, 0), np.float32)
        dim = 0  # until the first line
        for number, line in enumerate(_lines(path), start=1):
            line = line.rstrip()
            if not dim:
                line = line.removeprefix(BOM_UTF8)
                dim, is_header = _dim(line, f"{path}:{number}")
                values = np.empty((len(wanted), dim), np.float32)
                if is_header:
                    continue
            # Millions of lines come here, and most are not needed: so no value is parsed yet.
            if line.count(b" ") < dim:
                raise _wrong_number(line, line.count(b" "), dim, f"{path}:{number}")
            if _decoded(line[: line.find(b" ")], f"{path}:{number}") not in heads:
                continue
            raw_word, *numbers = line.rsplit(b" ", dim)
            word = _decoded(raw_word, f"{path}:{number}")
            if word in wanted and word not in words:
                values[len(words)] = _finite(numbers, word, f"{path}:{number}")
                words[word] = len(words)
            elif b" " in raw_word and _DECIMAL.fullmatch(raw_word.split(b" ")[1]):
                raise _wrong_number(line, line.count(b" "), dim, f"{path}:{number}")
        if not dim:
            raise ValueError(f"{path}: the file is empty")
        if not words:
            raise ValueError(
                f"{path}: none of the tokens has a vector there, in lower case neither. "
                f"Received: {len(wanted)} forms, such as {sorted(wanted)[:5]}"
            )
        return cls(words, values[: len(words)])

    def coverage(self, tokens: Iterable[str]) -> Coverage:
        """Counts the tokens that have a vector.

        Args:
            tokens: Those of a vocabulary, or of a running text, where each one counts every time.

        Returns:
            How many have one under their exact form, under the lower-cased form, and not at all.
        """
        exact = lowercased = missing = 0
        for token in tokens:
            if token in self.words:
                exact += 1
            elif token.lower() in self.words:
                lowercased += 1
            else:
                missing += 1
        return Coverage(exact, lowercased, missing)

    def matrix(self, vocabulary: Vocabulary, seed: int = 0) -> np.ndarray:
        """Makes the rows of an embedding.

        Tokens without a vector get normally distributed values with mean 0 and the standard
        deviation of the vectors, so that they are neither louder nor quieter than the others. A
        special token has a vector if the file has a word like it, such as `<unk>` in GloVe;
        padding is always zeros.

        Args:
            vocabulary: Tokens in the order of the rows.
            seed: Decides the random rows.

        Returns:
            Float32 array, `(len(vocabulary), dim)`.
        """
        random = np.random.default_rng(seed)
        matrix = random.standard_normal((len(vocabulary), self.dim), dtype=np.float32)
        matrix *= self.values.std()
        for token_id, token in enumerate(vocabulary.tokens):
            row = self.words.get(token, self.words.get(token.lower()))
            if row is not None:
                matrix[token_id] = self.values[row]
        if vocabulary.specials:
            matrix[PAD_ID] = 0
        return matrix


def load_vectors(path: str | os.PathLike[str], vocabulary: Vocabulary) -> WordVectors:
    """Loads the vectors of the tokens of a vocabulary, and logs how many have one.

    Args:
        path: As for `WordVectors.load`.
        vocabulary: The tokens; special ones have no vector in the file.

    Returns:
        The vectors.
    """
    words = vocabulary.tokens[len(vocabulary.specials) :]
    vectors = WordVectors.load(path, words)
    found = vectors.coverage(words)
    logger.info(
        "%s: vectors of %d values for %d of %d tokens, and in lower case for %d more",
        path,
        vectors.dim,
        found.exact,
        len(words),
        found.lowercased,
    )
    return vectors


def _lines(path: str | os.PathLike[str]) -> Iterator[bytes]:
    with open(path, "rb") as file:
        start = file.read(4)
        file.seek(0)
        if start == _ZIP_MAGIC:
            raise ValueError(f"{path}: a zip archive. Unpack it, and give the .txt or .vec file")
        if not start.startswith(_GZIP_MAGIC):
            yield from file
            return
        try:
            yield from gzip.GzipFile(fileobj=file)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ValueError(
                f"{path}: truncated or damaged gzip file ({error}). Download it again"
            ) from error


def _dim(line: bytes, place: str) -> tuple[int, bool]:
    """Number of values of a vector, from the first line, and whether that is a header."""
    header = _HEADER.fullmatch(line)
    fields = line.split(b" ")
    dim = 0
    if header:
        dim = int(header[2])
    else:
        while dim < len(fields) - 1 and _is_number(fields[-1 - dim]):
            dim += 1
    if not dim:
        raise ValueError(
            f"{place}: expected a word and its values, apart by spaces, or the numbers of words "
            f"and of values. Found: {_shown(line)}"
        )
    return dim, header is not None


def _is_number(field: bytes) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True


def _finite(numbers: list[bytes], word: str, place: str) -> np.ndarray:
    try:
        with np.errstate(over="ignore"):  # too large for float32: infinite, so refused below
            row = np.array(list(map(float, numbers)), dtype=np.float32)
    except ValueError as error:
        raise ValueError(f"{place}: not a number among the values of {word!r}: {error}") from None
    if not np.isfinite(row).all():
        wrong = numbers[int(np.isfinite(row).argmin())].decode()
        raise ValueError(f"{place}: the values of {word!r} must be finite. Found: {wrong}")
    return row


def _decoded(word: bytes, place: str) -> str:
    try:
        return word.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{place}: not UTF-8 (byte 0x{word[error.start]:02x} in {word[:80]!r}). Convert the "
            "file first; `iconv -c -f UTF-8 -t UTF-8 old.vec > new.vec` drops single wrong bytes"
        ) from error


def _wrong_number(line: bytes, found: int, dim: int, place: str) -> ValueError:
    return ValueError(
        f"{place}: expected a word and {dim} values, as the first line has it, found {found} "
        f"values: {_shown(line)}. Was the file cut short, or is it a binary one?"
    )


def _shown(line: bytes) -> str:
    return repr(line[:80].decode("utf-8", "replace")) + ("..." if len(line) > 80 else "")
