"""Precision, recall and F1 of spans, such as entities or chunks."""

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from nlpseq.metrics.alignment import check_aligned
from nlpseq.text.tag_schemes import detect_scheme, read_spans


class TypeScores(TypedDict):
    """Scores of the spans of one type.

    Attributes:
        precision: Share of the predicted spans that are right.
        recall: Share of the reference spans that were found.
        f1: Harmonic mean of the two.
        support: Number of reference spans.
        predicted: Number of predicted spans.
    """

    precision: float
    recall: float
    f1: float
    support: int
    predicted: int


class SpanScores(TypeScores):
    """Scores of all spans together, between 0 and 1 (micro average).

    Attributes:
        macro_f1: Mean of the F1 of the types, each counting alike.
        types: Scores of each type, sorted by name; `_` is the type of tags without one.
    """

    macro_f1: float
    types: dict[str, TypeScores]


def span_scores(
    predicted: Sequence[Sequence[str]],
    reference: Sequence[Sequence[str]],
    scheme: str | None = None,
    strict: bool = False,
) -> SpanScores:
    """Scores tagged spans. A span is right if its first token, last token and type are.

    Args:
        predicted: Tags of each sentence.
        reference: The right tags, as many in each sentence.
        scheme: IOB1, IOB2 (or BIO) or BIOES, for the strict reading; by default that of
            `reference`. The other reading is the same for all.
        strict: Whether only spans count that are well-formed in the scheme (`mode="strict"` of
            `seqeval`), or malformed ones too, as the CoNLL evaluation reads them (and `seqeval` by
            default).

    Returns:
        The scores, a dictionary with the keys of `SpanScores`. A share of nothing is 0.

    Raises:
        ValueError: If the numbers of sentences, or of tags in a sentence, differ, if a tag is not
            one of a span, if `scheme` is unknown, or if the strict reading finds none.

    Example:
        >>> scores = span_scores(
        ...     [["B-PER", "I-PER", "O", "B-LOC"]], [["B-PER", "I-PER", "O", "B-ORG"]]
        ... )
        >>> scores["precision"], scores["recall"], scores["f1"], round(scores["macro_f1"], 2)
        (0.5, 0.5, 0.5, 0.33)
        >>> scores["types"]["PER"]
        {'precision': 1.0, 'recall': 1.0, 'f1': 1.0, 'support': 1, 'predicted': 1}

    Reference:
        Nakayama (2018), seqeval, https://github.com/chakki-works/seqeval
    """
    check_aligned(predicted, reference)
    strict_scheme = (scheme or _detect(reference)) if strict else None
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for tags, truths in zip(predicted, reference, strict=True):
        guesses, spans = read_spans(tags, strict_scheme), read_spans(truths, strict_scheme)
        found.update(span.type for span in guesses)
        wanted.update(span.type for span in spans)
        right.update(span.type for span in set(guesses) & set(spans))
    types = {
        kind or "_": _scores(right[kind], found[kind], wanted[kind])
        for kind in sorted(found.keys() | wanted.keys())
    }
    return {
        **_scores(right.total(), found.total(), wanted.total()),
        "macro_f1": _share(sum(scores["f1"] for scores in types.values()), len(types)),
        "types": types,
    }


def span_report(scores: SpanScores) -> str:
    """Writes span scores as a table, a line for each type.

    Args:
        scores: What `span_scores` gave.

    Returns:
        Lines of text.

    Example:
        >>> tags = [["B-PER", "I-PER", "O", "B-LOC"]]
        >>> print(span_report(span_scores(tags, [["B-PER", "I-PER", "O", "O"]])))
        type   precision  recall      f1  support  predicted
        LOC       0.0000  0.0000  0.0000        0          1
        PER       1.0000  1.0000  1.0000        1          1
        micro     0.5000  1.0000  0.6667        1          2
        macro                     0.5000
    """
    width = max(map(len, ["micro", *scores["types"]]))
    lines = [f"{'type':{width}}  precision  recall      f1  support  predicted"]
    for name, row in (*scores["types"].items(), ("micro", scores)):
        lines.append(
            f"{name:{width}}  {row['precision']:9.4f}  {row['recall']:6.4f}  {row['f1']:6.4f}"
            f"  {row['support']:7}  {row['predicted']:9}"
        )
    lines.append(f"{'macro':{width}}  {'':9}  {'':6}  {scores['macro_f1']:6.4f}")
    return "\n".join(lines)


def _detect(reference: Sequence[Sequence[str]]) -> str:
    scheme = detect_scheme(reference)
    if scheme is None:
        raise ValueError(
            "`strict=True` needs a scheme, and `reference` does not show which: give `scheme`. "
            "Received: scheme=None"
        )
    return scheme


def _scores(right: int, found: int, wanted: int) -> TypeScores:
    return {
        "precision": _share(right, found),
        "recall": _share(right, wanted),
        "f1": _share(2 * right, found + wanted),
        "support": wanted,
        "predicted": found,
    }


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0
