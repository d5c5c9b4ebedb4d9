"""What translations are worth: scores, by length, and the worst sentences."""

from collections.abc import Sequence
from typing import TypedDict

from nlpseq.metrics.bleu import CorpusScores, corpus_scores
from nlpseq.metrics.references import References, reference_streams
from nlpseq.metrics.repetition import repeated_ngrams

# Most words of a source sentence in each group; what is longer is a last group.
LENGTH_BOUNDS = (5, 10, 15, 20, 30, 50)


class LengthScores(TypedDict):
    """Scores of the sentences whose sources have `least` to `most` words (`None`: any number)."""

    least: int
    most: int | None
    sentences: int
    bleu: float
    chrf: float
    length_ratio: float


class Sentence(TypedDict):
    """A sentence, with its line counted from 1, and chrF2 of its translation alone."""

    line: int
    chrf: float
    source: str
    references: list[str]
    output: str


class QualityReport(CorpusScores):
    """Scores of a set of translations, with those of `CorpusScores`.

    Attributes:
        bleu_lowercase: BLEU without case, as in papers before sacrebleu.
        ter: Translation edit rate without case, 0 for right translations, in hundredths of the
            references' words.
        exact_matches: Share of the translations that are one of their references, 0 to 1.
        repeated_bigrams: Share of the pairs of words that a translation says again, 0 to 1.
        reference_repeated_bigrams: The same of the references.
        sentences: How many.
        by_source_length: Scores of groups of sentences.
        worst: The sentences with the lowest chrF, the lowest first.
        bleu_lowercase_signature: All settings of `bleu_lowercase`.
        ter_signature: All settings of `ter`.
    """

    bleu_lowercase: float
    ter: float
    exact_matches: float
    repeated_bigrams: float
    reference_repeated_bigrams: float
    sentences: int
    by_source_length: list[LengthScores]
    worst: list[Sentence]
    bleu_lowercase_signature: str
    ter_signature: str


def quality_report(
    outputs: Sequence[str], references: References, sources: Sequence[str], num_worst: int = 10
) -> QualityReport:
    """Scores translations in all the ways that tell something.

    Args:
        outputs: Translations, detokenized text.
        references: One right translation for each output, or a list of several for each.
        sources: The sentence that each is the translation of. Its length is the number of words
            between spaces.
        num_worst: Length of the list of worst sentences, at most.

    Returns:
        A dictionary with the keys of `QualityReport`.

    Raises:
        ValueError: If there is no output, or not one reference entry and source for each.
        TypeError: If `outputs` or `references` is a single string.

    Example:
        >>> outputs = ["A dog runs home.", "a cat"]
        >>> report = quality_report(outputs, ["A dog runs home.", "The cat."], ["Hund.", "Katze."])
        >>> report["exact_matches"], report["worst"][0]["output"]
        (0.5, 'a cat')

    Reference:
        TER: Snover et al. (2006), https://aclanthology.org/2006.amta-papers.25; chrF: Popović
        (2015), https://aclanthology.org/W15-3049
    """
    # Imported here: evaluation needs it, training and translating do not.
    from sacrebleu.metrics import TER

    if len(sources) != len(outputs):
        raise ValueError(
            "Every output must have its source. "
            f"Received: {len(outputs)} outputs and {len(sources)} sources"
        )
    ter = TER()
    ter_score = ter.corpus_score(outputs, reference_streams(outputs, references))
    lowercase = corpus_scores(outputs, references, lowercase=True)
    rows = [[entry] if isinstance(entry, str) else list(entry) for entry in references]
    exact = sum(
        output.strip() in map(str.strip, right) for output, right in zip(outputs, rows, strict=True)
    )
    return {
        **corpus_scores(outputs, references),
        "bleu_lowercase": lowercase["bleu"],
        "ter": ter_score.score,
        "exact_matches": exact / len(outputs),
        "repeated_bigrams": repeated_ngrams(outputs),
        "reference_repeated_bigrams": repeated_ngrams(text for right in rows for text in right),
        "sentences": len(outputs),
        "by_source_length": _by_length(outputs, rows, sources),
        "worst": _worst(outputs, rows, sources, num_worst),
        "bleu_lowercase_signature": lowercase["bleu_signature"],
        "ter_signature": str(ter.get_signature()),
    }


def _by_length(
    outputs: Sequence[str], references: Sequence[Sequence[str]], sources: Sequence[str]
) -> list[LengthScores]:
    """Scores of the sentences of each group of lengths that there are."""
    lengths = [len(source.split()) for source in sources]
    groups: list[LengthScores] = []
    least = 0
    for most in (*LENGTH_BOUNDS, None):
        members = [row for row, length in enumerate(lengths) if least <= length <= (most or length)]
        if members:
            scores = corpus_scores(
                [outputs[row] for row in members], [references[row] for row in members]
            )
            groups.append(
                {
                    "least": least,
                    "most": most,
                    "sentences": len(members),
                    "bleu": scores["bleu"],
                    "chrf": scores["chrf"],
                    "length_ratio": scores["length_ratio"],
                }
            )
        least = (most or 0) + 1
    return groups


def _worst(
    outputs: Sequence[str],
    references: Sequence[Sequence[str]],
    sources: Sequence[str],
    num_worst: int,
) -> list[Sentence]:
    from sacrebleu.metrics import CHRF

    chrf = CHRF()
    scores = [
        chrf.sentence_score(output, right).score
        for output, right in zip(outputs, references, strict=True)
    ]
    order = sorted(range(len(outputs)), key=scores.__getitem__)
    return [
        {
            "line": row + 1,
            "chrf": scores[row],
            "source": sources[row],
            "references": list(references[row]),
            "output": outputs[row],
        }
        for row in order[:num_worst]
    ]
