import re

import pytest

from nlpseq.metrics.quality import QualityReport
from nlpseq.metrics.quality_text import comparison_text, quality_text


def report(factor) -> QualityReport:
    group = {"sentences": 7, "chrf": 1.0, "length_ratio": 1.0}
    names = ("bleu", "bleu_lowercase", "chrf", "ter")
    worst = {"line": 12, "chrf": 3.25, "source": "Ein", "references": ["A", "An"], "output": "B"}
    return {
        **{name: factor * number for number, name in enumerate(names, start=1)},
        **{f"{name}_signature": f"recipe of {name}" for name in names},
        "length_ratio": 0.98765,
        "exact_matches": 0.25,
        "repeated_bigrams": 0.01,
        "reference_repeated_bigrams": 0.002,
        "sentences": 14,
        "by_source_length": [
            {**group, "least": 6, "most": 10, "bleu": 20 * factor},
            {**group, "least": 51, "most": None, "bleu": 3 * factor},
        ],
        "worst": [worst],
    }


def test_a_report_has_a_column_for_each_system():
    lines = quality_text({"a": report(1), "long-name": report(10)}).split("\n")
    assert lines[:5] == [
        "                            a  long-name",
        "sentences                  14         14",
        "BLEU                     1.00      10.00",
        "BLEU without case        2.00      20.00",
        "chrF2                    3.00      30.00",
    ]
    groups = lines.index("BLEU by words of the source:")
    assert lines[groups + 1 : groups + 4] == [
        "words       sentences      a  long-name",
        "6 to 10             7  20.00     200.00",
        "51 or more          7   3.00      30.00",
    ]
    assert "  TER: recipe of ter" in lines
    assert lines[-6:] == [
        "Worst of long-name, by chrF2 of the sentence:",
        "  line 12, chrF2 3.2",
        "    source:    Ein",
        "    reference: A",
        "    reference: An",
        "    output:    B",
    ]


@pytest.mark.parametrize("title", ["length ratio", "exact matches", "repeated bigrams"])
def test_every_score_has_its_row(title):
    expected = {"length ratio": "0.988", "exact matches": "0.250", "repeated bigrams": "0.0100"}
    assert re.search(rf"^{title} +{expected[title]}$", quality_text({"a": report(1)}), re.M)


def test_a_comparison_is_a_table_with_its_recipes():
    bleu = {
        **{"score": 31.5, "interval": 1.25, "difference": -0.5},
        **{"bootstrap_p": 0.04, "randomization_p": 0.0312},
    }
    text = comparison_text(
        {
            "baseline": "old",
            "systems": {"new": {"bleu": bleu}},
            "signatures": {"bleu": {"bootstrap": "recipe"}},
        }
    )
    assert text.split("\n") == [
        "against old  score    +-  difference  p bootstrap  p exchange",
        "BLEU of new  31.50  1.25       -0.50       0.0400      0.0312",
        "  BLEU, bootstrap: recipe",
    ]
