import itertools

import datasets as hf
import numpy as np
import pytest

from nlpseq.tasks import labeller
from nlpseq.tasks.tagger import Tagger

MIXED = [
    "",
    "the old fox sleeps .",
    "   \t ",
    ["the", "old", "fox", "sleeps", "."],
    "zebras",  # unknown
    [],
    "日本語 🎉 \u200b é",  # unknown characters
    "the red kite flies . " * 30,
    ["New York", "", "fox"],  # tokens with a space, or without a character
]


def test_predictions_keep_their_places(tagger):
    found = tagger.predict(MIXED)
    assert [len(sentence) for sentence in found] == [0, 5, 0, 5, 1, 0, 3, 150, 3]
    assert (
        found[1]
        == found[3]
        == list(zip(MIXED[3], ["DET", "ADJ", "NOUN", "VERB", "PUNCT"], strict=True))
    )
    assert [token for token, _ in found[8]] == ["New York", "", "fox"]
    assert {label for sentence in found for _, label in sentence} <= set(
        tagger.codec.labels["upos"].tokens
    )


@pytest.mark.parametrize("batch_tokens", [1, 12, 4096])
def test_a_sentence_is_labelled_the_same_alone_in_a_batch_and_in_any_order(tagger, batch_tokens):
    alone = [
        tagger.tag(sentence) if isinstance(sentence, str) else tagger.tag([sentence])[0]
        for sentence in MIXED
    ]
    assert tagger.predict(MIXED, batch_tokens=batch_tokens) == alone
    assert tagger.predict(MIXED[::-1], batch_tokens=batch_tokens) == alone[::-1]


def test_a_sentence_of_5000_tokens_is_labelled(tagger):
    found = tagger.tag("the fox runs and " * 1250)
    assert len(found) == 5000
    assert found[:2] == [("the", "DET"), ("fox", "NOUN")]
    assert found[2000:2004] == tagger.tag("the fox runs and " * 100)[200:204]


def test_nothing_to_label_is_fine(tagger):
    assert tagger.predict([]) == []
    assert tagger.tag("") == []
    assert tagger.tag([[], ""]) == [[], []]


def test_one_sentence_and_several_are_told_apart(tagger):
    assert tagger.tag(["the fox", ["the", "fox"]]) == [tagger.tag("the fox")] * 2
    with pytest.raises(TypeError, match=r"must be a list\. Received: a string; use `tag`"):
        tagger.predict("the fox")


def test_entities_have_their_places_in_the_text(entity_tagger):
    text = "Bob  saw New York  City."
    expected = [("PER", "Bob", 0, 3), ("LOC", "New York  City", 9, 23)]
    keys = ("entity_group", "word", "start", "end")
    found = entity_tagger.entities(text)
    assert [tuple(entity[key] for key in keys) for entity in found] == expected
    assert all(text[entity["start"] : entity["end"]] == entity["word"] for entity in found)
    (of_tokens,) = entity_tagger.entities([["Bob", "saw", "New", "York", "City"]])
    joined = "Bob saw New York City"
    assert [joined[entity["start"] : entity["end"]] for entity in of_tokens] == [
        entity["word"] for entity in of_tokens
    ]
    assert (of_tokens[0]["start"], of_tokens[-1]["end"]) == (0, 21)
    several = entity_tagger.entities([text, "", text])
    assert [[entity["word"] for entity in found] for found in several] == [
        ["Bob", "New York  City"],
        [],
        ["Bob", "New York  City"],
    ]


def test_the_score_of_an_entity_is_the_mean_probability_of_its_labels(entity_tagger):
    tokens = ["Paris", "saw", "Ada", "Lovelace"]
    (shares,) = entity_tagger.probabilities([tokens])
    best = shares.max(axis=1)
    (found,) = entity_tagger.entities([tokens])
    assert [entity["word"] for entity in found] == ["Paris", "Ada Lovelace"]
    assert [entity["score"] for entity in found] == pytest.approx([best[0], best[2:].mean()])


def test_entities_need_labels_that_are_spans(tagger):
    with pytest.raises(ValueError, match=r"labels of 'upos' are not spans, such as B-PER: use `t"):
        tagger.entities("the fox")


def test_several_columns_are_predicted_as_tuples(joint_tagger):
    assert joint_tagger.label_columns == ["upos", "ner"]
    assert joint_tagger.tag("Bob Ada left") == [
        ("Bob", "PROPN", "I-PER"),
        ("Ada", "PROPN", "B-PER"),
        ("left", "VERB", "O"),
    ]


def test_a_column_is_chosen_where_there_are_several(joint_tagger):
    (first,), (second,) = (
        joint_tagger.probabilities(["Bob left"], column=column) for column in ("upos", "ner")
    )
    sizes = [len(joint_tagger.codec.labels[column]) for column in ("upos", "ner")]
    assert [first.shape[1], second.shape[1]] == sizes
    assert joint_tagger.entities("Bob left", column="ner")[0]["word"] == "Bob"
    for ask in (joint_tagger.entities, joint_tagger.probabilities, joint_tagger.nbest):
        with pytest.raises(ValueError, match=r"`column` must be one of upos, ner\. Received: None"):
            ask(["Bob left"])


def test_features_learnt_one_by_one_are_one_column_of_predictions():
    rows = {"tokens": [["a", "b"], ["c"]], "feats": [["Case=Nom", "_"], ["Case=Nom|Tense=Past"]]}
    data = hf.Dataset.from_dict(rows)
    made = Tagger.from_dataset(data, per_feature=True, min_count=1, units=4, embedding_dim=4)
    assert made.label_columns == ["feats"]
    outputs = ("feats.Case", "feats.Tense")
    (found,) = made.analyze([["a", "b"]])
    assert found["labels"]["feats"] == [label for _, label in made.predict([["a", "b"]])[0]]
    shares = [made.probabilities([["a", "b"]], column=name)[0].max(axis=1) for name in outputs]
    np.testing.assert_allclose(found["probabilities"]["feats"], np.prod(shares, axis=0), rtol=1e-5)
    scores = made.evaluate(data)
    assert scores["features"].keys() == {"Case", "Tense"}
    with pytest.raises(ValueError, match=r"one of the features of 'feats': feats.Case, feats.Ten"):
        made.probabilities([["a"]])


@pytest.mark.parametrize("kind", ["tagger", "entity_tagger"])
def test_probabilities_sum_to_1_and_the_best_is_the_label(kind, request):
    made = request.getfixturevalue(kind)
    (column,) = made.label_columns
    labels = made.codec.labels[column].tokens
    sentences = ["the fox saw Paris .", "", ["Bob", "fox"]]
    for tagged, shares in zip(made.predict(sentences), made.probabilities(sentences), strict=True):
        assert shares.shape == (len(tagged), len(labels))
        np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)
        best = [labels[place] for place in shares.argmax(axis=1)]
        if column == "upos":  # the labels of spans are learnt in another scheme
            assert best == [label for _, label in tagged]


SENTENCES = ["Bob Ada left", [], ["Paris"], "zebras met in York"]


def test_the_best_sequence_is_the_tagged_one(entity_tagger):
    for tagged, found in zip(
        entity_tagger.predict(SENTENCES), entity_tagger.nbest(SENTENCES, 1), strict=True
    ):
        assert [labels for labels, _ in found] == [[label for _, label in tagged]]


def test_the_best_sequences_are_ordered_differ_and_have_log_probabilities(entity_tagger):
    for found in entity_tagger.nbest(SENTENCES, 4):
        scores = [score for _, score in found]
        assert scores == sorted(scores, reverse=True)
        assert sum(np.exp(scores)) <= 1 + 1e-5
        assert len({tuple(labels) for labels, _ in found}) == len(found)


def test_all_sequences_have_probability_1_together(entity_tagger):
    # Of one token there are three well-formed ones: O, S-PER, S-LOC.
    (found,) = entity_tagger.nbest([["Paris"]], 20)
    assert sorted(labels for labels, _ in found) == [["I-LOC"], ["I-PER"], ["O"]]
    assert sum(np.exp(score) for _, score in found) == pytest.approx(1, abs=1e-4)


def test_the_best_sequences_need_a_crf(tagger, entity_tagger):
    with pytest.raises(ValueError, match=r'need a model with head="crf".*num_best=5'):
        tagger.nbest(["the fox"])
    with pytest.raises(ValueError, match=r"`n` must be at least 1\. Received: n=0"):
        entity_tagger.nbest(["the fox"], 0)


def test_an_analysis_has_all_there_is(joint_tagger):
    raw, tokens, empty = joint_tagger.analyze(["Bob  left.", ["Bob", "left", "."], ""])
    assert (raw["text"], tokens["text"], empty["text"]) == ("Bob  left.", "Bob left .", "")
    assert raw["tokens"] == tokens["tokens"] == ["Bob", "left", "."]
    assert (
        raw["labels"]
        == tokens["labels"]
        == {
            "upos": ["PROPN", "VERB", "PUNCT"],
            "ner": ["I-PER", "O", "O"],
        }
    )
    for column in ("upos", "ner"):
        (shares,) = joint_tagger.probabilities(["Bob  left."], column=column)
        assert raw["probabilities"][column] == pytest.approx(shares.max(axis=1).tolist())
    assert list(raw["entities"]) == ["ner"]
    assert [raw["entities"]["ner"][0][key] for key in ("word", "start", "end")] == ["Bob", 0, 3]
    assert empty["labels"] == {"upos": [], "ner": []}


def test_a_stream_never_ends_and_keeps_its_order(tagger, monkeypatch):
    monkeypatch.setattr(labeller, "SENTENCES_AT_ONCE", 4)
    endless = (MIXED[number % len(MIXED)] for number in itertools.count())
    found = list(itertools.islice(tagger.stream(endless), 20))
    assert found == (tagger.predict(MIXED) * 3)[:20]


@pytest.mark.parametrize("method", ["predict", "stream", "analyze", "probabilities"])
def test_a_single_string_is_not_taken_for_its_characters(tagger, method):
    with pytest.raises(TypeError, match=r"must be a list\. Received: a string; use `tag`"):
        list(getattr(tagger, method)("the fox"))


def test_a_data_set_gets_predicted_columns_with_the_names_of_labels(tagger, tagged):
    found = tagger.annotate(tagged, prefix="predicted_")
    assert found.column_names == [*tagged.column_names, "predicted_upos"]
    labels = found.features["predicted_upos"].feature
    assert {*labels.names} == {label for row in tagged["upos"] for label in row}
    assert [labels.int2str(row) for row in found["predicted_upos"]] == tagged["upos"][:]
    assert tagger.evaluate(tagger.annotate(tagged.remove_columns("upos")))["accuracy"] == 1


def test_the_names_of_the_data_set_keep_their_numbers(tagger, tagged):
    names = sorted({label for row in tagged["upos"] for label in row}, reverse=True)
    own = hf.ClassLabel(names=["X", *names])
    features = {"tokens": hf.List(hf.Value("string")), "upos": hf.List(own)}
    rows = {"tokens": tagged["tokens"][:], "upos": [own.str2int(row) for row in tagged["upos"]]}
    dataset = hf.Dataset.from_dict(rows, hf.Features(features))
    found = tagger.annotate(dataset)
    assert found.features["upos"] == dataset.features["upos"]
    assert found["upos"][:] == rows["upos"]


def test_raw_sentences_get_their_tokens_too(entity_tagger):
    stream = hf.Dataset.from_dict({"text": ["Bob met Ada.", ""]}).to_iterable_dataset()
    first, second = entity_tagger.annotate(stream)
    assert (first["tokens"], second["tokens"]) == (["Bob", "met", "Ada", "."], [])
    names = entity_tagger.annotate(stream).features["ner"].feature.names
    assert names == ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"]
    predicted = [label for _, label in entity_tagger.tag("Bob met Ada.")]
    assert [names[number] for number in first["ner"]] == predicted
    with pytest.raises(ValueError, match=r"no column 'tokens' or 'text'\. Columns: en"):
        entity_tagger.annotate(hf.Dataset.from_dict({"en": ["Go"]}))
