import random

import pytest
from sklearn.metrics import accuracy_score, classification_report

from nlpseq.metrics.classification import classification_scores


@pytest.mark.parametrize("seed", range(20))
def test_scores_are_those_of_sklearn(seed):
    rng = random.Random(seed)
    reference = rng.choices("abcd", k=12)
    predicted = [label if rng.random() < 0.6 else rng.choice("bcde") for label in reference]
    report = classification_report(reference, predicted, output_dict=True, zero_division=0)
    scores = classification_scores(predicted, reference)
    assert scores["accuracy"] == pytest.approx(accuracy_score(reference, predicted))
    assert scores["macro_f1"] == pytest.approx(report["macro avg"]["f1-score"])
    assert scores["labels"].keys() == {*reference, *predicted}
    for label, row in scores["labels"].items():
        for ours, theirs in (("precision",) * 2, ("recall",) * 2, ("f1", "f1-score")):
            assert row[ours] == pytest.approx(report[label][theirs]), (label, ours)
        assert row["support"] == report[label]["support"]
        assert row["predicted"] == predicted.count(label)


@pytest.mark.parametrize(("predicted", "reference"), [([], []), (["a"], ["a", "b"])])
def test_labels_without_a_partner_are_refused(predicted, reference):
    message = f"as many labels, at least one. Received: {len(predicted)} and {len(reference)}"
    with pytest.raises(ValueError, match=message):
        classification_scores(predicted, reference)
