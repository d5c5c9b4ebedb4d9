import datasets as hf
import numpy as np
import pytest

import nlpseq
from nlpseq.tasks.tagger import Tagger

SMALL = {"units": 4, "embedding_dim": 4, "min_count": 1}


def dataset(*sentences, label="upos"):
    """A data set from strings such as `the/DET fox/NOUN`."""
    words = [[word.split("/") for word in sentence.split()] for sentence in sentences]
    columns = {
        "tokens": [[w for w, _ in s] for s in words],
        label: [[t for _, t in s] for s in words],
    }
    features = hf.Features({name: hf.List(hf.Value("string")) for name in columns})
    return hf.Dataset.from_dict(columns, features=features)


def arrays(task, data):
    """All arrays of all batches."""
    for inputs, *rest in task.batches(data, batch_tokens=20):
        yield from (*inputs.values(), *rest)


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.backends
def test_a_tagger_learns_and_comes_back_from_its_folder_as_it_was(tagger, saved_tagger, tagged):
    assert tagger.evaluate(tagged)["accuracy"] == 1.0
    assert tagger.tag("the red fox sleeps!")[:3] == [
        ("the", "DET"),
        ("red", "ADJ"),
        ("fox", "NOUN"),
    ]
    loaded = nlpseq.load(saved_tagger)
    assert isinstance(loaded, Tagger)
    sentences = [*tagged["tokens"], "a zebra runs .", "", "the"]
    assert loaded.predict(sentences) == tagger.predict(sentences)
    assert loaded.evaluate(tagged) == tagger.evaluate(tagged)


def test_the_label_may_be_left_out_where_only_one_column_can_be_it(tagged):
    assert Tagger.from_dataset(tagged, **SMALL).columns == ("tokens", "upos")
    two = tagged.add_column("xpos", tagged["upos"][:])
    with pytest.raises(
        ValueError, match=r'could be the labels: upos, xpos\. Choose .*label="upos"'
    ):
        Tagger.from_dataset(two, **SMALL)
    assert Tagger.from_dataset(two, label="xpos", **SMALL).columns == ("tokens", "xpos")


def test_class_labels_give_the_same_model_and_scores_as_strings(tagger, tagged):
    names = ["VERB", "X", "PUNCT", "DET", "NOUN", "CCONJ", "ADJ"]  # in an order of their own
    features = hf.Features({**tagged.features, "upos": hf.List(hf.ClassLabel(names=names))})
    classes = tagged.cast(features)
    one, other = (Tagger.from_dataset(data, **SMALL) for data in (tagged, classes))
    assert one.labels.tokens == other.labels.tokens
    assert same(one.model.get_weights(), other.model.get_weights())
    assert same(arrays(one, tagged), arrays(other, classes))
    assert tagger.evaluate(classes) == tagger.evaluate(tagged)


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
    assert {label for sentence in found for _, label in sentence} <= set(tagger.labels.tokens)


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
    assert found[2000:2004] == [("the", "DET"), ("fox", "NOUN"), ("runs", "VERB"), ("and", "CCONJ")]


def test_nothing_to_label_is_fine(tagger):
    assert tagger.predict([]) == []
    assert tagger.tag("") == []
    assert tagger.tag([[], ""]) == [[], []]


def test_one_sentence_and_several_are_told_apart(tagger):
    assert tagger.tag(["the fox", ["the", "fox"]]) == [tagger.tag("the fox")] * 2
    with pytest.raises(TypeError, match=r"must be a list\. Received: a string; use `tag`"):
        tagger.predict("the fox")


def test_scores_count_unknown_labels_as_wrong(tagger):
    data = dataset(
        "the/DET fox/NOUN runs/VERB",  # 3 of 3 right
        "the/DET fox/PROPN runs/VERB",  # 2 of 3: there is no label PROPN
        "kites/NOUN fly/NOUN",  # 1 of 2
        "",
    )
    found = tagger.evaluate(data)
    assert found["accuracy"] == pytest.approx(6 / 8)
    assert found["sentence_accuracy"] == pytest.approx(2 / 4)  # nothing is wrong in an empty one
    assert (found["sentences"], found["tokens"]) == (4, 8)
    assert found["unknown_accuracy"] is None  # no token is unknown


def test_unknown_tokens_have_an_accuracy_of_their_own(tagger):
    (_, guess), (_, right) = tagger.tag("zebra fox")
    wrong = next(label for label in tagger.labels.tokens if label != guess)
    data = dataset(f"zebra/{guess} fox/{right}", f"zebra/{wrong} fox/{right}")
    assert tagger.evaluate(data)["unknown_accuracy"] == 0.5
    assert tagger.evaluate(data)["accuracy"] == 0.75


def test_scores_do_not_depend_on_the_batches(tagger, tagged):
    assert tagger.evaluate(tagged, batch_tokens=3) == tagger.evaluate(tagged)


def test_empty_sentences_are_left_out_of_the_batches(tagger):
    with_empty, without = dataset("", "the/DET fox/NOUN", ""), dataset("the/DET fox/NOUN")
    assert same(arrays(tagger, with_empty), arrays(tagger, without))


def test_unknown_labels_become_negative_ids(tagger):
    (_, targets, _), *_ = tagger.batches(dataset("fox/NOUN fox/PROPN"), batch_tokens=20)
    assert targets.tolist() == [[tagger.labels.tokens.index("NOUN"), -1]]


def test_rare_tokens_share_the_id_of_unknown_ones():
    data = dataset("fox/N fox/N kite/N")
    often = Tagger.from_dataset(data, **{**SMALL, "min_count": 2})
    assert ("fox" in often.vocabulary, "kite" in often.vocabulary) == (True, False)
    assert often.vocabulary.encode(["kite"]) == often.vocabulary.encode(["never seen"])


@pytest.mark.parametrize("data", [dataset(), dataset("", "")])
def test_data_without_a_token_are_refused(tagger, data):
    message = rf"must have a sentence with a token.*Received: {len(data)} sentences, all empty"
    with pytest.raises(ValueError, match=message):
        Tagger.from_dataset(data, **SMALL)
    with pytest.raises(ValueError, match=message):
        tagger.batches(data, batch_tokens=10)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"label": "ner"}, ValueError, r"no column 'ner'\. Columns: tokens, upos"),
        ({"tokens": "words"}, ValueError, r"no column 'words'\. Columns: tokens, upos"),
        (
            {"unitz": 8},
            TypeError,
            r"Unknown setting 'unitz'.*Valid settings: .*label, .*embedding_dim, units",
        ),
        ({"vocab_size": 8}, TypeError, r"Unknown setting 'vocab_size'"),
        ({"min_count": 0}, ValueError, r"`min_count` must be at least 1.*min_count=0"),
        ({"units": 0}, ValueError, r"`units` .* must be at least 1.*units=0"),
        ({"embedding_dim": 0}, ValueError, r"must be at least 1.*dim=0"),
        ({"dropout": 1.5}, ValueError, r"between 0 and 1.*rate=1\.5"),
        ({"cell": "rnn"}, ValueError, r"`cell` must be one of lstm, gru, simple_rnn.*'rnn'"),
        ({"seed": -1}, ValueError, r"`seed` must be 0 or more\. Received: seed=-1"),
    ],
)
def test_wrong_settings_are_named(tagged, settings, error, message):
    with pytest.raises(error, match=message):
        Tagger.from_dataset(tagged, **{**SMALL, **settings})


def test_other_columns_than_it_was_made_for_are_named(tagger):
    with pytest.raises(ValueError, match=r"There is no column 'upos'\. Columns: tokens, tags"):
        tagger.evaluate(dataset("fox/N", label="tags"))


def test_many_labels_are_described_in_short(tagger):
    assert tagger.describe()["label"] == "upos"
    assert tagger.describe()["labels"].startswith("NOUN, ")  # the most frequent one
    many = Tagger.from_dataset(dataset(" ".join(f"x/L{i:02}" for i in range(30))), **SMALL)
    assert many.describe()["labels"].endswith("L18, L19 ...")
