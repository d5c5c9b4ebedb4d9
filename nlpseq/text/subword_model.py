"""SentencePiece models as bytes: learned from texts, opened and checked."""

import io
import random
import re
from collections.abc import Iterable, Iterator

import sentencepiece

from nlpseq.text.specials import BEGIN_ID, END_ID, PAD_ID, SPECIALS, UNKNOWN_ID, UNKNOWN_SIGN
from nlpseq.text.texts import check_texts

MODEL_TYPES = ("unigram", "bpe")
NORMALIZATIONS = ("nmt_nfkc", "nmt_nfkc_cf", "nfkc", "nfkc_cf", "identity")

# SentencePiece leaves out training lines above 4192 bytes, and a character has up to 4. Raising its
# limit is no way out: a very long word without a space makes it abort the whole process.
_LONGEST_LINE = 1000


def train_model(
    texts: Iterable[str],
    *,
    vocab_size: int,
    model_type: str,
    character_coverage: float,
    normalization: str,
    sample_size: int,
    seed: int,
) -> bytes:
    """Learns a SentencePiece model; the arguments are those of `SentencePieceTokenizer.train`.

    Returns:
        What a `.model` file holds.

    Raises:
        TypeError: If `texts` is a string, or a text is not a string.
        ValueError: If there is no text, if `vocab_size` has no room for all characters, or if a
            setting is out of range.

    Example:
        >>> settings = dict(character_coverage=1.0, normalization="nmt_nfkc", sample_size=9, seed=0)
        >>> model = train_model(["ab"], vocab_size=9, model_type="bpe", **settings)
        >>> processor = open_model(model)
        >>> [processor.id_to_piece(i) for i in range(4)]
        ['<pad>', '<unk>', '<s>', '</s>']
    """
    _check_settings(vocab_size, model_type, character_coverage, normalization, sample_size)
    lines = _sample(_training_lines(texts), sample_size, seed)
    if not lines:
        raise ValueError("There is no text to learn from: `texts` has none, or only empty ones")
    model = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=model,
            vocab_size=vocab_size,
            hard_vocab_limit=False,
            model_type=model_type,
            character_coverage=character_coverage,
            normalization_rule_name=normalization,
            pad_id=PAD_ID,
            unk_id=UNKNOWN_ID,
            bos_id=BEGIN_ID,
            eos_id=END_ID,
            pad_piece=SPECIALS[PAD_ID],
            unk_piece=SPECIALS[UNKNOWN_ID],
            bos_piece=SPECIALS[BEGIN_ID],
            eos_piece=SPECIALS[END_ID],
            unk_surface=UNKNOWN_SIGN,
            num_threads=1,  # the number of threads changes a unigram model
            minloglevel=2,
        )
    except RuntimeError as error:
        too_small = re.search(r"required_chars\. \d+ vs (\d+)", str(error))
        if too_small is None:
            raise ValueError(f"SentencePiece cannot learn from these texts: {error}") from error
        raise ValueError(
            f"`vocab_size` must be at least {too_small[1]}, the number of different characters and "
            f"special tokens in these texts. Received: vocab_size={vocab_size}. Raise it, or lower "
            "`character_coverage`, for instance to 0.9995"
        ) from error
    return model.getvalue()


def open_model(model: bytes) -> sentencepiece.SentencePieceProcessor:
    """Makes a processor of a model, if it is whole and has the ids of `specials.py`.

    Args:
        model: What a `.model` file holds.

    Returns:
        SentencePiece's own object.

    Raises:
        ValueError: If `model` is not a model, cut short, or has other special ids.

    Example:
        >>> open_model(b"no model")
        Traceback (most recent call last):
            ...
        ValueError: Not a SentencePiece model, or one that was cut short
    """
    processor = sentencepiece.SentencePieceProcessor()
    try:
        processor.LoadFromSerializedProto(model)
    except RuntimeError as error:
        raise ValueError("Not a SentencePiece model, or one that was cut short") from error
    if not _has_all_parts(model):
        raise ValueError("A SentencePiece model that was cut short: its settings are missing")
    ids = [getattr(processor, f"{name}_id")() for name in ("pad", "unk", "bos", "eos")]
    if ids != [PAD_ID, UNKNOWN_ID, BEGIN_ID, END_ID]:
        raise ValueError(
            "The SentencePiece model must be trained with pad_id=0, unk_id=1, bos_id=2 and "
            f"eos_id=3. Received: {ids}"
        )
    return processor


def _check_settings(
    vocab_size: int,
    model_type: str,
    character_coverage: float,
    normalization: str,
    sample_size: int,
) -> None:
    if vocab_size <= len(SPECIALS):
        raise ValueError(
            f"`vocab_size` must be more than the {len(SPECIALS)} special tokens. "
            f"Received: vocab_size={vocab_size}"
        )
    if model_type not in MODEL_TYPES:
        raise ValueError(
            f"`model_type` must be one of {', '.join(MODEL_TYPES)}. Received: {model_type!r}"
        )
    if not 0.98 <= character_coverage <= 1:
        raise ValueError(
            "`character_coverage` must be from 0.98 to 1. "
            f"Received: character_coverage={character_coverage}"
        )
    if normalization not in NORMALIZATIONS:
        raise ValueError(
            f"`normalization` must be one of {', '.join(NORMALIZATIONS)}. "
            f"Received: {normalization!r}"
        )
    if sample_size < 1:
        raise ValueError(f"`sample_size` must be at least 1. Received: sample_size={sample_size}")


def _training_lines(texts: Iterable[str]) -> Iterator[str]:
    """Cuts long texts, and leaves out those in which normalisation would leave nothing."""
    for text in check_texts(texts):
        for start in range(0, len(text), _LONGEST_LINE):
            line = text[start : start + _LONGEST_LINE]
            # A corpus of invisible lines makes SentencePiece 0.2.0 abort the whole process.
            if any(sign.isprintable() and sign not in " ▁\ufffd" for sign in line):
                yield line


def _sample(lines: Iterable[str], size: int, seed: int) -> list[str]:
    """Draws so many lines at random, in one pass (reservoir sampling)."""
    # Not SentencePiece's own sampling: it has no seed, and it takes errors of the iterator as the
    # end of the text.
    generator = random.Random(seed)
    drawn: list[str] = []
    for number, line in enumerate(lines):
        if number < size:
            drawn.append(line)
        elif (place := generator.randrange(number + 1)) < size:
            drawn[place] = line
    return drawn


def _has_all_parts(model: bytes) -> bool:
    """Whether pieces, training settings and normalisation (fields 1, 2, 3) are all there.

    A file that was cut exactly between two of them still opens.
    """
    fields = set()
    position = 0
    while position < len(model):
        key, position = _read_varint(model, position)
        size, position = _read_varint(model, position)
        fields.add(key >> 3)
        position += size
    return fields >= {1, 2, 3}


def _read_varint(data: bytes, position: int) -> tuple[int, int]:
    """The protocol buffers' integer at a position, and the position after it."""
    value = shift = 0
    while data[position] & 0x80:
        value |= (data[position] & 0x7F) << shift
        shift += 7
        position += 1
    return value | data[position] << shift, position + 1
