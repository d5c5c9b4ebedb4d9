"""Whether one set of translations is better than another, or only by chance."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from nlpseq.metrics.references import References, reference_streams

METRICS = ("bleu", "chrf", "ter")


class MetricComparison(TypedDict):
    """A score of a system beside that of the baseline.

    Attributes:
        score: The score.
        interval: Half the width of its 95 % interval over resampled test sets.
        difference: What it has more than the baseline.
        bootstrap_p: How probable a difference of this size is by chance, by bootstrap resampling.
        randomization_p: The same by approximate randomisation.
    """

    score: float
    interval: float
    difference: float
    bootstrap_p: float
    randomization_p: float


class Comparison(TypedDict):
    """Scores of systems beside those of a baseline.

    Attributes:
        baseline: Name of the system that the others are compared with.
        systems: By system and metric (`bleu`, `chrf`, `ter`), the others only.
        signatures: By metric and test, all settings.
    """

    baseline: str
    systems: dict[str, dict[str, MetricComparison]]
    signatures: dict[str, dict[str, str]]


def paired_tests(
    systems: Mapping[str, Sequence[str]],
    references: References,
    resamples: int = 1000,
    trials: int = 10_000,
) -> Comparison:
    """Tests whether systems differ from the first of them by more than chance.

    sacrebleu's two-sided tests of BLEU, chrF2 and TER over the same sentences: paired bootstrap
    resampling, and approximate randomisation. Its seed is fixed. A metric in which two systems are
    equal gets 1, where sacrebleu gives the smallest number that it has. Needs memory for `trials`
    numbers a sentence: fine for test sets of some thousand.

    Args:
        systems: The translations of each system by its name, the baseline first.
        references: One right translation for each sentence, or a list of several for each.
        resamples: Test sets that the bootstrap draws.
        trials: Exchanges of sentences that randomisation tries.

    Returns:
        A dictionary with the keys of `Comparison`.

    Raises:
        ValueError: If there are not two systems, or not one reference entry for each sentence.

    Example:
        >>> systems = {"old": ["a b c", "d e"], "new": ["a b c d", "d e f"]}
        >>> found = paired_tests(systems, ["a b c d", "d e f"], resamples=100, trials=100)
        >>> found["systems"]["new"]["ter"]["difference"]
        -28.57142857142857

    Reference:
        Koehn (2004), https://aclanthology.org/W04-3250; Riezler and Maxwell (2005),
        https://aclanthology.org/W05-0908
    """
    # Imported here: evaluation needs it, training and translating do not.
    from sacrebleu.metrics import BLEU, CHRF, TER
    from sacrebleu.significance import PairedTest

    if len(systems) < 2:
        raise ValueError(
            f"A comparison needs two systems. Received: {', '.join(systems) or 'none'}"
        )
    baseline, *others = systems
    streams, *_ = [reference_streams(outputs, references) for outputs in systems.values()]
    named = list(systems.items())
    metrics = dict(zip(METRICS, (BLEU(), CHRF(), TER()), strict=True))
    bootstrap, randomization = (
        PairedTest(named, metrics, streams, test_type=kind, n_samples=samples)()
        for kind, samples in (("bs", resamples), ("ar", trials))
    )
    found: dict[str, dict[str, MetricComparison]] = {name: {} for name in others}
    # sacrebleu has names of its own for the metrics, in the order of ours.
    names = dict(zip(METRICS, bootstrap[0], strict=True))
    for metric, name in names.items():
        first, *rest = bootstrap[1][name]
        for system, by_resampling, by_exchange in zip(
            others, rest, randomization[1][name][1:], strict=True
        ):
            found[system][metric] = _compare(first, by_resampling, by_exchange)
    tests = {"bootstrap": bootstrap[0], "randomization": randomization[0]}
    return {
        "baseline": baseline,
        "systems": found,
        "signatures": {
            metric: {test: str(signatures[name]) for test, signatures in tests.items()}
            for metric, name in names.items()
        },
    }


def _compare(baseline: Any, by_resampling: Any, by_exchange: Any) -> MetricComparison:
    difference = by_resampling.score - baseline.score
    return {
        "score": by_resampling.score,
        "interval": float(by_resampling.ci),
        "difference": difference,
        # sacrebleu counts the samples above a difference: of equal systems there are none.
        "bootstrap_p": by_resampling.p_value if difference else 1.0,
        "randomization_p": by_exchange.p_value if difference else 1.0,
    }
