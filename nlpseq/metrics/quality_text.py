"""Reports of translations as text to read."""

from collections.abc import Mapping

from nlpseq.metrics.quality import LengthScores, QualityReport
from nlpseq.metrics.significance import Comparison
from nlpseq.text.table import table

# What a row of the table is called, the key of its number, and the number's form.
_ROWS = (
    ("sentences", "sentences", "d"),
    ("BLEU", "bleu", ".2f"),
    ("BLEU without case", "bleu_lowercase", ".2f"),
    ("chrF2", "chrf", ".2f"),
    ("TER (low is good)", "ter", ".2f"),
    ("length ratio", "length_ratio", ".3f"),
    ("exact matches", "exact_matches", ".3f"),
    ("repeated bigrams", "repeated_bigrams", ".4f"),
    ("... of the references", "reference_repeated_bigrams", ".4f"),
)


def quality_text(reports: Mapping[str, QualityReport]) -> str:
    """Writes the reports of one or several systems.

    Args:
        reports: By the name of each system, what `quality_report` gave on the same sentences.

    Returns:
        Lines of text: all scores with a column for each system; BLEU by the length of the source;
        the signatures; the worst sentences of each system.

    Example:
        >>> from nlpseq.metrics.quality import quality_report
        >>> report = quality_report(["a dog runs ."], ["a dog runs ."], ["Hund"])
        >>> quality_text({"small": report}).splitlines()[2]
        'BLEU                   100.00'
    """
    first, *_ = reports.values()
    lines = table(
        ["", *reports],
        [
            [title, *(format(report[key], form) for report in reports.values())]  # type: ignore[literal-required]
            for title, key, form in _ROWS
        ],
    )
    lines += ["", "BLEU by words of the source:"]
    groups = [report["by_source_length"] for report in reports.values()]
    lines += table(
        ["words", "sentences", *reports],
        [
            [_span(same[0]), str(same[0]["sentences"]), *(f"{group['bleu']:.2f}" for group in same)]
            for same in zip(*groups, strict=True)
        ],
    )
    lines += ["", "Signatures:"]
    for title, key in (
        ("BLEU", "bleu_signature"),
        ("BLEU without case", "bleu_lowercase_signature"),
        ("chrF2", "chrf_signature"),
        ("TER", "ter_signature"),
    ):
        lines.append(f"  {title}: {first[key]}")  # type: ignore[literal-required]
    for name, report in reports.items():
        lines += ["", f"Worst of {name}, by chrF2 of the sentence:"]
        for sentence in report["worst"]:
            lines.append(f"  line {sentence['line']}, chrF2 {sentence['chrf']:.1f}")
            lines.append(f"    source:    {sentence['source']}")
            lines += [f"    reference: {text}" for text in sentence["references"]]
            lines.append(f"    output:    {sentence['output']}")
    return "\n".join(lines)


def comparison_text(comparison: Comparison) -> str:
    """Writes what the tests of significance found.

    Args:
        comparison: What `paired_tests` gave.

    Returns:
        Lines of text: for each system and metric the score, half its 95 % interval, the difference
        to the baseline, and p by bootstrap resampling and by approximate randomisation.

    Example:
        >>> from nlpseq.metrics.significance import paired_tests
        >>> systems = {"old": ["a b", "d e"], "new": ["a b", "d e"]}
        >>> found = paired_tests(systems, ["a b", "d e"], resamples=100, trials=100)
        >>> print(comparison_text(found).splitlines()[2])
        chrF2 of new  100.00  0.00       +0.00       1.0000      1.0000
    """
    titles = {"bleu": "BLEU", "chrf": "chrF2", "ter": "TER"}
    rows = [
        [
            f"{titles[metric]} of {name}",
            f"{found['score']:.2f}",
            f"{found['interval']:.2f}",
            f"{found['difference']:+.2f}",
            f"{found['bootstrap_p']:.4f}",
            f"{found['randomization_p']:.4f}",
        ]
        for name, metrics in comparison["systems"].items()
        for metric, found in metrics.items()
    ]
    heads = [f"against {comparison['baseline']}", "score", "+-", "difference"]
    lines = table([*heads, "p bootstrap", "p exchange"], rows)
    for metric, signatures in comparison["signatures"].items():
        lines += [f"  {titles[metric]}, {test}: {text}" for test, text in signatures.items()]
    return "\n".join(lines)


def _span(group: LengthScores) -> str:
    least, most = group["least"], group["most"]
    return f"{least} or more" if most is None else f"{least} to {most}"
