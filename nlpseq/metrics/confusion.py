"""Which labels are taken for which: counts, the most frequent errors, a table and a picture."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlpseq.metrics.alignment import check_aligned

Sentences = Sequence[Sequence[str]]

_MOST_WORDS = 5
_MOST_LABELS_WITH_COUNTS = 25


@dataclass(frozen=True)
class LabelError:
    """A label that was taken for another.

    Attributes:
        reference: The right label.
        predicted: The label in its place.
        count: How many tokens.
        words: Up to five of these tokens, the most frequent first.
    """

    reference: str
    predicted: str
    count: int
    words: tuple[str, ...]


def confusion_matrix(predicted: Sentences, reference: Sentences) -> tuple[list[str], np.ndarray]:
    """Counts how often each label was taken for each.

    Args:
        predicted: Labels of each sentence.
        reference: The right labels, as many in each sentence.

    Returns:
        labels: All labels of both, sorted.
        matrix: Integers, `(labels, labels)`: a row for each reference label, a column for each
            predicted one.

    Raises:
        ValueError: If the numbers of sentences, or of labels in a sentence, differ.

    Example:
        >>> labels, matrix = confusion_matrix([["DET", "NOUN", "NOUN"]], [["DET", "NOUN", "VERB"]])
        >>> labels
        ['DET', 'NOUN', 'VERB']
        >>> matrix.tolist()
        [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    """
    counts = _count_pairs(predicted, reference)
    labels = sorted({label for pair in counts for label in pair})
    ids = {label: number for number, label in enumerate(labels)}
    matrix = np.zeros((len(labels), len(labels)), "int64")
    for (truth, label), count in counts.items():
        matrix[ids[truth], ids[label]] = count
    return labels, matrix


def frequent_errors(
    predicted: Sentences,
    reference: Sentences,
    sentences: Sentences | None = None,
    n: int = 20,
) -> list[LabelError]:
    """Lists which labels are taken for which others most often, and on which words.

    Args:
        predicted: Labels of each sentence.
        reference: The right labels, as many in each sentence.
        sentences: The tokens of each sentence, to name words. `None` leaves `words` empty.
        n: Length of the list, at most.

    Returns:
        The errors, the most frequent first.

    Raises:
        ValueError: If the numbers of sentences, or of labels or tokens in a sentence, differ.

    Example:
        >>> frequent_errors([["NOUN", "NOUN"]], [["NOUN", "VERB"]], [["dogs", "bark"]])
        [LabelError(reference='VERB', predicted='NOUN', count=1, words=('bark',))]
    """
    counts = _count_pairs(predicted, reference)
    words: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    if sentences is not None:
        _check_tokens(sentences, reference)
        for tokens, labels, truths in zip(sentences, predicted, reference, strict=True):
            for token, label, truth in zip(tokens, labels, truths, strict=True):
                words[truth, label][token] += 1
    errors = [(pair, count) for pair, count in counts.items() if pair[0] != pair[1]]
    errors.sort(key=lambda error: (-error[1], error[0]))
    return [
        LabelError(*pair, count, tuple(word for word, _ in words[pair].most_common(_MOST_WORDS)))
        for pair, count in errors[:n]
    ]


def confusion_text(labels: Sequence[str], matrix: np.ndarray, max_labels: int = 15) -> str:
    """Writes a confusion matrix as a table.

    Args:
        labels: The labels, as `confusion_matrix` gives them.
        matrix: Counts, `(labels, labels)`.
        max_labels: Of more labels, only those with the most errors are in the table.

    Returns:
        Lines of text: a row for each reference label, a column for each predicted one. A point
        stands for 0.

    Example:
        >>> print(confusion_text(["NOUN", "VERB"], np.array([[9, 0], [2, 10]])))
        reference  NOUN  VERB
        NOUN          9     .
        VERB          2    10
    """
    kept = _most_confused(matrix, max_labels)
    names = [labels[number] for number in kept]
    rows = [[str(count) if count else "." for count in matrix[number, kept]] for number in kept]
    first = max(map(len, ["reference", *names]))
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    lines = [
        "  ".join(
            [f"{head:{first}}", *(f"{cell:>{w}}" for cell, w in zip(row, widths, strict=True))]
        )
        for head, row in zip(["reference", *names], [names, *rows], strict=True)
    ]
    if len(kept) < len(labels):
        lines.append(f"The {len(kept)} of {len(labels)} labels with the most errors.")
    return "\n".join(lines)


def confusion_picture(
    labels: Sequence[str], matrix: np.ndarray, path: str | Path, max_labels: int = 40
) -> None:
    """Draws a confusion matrix as a heat map.

    The colour is the share of a reference label's tokens, so that rare labels show as well as
    frequent ones, on a scale that shows small shares. With 25 labels or fewer, the counts are
    written in the fields.

    Args:
        labels: The labels, as `confusion_matrix` gives them.
        matrix: Counts, `(labels, labels)`.
        path: File to write; its ending says the format, such as `.png`, `.svg` or `.pdf`.
        max_labels: Of more labels, only those with the most errors are in the picture.

    Raises:
        ImportError: If matplotlib is missing.
        ValueError: If there is no label.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "confusion.png"
        >>> confusion_picture(["NOUN", "VERB"], np.array([[9, 0], [2, 10]]), path)
        >>> path.read_bytes()[1:4]
        b'PNG'
    """
    try:
        # The figure itself, and not pyplot: that keeps state and may want a display.
        from matplotlib.colors import PowerNorm
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            "Drawing a confusion matrix needs matplotlib: pip install nlpseq[plots]"
        ) from error

    if not len(labels):
        raise ValueError("A picture needs at least one label. Received: none")
    kept = _most_confused(matrix, max_labels)
    names = [labels[number] for number in kept]
    shares = (matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1))[np.ix_(kept, kept)]
    side = 2.5 + 0.35 * len(kept)  # inches
    figure = Figure(figsize=(side + 1, side), layout="constrained")
    axes = figure.add_subplot()
    image = axes.imshow(shares, cmap="Blues", norm=PowerNorm(0.5, 0, 1))
    figure.colorbar(image, label="share of the reference label", shrink=0.8)
    # Labels such as PRP$ are text and no formulas.
    axes.set_xticks(range(len(names)), labels=names, rotation=90, parse_math=False)
    axes.set_yticks(range(len(names)), labels=names, parse_math=False)
    axes.set_xlabel("predicted")
    axes.set_ylabel("reference")
    if len(kept) < len(labels):
        axes.set_title(f"the {len(kept)} of {len(labels)} labels with the most errors")
    if len(kept) <= _MOST_LABELS_WITH_COUNTS:
        for row, column in np.argwhere(shares):
            axes.text(
                column,
                row,
                str(matrix[kept[row], kept[column]]),
                ha="center",
                va="center",
                fontsize=7,
                color="white" if shares[row, column] > 0.3 else "black",
            )
    figure.savefig(path, dpi=150)


def _count_pairs(predicted: Sentences, reference: Sentences) -> Counter[tuple[str, str]]:
    """Tokens of each pair of reference and predicted label."""
    check_aligned(predicted, reference)
    return Counter(
        pair
        for labels, truths in zip(predicted, reference, strict=True)
        for pair in zip(truths, labels, strict=True)
    )


def _check_tokens(sentences: Sentences, reference: Sentences) -> None:
    if len(sentences) != len(reference):
        raise ValueError(
            "`sentences` and `reference` must have as many sentences. "
            f"Received: {len(sentences)} and {len(reference)}"
        )
    for row, (tokens, truths) in enumerate(zip(sentences, reference, strict=True)):
        if len(tokens) != len(truths):
            raise ValueError(
                "A sentence must have one label for each token. "
                f"Received: {len(tokens)} tokens and {len(truths)} labels in sentence {row}"
            )


def _most_confused(matrix: np.ndarray, max_labels: int) -> list[int]:
    """The labels that were missed or put in a wrong place most often, in their own order."""
    errors = matrix.sum(axis=0) + matrix.sum(axis=1) - 2 * matrix.diagonal()
    return sorted(np.argsort(-errors, kind="stable")[:max_labels].tolist())
