import random

import pytest
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2, IOBES

from nlpseq.metrics.spans import span_report, span_scores
from nlpseq.text.tag_schemes import convert

REFERENCE = [["B-PER", "I-PER", "O", "B-LOC"], ["B-PER", "O"]]
PREDICTED = [["B-PER", "I-PER", "O", "O"], ["B-LOC", "I-LOC"]]


def random_corpora(prefixes, sentences=15):
    """Predictions and references, mostly malformed, some alike."""
    rng = random.Random(0)
    tags = ["O", "O", *(f"{prefix}-{kind}" for prefix in prefixes for kind in ("PER", "a-b", "X"))]
    for _ in range(60):
        reference = [rng.choices(tags, k=rng.randrange(9)) for _ in range(sentences)]
        predicted = [
            [tag if rng.random() < 0.7 else rng.choice(tags) for tag in truths]
            for truths in reference
        ]
        yield predicted, reference


def assert_equal_to_seqeval(scores, predicted, reference, **settings):
    report = classification_report(
        reference, predicted, output_dict=True, zero_division=0, **settings
    )
    rows = {**scores["types"], "micro avg": scores}
    expected = {name: report[name] for name in report if name not in ("macro avg", "weighted avg")}
    assert rows.keys() == expected.keys()
    for name, row in rows.items():
        for ours, theirs in (("precision",) * 2, ("recall",) * 2, ("f1", "f1-score")):
            assert row[ours] == pytest.approx(expected[name][theirs]), (name, ours)
        assert row["support"] == expected[name]["support"]
    assert scores["macro_f1"] == pytest.approx(report["macro avg"]["f1-score"])


@pytest.mark.parametrize("prefixes", ["BI", "BIES"])
def test_scores_are_those_of_seqeval(prefixes):
    for predicted, reference in random_corpora(prefixes):
        assert_equal_to_seqeval(span_scores(predicted, reference), predicted, reference)


@pytest.mark.parametrize(
    ("prefixes", "scheme", "oracle"), [("BI", "IOB2", IOB2), ("BIES", "BIOES", IOBES)]
)
def test_strict_scores_are_those_of_seqeval(prefixes, scheme, oracle):
    for predicted, reference in random_corpora(prefixes):
        # Gold tags are well-formed; as many malformed ones would leave few spans to compare.
        reference = [convert(tags, scheme) for tags in reference]
        for guesses in (predicted, [convert(tags, scheme) for tags in predicted]):
            scores = span_scores(guesses, reference, scheme, strict=True)
            assert_equal_to_seqeval(scores, guesses, reference, mode="strict", scheme=oracle)


def test_scores_counted_by_hand():
    # 2 predicted, 3 in the reference, 1 right.
    scores = span_scores(PREDICTED, REFERENCE)
    types = scores.pop("types")
    assert types == {
        "LOC": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 1, "predicted": 1},
        "PER": {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "support": 2, "predicted": 1},
    }
    assert scores == {
        **{"precision": 1 / 2, "recall": 1 / 3, "f1": 2 / 5, "macro_f1": 1 / 3},
        **{"support": 3, "predicted": 2},
    }


def test_a_span_without_its_start_counts_unless_the_reading_is_strict():
    predicted, reference = [["O", "I-PER"]], [["O", "B-PER"]]
    assert span_scores(predicted, reference)["f1"] == 1.0
    assert span_scores(predicted, reference, strict=True)["f1"] == 0.0
    assert span_scores(predicted, reference, "BIOES", strict=True)["support"] == 0


def test_a_type_that_is_only_predicted_counts_in_the_macro_average():
    scores = span_scores([["B-X", "B-NEW"]], [["B-X", "O"]])
    assert scores["types"]["NEW"]["predicted"] == 1
    assert scores["macro_f1"] == 1 / 2


def test_a_span_in_two_schemes_is_the_same_span():
    predicted = [convert(tags, "BIOES") for tags in REFERENCE]
    assert span_scores(predicted, REFERENCE)["f1"] == 1.0


def test_spans_of_one_kind_need_no_type():
    assert span_scores([["B", "I"]], [["B", "I"]])["types"].keys() == {"_"}


@pytest.mark.parametrize("tags", [[], [[]], [["O", "O"]]])
def test_without_spans_every_score_is_0(tags):
    assert span_scores(tags, tags) == {
        **{"precision": 0.0, "recall": 0.0, "f1": 0.0, "macro_f1": 0.0},
        **{"support": 0, "predicted": 0, "types": {}},
    }


def test_the_report_is_an_aligned_table():
    assert span_report(span_scores(PREDICTED, REFERENCE)).splitlines() == [
        "type   precision  recall      f1  support  predicted",
        "LOC       0.0000  0.0000  0.0000        1          1",
        "PER       1.0000  0.5000  0.6667        2          1",
        "micro     0.5000  0.3333  0.4000        3          2",
        "macro                     0.3333",
    ]
    tags = [["B-creative-work"]]
    lines = span_report(span_scores(tags, tags)).splitlines()
    assert len({len(line) for line in lines[:-1]}) == 1


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match="Received: 1 and 2 in sentence 0"):
        span_scores([["O"]], [["O", "O"]])
    with pytest.raises(ValueError, match="Received: 'NOUN'"):
        span_scores([["NOUN"]], [["O"]])
    with pytest.raises(ValueError, match="`scheme` must be"):
        span_scores([["O"]], [["O"]], "BILOU", strict=True)
    with pytest.raises(ValueError, match=r"does not show which: give `scheme`"):
        span_scores([["O"]], [["O"]], strict=True)
