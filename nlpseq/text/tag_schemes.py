"""Spans of tokens, such as entities or chunks, written as one tag per token, and read again.

A tag is `O` outside of all spans, or a prefix and the type of the span: `B-person`. Types may have
hyphens of their own (`B-creative-work`); where all spans are of one kind, they may have none (`B`).

| scheme | first token | others | last token | only token |
|---|---|---|---|---|
| IOB1 | `I`, but `B` right after a span of the same type | `I` | `I` | as the first |
| IOB2, also called BIO | `B` | `I` | `I` | `B` |
| BIOES | `B` | `I` | `E` | `S` |
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_PREFIXES = {"IOB2": "OBI", "IOB1": "OBI", "BIOES": "OBIES"}
_ALIASES = {"BIO": "IOB2"}
_OUTSIDE = ("O", "")


class Span(NamedTuple):
    """Tokens that belong together: `tokens[start:end]`; `type` is empty where tags have none."""

    type: str
    start: int
    end: int


class MalformedTag(NamedTuple):
    """A tag that its scheme does not write there, and the one that it does."""

    sentence: int
    position: int
    tag: str
    expected: str


def read_spans(tags: Sequence[str], strict: str | None = None) -> list[Span]:
    """Reads the spans of a sentence.

    The default reads the three schemes alike, and malformed tags as the CoNLL evaluation does:
    every tag but `O` is in a span, and a new one starts at `B` or `S`, after `O`, `E` or `S`, and
    where the type changes.

    Args:
        tags: A tag for each token.
        strict: A scheme. Then only spans that are written as this scheme writes them count, so for
            IOB2 and BIOES those that `seqeval` counts with `mode="strict"`.

    Returns:
        The spans in their order.

    Raises:
        ValueError: If a tag is not `O` and has none of the prefixes B, I, E, S, or if `strict` is
            not a scheme.

    Example:
        >>> read_spans(["O", "I-PER", "I-PER", "B-LOC"])
        [Span(type='PER', start=1, end=3), Span(type='LOC', start=3, end=4)]
        >>> read_spans(["O", "I-PER", "I-PER", "B-LOC"], strict="IOB2")
        [Span(type='LOC', start=3, end=4)]

    Reference:
        Tjong Kim Sang and Buchholz (2000), Introduction to the CoNLL-2000 Shared Task: Chunking,
        https://aclanthology.org/W00-0726
    """
    spans: list[Span] = []
    before = _OUTSIDE
    for position, tag in enumerate(tags):
        prefix, kind = _split(tag)
        if prefix in "IE" and _is_open(before, kind):
            spans[-1] = spans[-1]._replace(end=position + 1)
        elif prefix != "O":
            spans.append(Span(kind, position, position + 1))
        before = prefix, kind
    if strict is None:
        return spans
    right = write_spans(spans, len(tags), strict)
    return [
        span
        for span in spans
        if all(tags[place] == right[place] for place in range(span.start, span.end))
    ]


def write_spans(spans: Iterable[Span], length: int, scheme: str) -> list[str]:
    """Writes spans as tags.

    Args:
        spans: In any order; they may touch, but not overlap.
        length: Tokens in the sentence.
        scheme: IOB1, IOB2 (or BIO) or BIOES.

    Returns:
        A tag for each token.

    Raises:
        ValueError: If a span is empty, overlaps another or is not inside the sentence, or if
            `scheme` is unknown.

    Example:
        >>> write_spans([Span("PER", 1, 4)], 5, "BIOES")
        ['O', 'B-PER', 'I-PER', 'E-PER', 'O']
    """
    scheme = _check_scheme(scheme)
    tags = ["O"] * length
    before = Span("", 0, 0)
    for span in sorted(spans, key=lambda span: span.start):
        if not before.end <= span.start < span.end <= length:
            raise ValueError(
                "Spans must have a token, be inside the sentence and not overlap. "
                f"Received: {span} after {before}, in a sentence of length {length}"
            )
        size = span.end - span.start
        # The first tag is what tells a span from one of the same type right before it.
        touches = before.start < before.end == span.start and before.type == span.type
        if scheme == "BIOES":
            prefixes = "B" + "I" * (size - 2) + "E" if size > 1 else "S"
        else:
            prefixes = ("B" if scheme == "IOB2" or touches else "I") + "I" * (size - 1)
        for position, prefix in enumerate(prefixes, start=span.start):
            tags[position] = f"{prefix}-{span.type}" if span.type else prefix
        before = span
    return tags


def convert(tags: Sequence[str], scheme: str) -> list[str]:
    """Writes the tags of a sentence in another scheme, or well-formed in their own.

    Args:
        tags: A tag for each token, in any of the schemes, perhaps malformed; read as `read_spans`
            reads them.
        scheme: The scheme to write: IOB1, IOB2 (or BIO) or BIOES.

    Returns:
        As many tags. Those that are well-formed in `scheme` stay as they are.

    Raises:
        ValueError: As `read_spans`.

    Example:
        >>> convert(["I-PER", "I-PER", "O", "I-LOC"], "BIOES")
        ['B-PER', 'E-PER', 'O', 'S-LOC']
    """
    return write_spans(read_spans(tags), len(tags), scheme)


def malformed(sentences: Iterable[Sequence[str]], scheme: str) -> list[MalformedTag]:
    """Finds the tags that a scheme would not write.

    Args:
        sentences: The tags of each sentence.
        scheme: IOB1, IOB2 (or BIO) or BIOES.

    Returns:
        The tags that `convert` to the same scheme would replace.

    Raises:
        ValueError: As `read_spans`.

    Example:
        >>> malformed([["O", "B-PER"], ["O", "I-PER"]], "IOB2")
        [MalformedTag(sentence=1, position=1, tag='I-PER', expected='B-PER')]
    """
    return [
        MalformedTag(sentence, position, tag, expected)
        for sentence, tags in enumerate(sentences)
        for position, (tag, expected) in enumerate(zip(tags, convert(tags, scheme), strict=True))
        if tag != expected
    ]


def detect_scheme(sentences: Sequence[Sequence[str]]) -> str | None:
    """Says in which scheme the tags of a corpus are.

    They are spans if each is `O` or has one of the prefixes B, I, E, S, alone or before a hyphen,
    and at least one is not `O`; a single tag of another form, such as a part of speech, says that
    they are not. The scheme is the one with the fewest malformed tags, so that a few mistakes in a
    large corpus don't hide it.

    Args:
        sentences: The tags of each sentence; read several times.

    Returns:
        The scheme, or `None` if the tags are not spans, or are in a scheme that has an `E` but no
        `B` (IOE).

    Example:
        >>> detect_scheme([["O", "I-PER", "I-PER"], ["I-LOC", "B-LOC"]])
        'IOB1'
        >>> detect_scheme([["DET", "NOUN"]])  # prints nothing: None
    """
    tags = {tag for sentence in sentences for tag in sentence}
    if not all(map(is_span_tag, tags)):
        return None
    prefixes = {tag[0] for tag in tags}
    if prefixes <= {"O"} or ("E" in prefixes and "B" not in prefixes):
        return None
    return min(_PREFIXES, key=lambda scheme: len(malformed(sentences, scheme)))


def all_tags(types: Iterable[str], scheme: str) -> list[str]:
    """Lists the tags that spans of some types can have.

    Args:
        types: The types; an empty one for tags without a type.
        scheme: IOB1, IOB2 (or BIO) or BIOES.

    Returns:
        `O`, then for each type in alphabetical order its tags.

    Raises:
        ValueError: If `scheme` is unknown.

    Example:
        >>> all_tags(["PER", "LOC"], "IOB2")
        ['O', 'B-LOC', 'I-LOC', 'B-PER', 'I-PER']
    """
    prefixes = _PREFIXES[_check_scheme(scheme)][1:]
    pairs = ((prefix, kind) for kind in sorted(types) for prefix in prefixes)
    return ["O", *(f"{prefix}-{kind}" if kind else prefix for prefix, kind in pairs)]


def forbidden_transitions(labels: Sequence[str], scheme: str) -> list[tuple[int, int]]:
    """Lists which label may not come right after which, for a model that writes no malformed tags.

    Tags are well-formed if and only if none of these pairs occurs in them.

    Args:
        labels: The tags, each at the place of its id.
        scheme: IOB1, IOB2 (or BIO) or BIOES. What may come before a tag that the scheme does not
            know, such as `S` in IOB2, is nothing.

    Returns:
        Pairs of ids, from and to. -1 is the start of the sentence as `from`, its end as `to`.

    Raises:
        ValueError: As `read_spans`.

    Example:
        >>> forbidden_transitions(["O", "B-PER", "I-PER", "I-LOC"], "IOB2")
        [(-1, 2), (-1, 3), (0, 2), (0, 3), (1, 3), (2, 3), (3, 2)]
    """
    scheme = _check_scheme(scheme)
    parts = [*map(_split, labels), _OUTSIDE]  # at -1, both edges: they are like an `O`
    ids = range(len(labels))
    return [
        (before, after)
        for before in (-1, *ids)
        for after in (*ids, -1)
        if not _may_follow(parts[before], parts[after], scheme)
    ]


def _may_follow(before: tuple[str, str], tag: tuple[str, str], scheme: str) -> bool:
    prefix, kind = tag
    if prefix not in _PREFIXES[scheme]:
        return False
    if scheme == "BIOES":
        return _is_open(before, kind) if prefix in "IE" else before[0] not in "BI"
    # Only one of the two prefixes needs a span of its type before it.
    return prefix != ("B" if scheme == "IOB1" else "I") or _is_open(before, kind)


def _is_open(tag: tuple[str, str], kind: str) -> bool:
    """Whether a span of this type may go on after the tag."""
    return tag[0] in "BI" and tag[1] == kind


def is_span_tag(tag: str) -> bool:
    """Whether a tag has the form of one of the schemes.

    Example:
        >>> is_span_tag("B-PER"), is_span_tag("O"), is_span_tag("NOUN")
        (True, True, False)
    """
    return tag == "O" or tag.partition("-")[0] in ("B", "I", "E", "S")


@lru_cache(maxsize=4096)
def _split(tag: str) -> tuple[str, str]:
    """Prefix and type of a tag; remembered, since a corpus has few, and each many times."""
    if not is_span_tag(tag):
        raise ValueError(
            "Tags of spans must be `O`, or B, I, E or S, alone or with a type as in `B-PER`. "
            f"Received: {tag!r}"
        )
    prefix, _, kind = tag.partition("-")
    return prefix, kind


def _check_scheme(scheme: str) -> str:
    """The name of the scheme in the tables of this module."""
    name = _ALIASES.get(scheme, scheme)
    if name not in _PREFIXES:
        raise ValueError(f"`scheme` must be IOB1, IOB2 (or BIO) or BIOES. Received: {scheme=}")
    return name
