import json
import logging

import numpy as np
import pytest

from nlpseq.tasks.label_column import LabelColumn

NER = {
    "IOB1": [["I-PER", "B-PER", "O"], ["I-LOC", "I-LOC"]],
    "IOB2": [["B-PER", "B-PER", "O"], ["B-LOC", "I-LOC"]],
    "BIOES": [["S-PER", "S-PER", "O"], ["B-LOC", "E-LOC"]],
}
FEATS = [["Case=Nom", "Number=Sing", "_"], ["Case=Acc|Number=Sing"]]


def ner(rows, **settings):
    return LabelColumn.from_rows("ner", rows, **settings)


@pytest.mark.parametrize("learnt", ["IOB1", "IOB2", "BIOES"])
@pytest.mark.parametrize("data", ["IOB1", "IOB2", "BIOES"])
def test_spans_are_learnt_in_one_scheme_and_given_back_in_another(data, learnt):
    column = ner(NER[data], learnt_scheme=learnt)
    assert column.scheme == data
    assert set(column.outputs["ner"].tokens) == {tag for row in NER[learnt] for tag in row}
    ids = [column.encode(row) for row in NER[data]]
    assert [column.outputs["ner"].decode(row["ner"]) for row in ids] == NER[learnt]
    assert [column.decode(row) for row in ids] == NER[data]


def test_labels_that_are_no_spans_stay_as_they_are():
    column = LabelColumn.from_rows("pos", [["N", "N", "V"], ["N", "N"]])
    assert (column.scheme, column.forbidden) == (None, {})
    assert column.outputs["pos"].tokens == ("N", "V")  # the most frequent one first
    assert column.decode({"pos": np.array([1, 0])}) == ["V", "N"]


def test_what_the_learnt_scheme_does_not_write_is_forbidden():
    column = ner(NER["IOB2"], learnt_scheme="IOB2")
    labels = ("O", "B-PER", "B-LOC", "I-LOC")
    assert set(column.outputs["ner"].tokens) == set(labels)
    number = {label: place for place, label in enumerate(column.outputs["ner"].tokens)}
    inside = number["I-LOC"]  # only after B-LOC or itself
    before = [-1, number["O"], number["B-PER"]]
    assert sorted(column.forbidden["ner"]) == sorted((place, inside) for place in before)


def test_malformed_labels_are_mended_and_counted(caplog):
    wrong = [["I-PER", "B-PER", "O"], ["B-LOC", "I-LOC"]]
    with caplog.at_level(logging.WARNING, logger="nlpseq"):
        column = ner(wrong)
    assert caplog.messages == [
        "1 labels in 'ner' are malformed in IOB2 and were mended, the first in sentence 0, "
        "token 0: I-PER became B-PER"
    ]
    assert [column.decode(column.encode(row)) for row in wrong] == NER["IOB2"]


def test_nothing_is_said_of_well_formed_labels(caplog):
    ner(NER["IOB1"])
    assert caplog.messages == []


def test_labels_that_were_not_learnt_are_negative():
    column = ner(NER["BIOES"])
    known = [column.outputs["ner"].tokens.index(tag) for tag in ("S-PER", "O")]
    assert column.encode(["S-ORG", "S-PER", "O"])["ner"].tolist() == [-1, *known]


def test_features_are_learnt_one_by_one_and_put_together_again():
    column = LabelColumn.from_rows("feats", FEATS, per_feature=True)
    assert set(column.outputs["feats.Case"].tokens) == {"Nom", "Acc", "_"}
    assert set(column.outputs["feats.Number"].tokens) == {"Sing", "_"}
    assert [column.decode(column.encode(row)) for row in FEATS] == FEATS
    new = ["Case=Nom|Number=Sing"]  # a combination that the corpus lacked
    assert column.decode(column.encode(new)) == new
    assert column.canonical(["Number=Sing|Case=Nom"]) == new


def test_without_per_feature_they_are_labels_like_any_others():
    column = LabelColumn.from_rows("feats", FEATS)
    assert list(column.outputs) == ["feats"]
    assert column.decode(column.encode(FEATS[1])) == FEATS[1]
    assert column.canonical(["Number=Sing|Case=Nom"]) == ["Number=Sing|Case=Nom"]


def test_a_label_of_features_is_as_probable_as_all_of_them_together():
    column = LabelColumn.from_rows("feats", FEATS, per_feature=True)
    ids = {"feats.Case": np.array([0, 2]), "feats.Number": np.array([1, 0])}
    shares = {
        "feats.Case": np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]),
        "feats.Number": np.array([[0.1, 0.9], [0.25, 0.75]]),
    }
    assert column.probabilities(ids, shares).tolist() == pytest.approx([0.5 * 0.9, 0.8 * 0.25])


@pytest.mark.parametrize("per_feature", [True, False])
def test_what_was_saved_is_loaded(tmp_path, per_feature):
    column = LabelColumn.from_rows("feats", FEATS, per_feature=per_feature)
    column.save(tmp_path)
    files = ["labels-feats.Case.jsonl", "labels-feats.Number.jsonl"]
    files = files if per_feature else ["labels-feats.jsonl"]
    assert sorted(path.name for path in tmp_path.iterdir()) == files
    config = json.loads(json.dumps(column.config()))
    loaded = LabelColumn.load(tmp_path, "feats", "BIOES", config)
    for row in FEATS:
        assert loaded.decode(column.encode(row)) == row


def test_new_labels_come_behind_the_old_ones_in_the_learnt_scheme():
    column = LabelColumn.from_rows("ner", [["O", "B-PER", "I-PER"]])
    extended = column.extended([["B-LOC", "O"], ["B-PER", "I-PER"]])
    assert extended.outputs["ner"].tokens == ("B-PER", "E-PER", "O", "S-LOC")
    assert extended.decode(extended.encode(["B-LOC", "O"])) == ["B-LOC", "O"]
    assert set(column.forbidden["ner"]) < set(extended.forbidden["ner"])
    assert column.outputs["ner"].tokens == ("B-PER", "E-PER", "O")


def test_new_values_of_features_are_added_and_new_features_are_not(caplog):
    column = LabelColumn.from_rows("feats", [["Case=Nom", "_"]], per_feature=True)
    extended = column.extended([["Case=Acc|Gender=Fem"]])
    assert extended.features == ["Case"]
    old = column.outputs["feats.Case"].tokens
    assert extended.outputs["feats.Case"].tokens == (*old, "Acc")
    assert "'feats' has features that are not learnt: ['Gender']" in caplog.text


def test_possible_labels_are_those_that_can_be_predicted():
    spans = LabelColumn.from_rows("ner", [["I-PER", "O", "I-LOC", "B-LOC"]])
    assert spans.possible_labels == ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"]
    assert LabelColumn.from_rows("pos", [["X", "Y"]]).possible_labels == ["X", "Y"]
    features = LabelColumn.from_rows("feats", [["A=1|B=2", "_"]], per_feature=True)
    assert features.possible_labels is None
