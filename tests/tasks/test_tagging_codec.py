import json
import logging

import numpy as np
import pytest

from nlpseq.tasks.tagging_codec import TaggingCodec

SENTENCES = [["Ada", "Bob", "ran"], ["New", "York"]]
NER = {
    "IOB1": [["I-PER", "B-PER", "O"], ["I-LOC", "I-LOC"]],
    "IOB2": [["B-PER", "B-PER", "O"], ["B-LOC", "I-LOC"]],
    "BIOES": [["S-PER", "S-PER", "O"], ["B-LOC", "E-LOC"]],
}
POS = [["N", "N", "V"], ["N", "N"]]


def codec(tags=POS, column="pos", **settings):
    return TaggingCodec.from_examples(SENTENCES, {column: tags}, **{"min_count": 1, **settings})


def targets(made, tags, column="ner"):
    """The ids of the labels of `SENTENCES`, by sentence."""
    batches = made.batches(SENTENCES, {column: tags}, batch_tokens=1000)
    return [
        row[mask]
        for inputs, ids, weights in batches
        for row, mask in zip(ids[column], weights[column] > 0, strict=True)
    ]


@pytest.mark.parametrize("learnt", ["IOB1", "IOB2", "BIOES"])
@pytest.mark.parametrize("data", ["IOB1", "IOB2", "BIOES"])
def test_spans_are_learnt_in_one_scheme_and_given_back_in_another(data, learnt):
    made = codec(NER[data], "ner", learnt_scheme=learnt)
    assert made.schemes == {"ner": data}
    assert set(made.labels["ner"].tokens) == {tag for row in NER[learnt] for tag in row}
    rows = targets(made, NER[data])
    assert sorted(made.labels["ner"].decode(ids) for ids in rows) == sorted(NER[learnt])
    assert sorted(made.decode("ner", ids) for ids in rows) == sorted(NER[data])


def test_labels_that_are_no_spans_stay_as_they_are():
    made = codec(POS)
    assert (made.schemes, made.forbidden) == ({"pos": None}, {})
    assert made.labels["pos"].tokens == ("N", "V")  # the most frequent one first
    assert made.decode("pos", np.array([1, 0])) == ["V", "N"]


def test_what_the_learnt_scheme_does_not_write_is_forbidden():
    made = codec(NER["IOB2"], "ner", learnt_scheme="IOB2")
    labels = ("O", "B-PER", "B-LOC", "I-LOC")
    assert set(made.labels["ner"].tokens) == set(labels)
    number = {label: place for place, label in enumerate(made.labels["ner"].tokens)}
    inside = number["I-LOC"]  # only after B-LOC or itself
    before = [-1, number["O"], number["B-PER"]]
    assert sorted(made.forbidden["ner"]) == sorted((place, inside) for place in before)


def test_malformed_labels_are_mended_and_counted(caplog):
    wrong = [["I-PER", "B-PER", "O"], ["B-LOC", "I-LOC"]]
    with caplog.at_level(logging.WARNING, logger="nlpseq"):
        made = codec(wrong, "ner")
    assert caplog.messages == [
        "1 labels in 'ner' are malformed in IOB2 and were mended, the first in sentence 0, "
        "token 0: I-PER became B-PER"
    ]
    decoded = sorted(made.decode("ner", ids) for ids in targets(made, wrong))
    assert decoded == sorted(NER["IOB2"])


def test_nothing_is_said_of_well_formed_labels(caplog):
    codec(NER["IOB1"], "ner")
    assert caplog.messages == []


def test_labels_that_were_not_learnt_are_negative():
    made = codec(NER["BIOES"], "ner")
    rows = targets(made, [["S-ORG", "S-PER", "O"], ["B-LOC", "E-LOC"]])
    known = [made.labels["ner"].tokens.index(tag) for tag in ("S-PER", "O")]
    assert [-1, *known] in [ids.tolist() for ids in rows]


def test_rare_tokens_and_characters_are_unknown():
    rows = {"pos": [["N", "N"], ["N"]]}
    made = TaggingCodec.from_examples([["aa", "ab"], ["aa"]], rows, min_count=2)
    assert (made.knows("aa"), made.knows("ab")) == (True, False)
    ((inputs,),) = made.batches([["ab"]])
    assert inputs["tokens"].tolist() == [[1]]
    row = inputs["spellings"][inputs["spelling_index"][0, 0]]
    assert row[:4].tolist() == [2, 4, 1, 3]  # begin, a, unknown, end


def test_digits_are_one_token_but_keep_their_spelling():
    rows = {"pos": [["N", "N"]]}
    made = TaggingCodec.from_examples([["1984", "x"]], rows, min_count=1, normalize_digits=True)
    assert made.knows("2001")
    assert not made.knows("201")
    assert "1984" not in made.vocabulary
    ((inputs,),) = made.batches([["1984", "4891"]])
    assert inputs["tokens"][0, 0] == inputs["tokens"][0, 1]
    first, second = inputs["spellings"][inputs["spelling_index"][0]]
    assert first[1:5].tolist() == second[4:0:-1].tolist()
    assert first.tolist() != second.tolist()


def test_case_is_one_token_but_keeps_its_spelling():
    rows = {"pos": [["N", "N"]]}
    made = TaggingCodec.from_examples([["Fox", "x"]], rows, min_count=1, lowercase=True)
    assert made.knows("fOX")
    ((inputs,),) = made.batches([["fox", "FOX"]])
    assert inputs["tokens"][0, 0] == inputs["tokens"][0, 1]
    first, second = inputs["spellings"][inputs["spelling_index"][0]]
    assert first.tolist() != second.tolist()


def test_characters_are_left_out_where_they_are_not_read():
    ((inputs,),) = codec(spelling=False).batches([["Ada"]])
    assert inputs.keys() == {"tokens", "mask"}


@pytest.mark.parametrize("spelling", [True, False])
def test_what_was_saved_is_loaded(tmp_path, spelling):
    settings = {
        "spelling": spelling,
        "learnt_scheme": "IOB2",
        "lowercase": True,
        "normalize_digits": True,
    }
    made = TaggingCodec.from_examples(
        [["Ada", "1984"], ["x"]],
        {"ner": [["I-PER", "O"], ["O"]], "pos": [["N", "V"], ["V"]]},
        min_count=1,
        **settings,
    )
    made.save(tmp_path)
    names = {"vocabulary.jsonl", "labels-ner.jsonl", "labels-pos.jsonl"}
    assert {file.name for file in tmp_path.iterdir()} == names | (
        {"characters.jsonl"} if spelling else set()
    )
    loaded = TaggingCodec.load(tmp_path, json.loads(json.dumps(made.config())))
    assert loaded.config() == made.config()
    assert loaded.forbidden == made.forbidden
    assert list(loaded.labels) == ["ner", "pos"]
    assert loaded.decode("ner", np.array([0, 1])) == made.decode("ner", np.array([0, 1]))
    tags = {"ner": [["O", "I-PER"]], "pos": [["V", "N"]]}
    one, other = (task.batches([["Ada", "2001"]], tags)[0] for task in (made, loaded))
    for mine, theirs in zip(one, other, strict=True):
        assert mine.keys() == theirs.keys()
        assert all(np.array_equal(mine[name], theirs[name]) for name in mine)
