import logging

import datasets as hf
import numpy as np
import pytest

import nlpseq
from nlpseq.tasks.tagger import Tagger
from nlpseq.text.tag_schemes import convert

SMALL = {"units": 4, "embedding_dim": 4, "character_units": 4, "min_count": 1}


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
        yield from inputs.values()
        yield from (array for columns in rest for array in columns.values())


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
    one = Tagger.from_dataset(tagged, **SMALL)
    assert (one.tokens_column, one.label_columns) == ("tokens", ["upos"])
    two = tagged.add_column("xpos", tagged["upos"][:])
    with pytest.raises(
        ValueError, match=r'could be the labels: upos, xpos\. Choose .*label="upos"'
    ):
        Tagger.from_dataset(two, **SMALL)
    assert Tagger.from_dataset(two, label="xpos", **SMALL).label_columns == ["xpos"]


def test_class_labels_give_the_same_model_and_scores_as_strings(tagger, tagged):
    names = ["VERB", "X", "PUNCT", "DET", "NOUN", "CCONJ", "ADJ"]  # in an order of their own
    features = hf.Features({**tagged.features, "upos": hf.List(hf.ClassLabel(names=names))})
    classes = tagged.cast(features)
    one, other = (Tagger.from_dataset(data, **SMALL) for data in (tagged, classes))
    assert one.codec.labels["upos"].tokens == other.codec.labels["upos"].tokens
    assert same(one.model.get_weights(), other.model.get_weights())
    assert same(arrays(one, tagged), arrays(other, classes))
    assert tagger.evaluate(classes) == tagger.evaluate(tagged)


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
    wrong = next(label for label in tagger.codec.labels["upos"].tokens if label != guess)
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
    assert targets["upos"].tolist() == [[tagger.codec.labels["upos"].tokens.index("NOUN"), -1]]


def test_rare_tokens_share_the_id_of_unknown_ones():
    data = dataset("fox/N fox/N kite/N")
    often = Tagger.from_dataset(data, **{**SMALL, "min_count": 2})
    vocabulary = often.codec.vocabulary
    assert ("fox" in vocabulary, "kite" in vocabulary) == (True, False)
    assert vocabulary.encode(["kite"]) == vocabulary.encode(["never seen"])


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
            r"Unknown setting 'unitz'.*Valid settings: .*label, .*embedding_dim, .*units",
        ),
        ({"vocab_size": 8}, TypeError, r"Unknown setting 'vocab_size'"),
        ({"label": []}, ValueError, r"`label` must name at least one column.*label=\[\]"),
        ({"label": ["upos", "ner"]}, ValueError, r"no column 'ner'\. Columns: tokens, upos"),
        ({"scheme": "IOE"}, ValueError, r"`scheme` must be IOB1, IOB2 .*scheme='IOE'"),
        ({"head": "linear"}, ValueError, r"`head` must be .softmax. or .crf..*head='linear'"),
        ({"characters": "rnn"}, ValueError, r"must be .*'rnn'"),
        ({"vectors": "none.vec"}, FileNotFoundError, r"none\.vec"),
        ({"min_count": 0}, ValueError, r"`min_count` must be at least 1.*min_count=0"),
        ({"units": 0}, ValueError, r"`units` .* must be at least 1.*units=0"),
        ({"embedding_dim": 0}, ValueError, r"must be at least 1.*dim=0"),
        ({"dropout": 1.5}, ValueError, r"must be in \[0, 1\)\..*rate=1\.5"),
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
    assert tagger.describe()["labels of upos"].startswith("NOUN, ")  # the most frequent one
    assert tagger.describe()["head"] == "softmax"
    many = Tagger.from_dataset(dataset(" ".join(f"x/L{i:02}" for i in range(30))), **SMALL)
    assert many.describe()["labels of upos"].endswith("L18, L19 ... (30)")


def test_entities_are_learnt_with_a_crf_and_scored_as_spans(entity_tagger, with_entities):
    assert (entity_tagger.model.head, entity_tagger.monitor) == ("crf", "val_f1")
    found = entity_tagger.evaluate(with_entities)
    assert (found["f1"], found["accuracy"], found["support"]) == (1.0, 1.0, 7)
    assert found["types"]["PER"]["support"] == 4


def test_spans_learnt_in_bioes_come_in_the_scheme_of_the_data(entity_tagger):
    assert "E-LOC" in entity_tagger.codec.labels["ner"].tokens
    assert entity_tagger.tag("Bob Ada left") == [
        ("Bob", "I-PER"),
        ("Ada", "B-PER"),
        ("left", "O"),
    ]


@pytest.mark.parametrize(
    ("data", "labels"),
    [
        (["B-X", "I-X", "B-X"], {"B-X", "I-X", "O"}),  # IOB2
        (["B-X", "E-X", "S-X"], {"B-X", "I-X", "E-X", "S-X", "O"}),  # BIOES
        (["I-X", "I-X", "B-X"], {"B-X", "I-X", "O"}),  # IOB1
    ],
)
@pytest.mark.parametrize("head", ["softmax", "crf"])
def test_an_untrained_tagger_writes_no_malformed_spans_either(data, labels, head):
    rows = {"tokens": [["a", "b", "c", "d"]] * 2, "ner": [[*data, "O"]] * 2}
    made = Tagger.from_dataset(hf.Dataset.from_dict(rows), head=head, **SMALL)
    tokens = [[f"{a}{b}" for b in "abcdefgh"] for a in "abcdefgh"]
    scheme = made.codec.schemes["ner"]
    for sentence in made.predict(tokens):
        tags = [tag for _, tag in sentence]
        assert set(tags) <= labels
        assert convert(tags, scheme) == tags


def test_malformed_labels_are_mended_with_a_warning(caplog):
    data = dataset("a/B-X b/I-X c/O", "a/B-X b/I-X", "c/O b/I-X", label="ner")
    with caplog.at_level(logging.WARNING, logger="nlpseq"):
        made = Tagger.from_dataset(data, scheme="IOB2", **SMALL)
    assert caplog.messages == [
        "1 labels in 'ner' are malformed in IOB2 and were mended, the first in sentence 2, "
        "token 1: I-X became B-X"
    ]
    _, targets, _ = made.batches(data.select([2]), batch_tokens=20)[0]
    assert made.codec.labels["ner"].decode(targets["ner"][0]) == ["O", "B-X"]


def test_several_columns_are_scored_each_and_together(joint_tagger, with_entities):
    other = {**with_entities[0], "upos": ["X"] * 6}  # a sixth of the 22 tokens wrong
    data = hf.Dataset.from_list([other, *with_entities.select(range(1, 5))])
    found = joint_tagger.evaluate(data)
    assert list(found) == ["upos", "ner", "score", "sentences", "tokens"]
    assert found["upos"]["accuracy"] == pytest.approx(16 / 22)
    assert "f1" not in found["upos"]
    assert found["ner"]["f1"] == 1.0
    assert found["score"] == pytest.approx((16 / 22 + 1.0) / 2)
    assert (found["sentences"], found["tokens"]) == (5, 22)


@pytest.mark.usefixtures("eager_training")
def test_the_best_epoch_of_several_columns_is_that_of_their_mean(train_on_entities, with_entities):
    made = train_on_entities(["upos", "ner"], dev=with_entities, epochs=2)
    assert made.monitor == "val_score"
    history = made.training["history"]
    means = [(a + b) / 2 for a, b in zip(history["val_upos"], history["val_ner"], strict=True)]
    assert history["val_score"] == pytest.approx(means)


# Saving


SENTENCES = ["Bob Ada left", [], ["Paris"], "zebras met in York"]


@pytest.mark.parametrize("kind", ["entity_tagger", "joint_tagger"])
def test_crf_schemes_and_columns_come_back_from_the_folder(kind, request, with_entities):
    made = request.getfixturevalue(kind)
    loaded = nlpseq.load(request.getfixturevalue(f"saved_{kind}"))
    assert loaded.describe() == made.describe()
    assert loaded.predict(SENTENCES) == made.predict(SENTENCES)
    assert loaded.nbest(SENTENCES, 3, column="ner") == made.nbest(SENTENCES, 3, column="ner")
    assert loaded.evaluate(with_entities) == made.evaluate(with_entities)
    assert same(arrays(loaded, with_entities), arrays(made, with_entities))


# Vectors and digits


@pytest.fixture
def vectors(tmp_path):
    path = tmp_path / "tiny.vec"
    path.write_text("the 1 2 3\nfox -4 5 0.5\nzebra 9 9 9\n")
    return path


def vectors_of(made, *tokens):
    ids = made.codec.vocabulary.encode(list(tokens))
    return np.asarray(made.model.get_layer("embedding")(ids))


def test_vectors_are_taken_from_a_file(tagged, vectors, caplog):
    with caplog.at_level(logging.INFO, logger="nlpseq"):
        made = Tagger.from_dataset(tagged, vectors=vectors, **SMALL)
    assert made.model.embedding_dim == 3  # and not that of SMALL
    np.testing.assert_allclose(vectors_of(made, "the", "fox"), [[1, 2, 3], [-4, 5, 0.5]], rtol=1e-6)
    assert "zebra" not in made.codec.vocabulary  # only the tokens of the data have ids
    assert f"{vectors}: vectors of 3 values for 2 of 15 tokens" in caplog.text


@pytest.mark.usefixtures("eager_training")
@pytest.mark.parametrize("train_embedding", [False, True])
def test_vectors_stay_as_they_are_if_wanted(tagged, vectors, train_embedding, tmp_path):
    settings = {"vectors": vectors, "train_embedding": train_embedding, "word_dropout": 0.0}
    made = Tagger.from_dataset(tagged, **settings, **SMALL)
    before = vectors_of(made, "the", "fox", "kite", "unknown")
    made.fit(tagged, epochs=3, learning_rate=0.1, verbose=0)
    after = vectors_of(made, "the", "fox", "kite", "unknown")
    assert np.array_equal(after, before) == (not train_embedding)
    made.save_pretrained(tmp_path / "run")
    loaded = nlpseq.load(tmp_path / "run")
    np.testing.assert_array_equal(vectors_of(loaded, "the", "fox", "kite", "unknown"), after)


@pytest.mark.parametrize(
    ("settings", "known"),
    [
        ({}, ["in", "0000"]),
        ({"lowercase": False}, ["in", "In", "0000"]),
        ({"normalize_digits": False}, ["in", "1984"]),
        ({"characters": "none"}, ["in", "In", "1984"]),
        ({"characters": "none", "lowercase": True}, ["in", "1984"]),
    ],
)
def test_case_and_digits_are_left_to_the_characters_where_these_are_read(settings, known):
    data = dataset("In/ADP 1984/NUM", "in/ADP 2001/NUM")
    made = Tagger.from_dataset(data, **settings, **SMALL)
    spelt = ("in", "In", "0000", "1984")
    found = [word for word in spelt if word in made.codec.vocabulary]
    assert found == [word for word in spelt if word in known]


def test_pretrained_vectors_may_differ_by_case(tagged, vectors):
    made = Tagger.from_dataset(tagged, vectors=vectors, **SMALL)
    assert (made.codec.lowercase, made.codec.normalize_digits) == (False, False)


def test_digits_may_be_made_equal():
    data = dataset("in/ADP 1984/NUM", "in/ADP 2001/NUM")
    made = Tagger.from_dataset(data, normalize_digits=True, characters="none", **SMALL)
    first, second, third = made.probabilities([["in", year] for year in ("1984", "2001", "1777")])
    np.testing.assert_allclose([second, third], [first, first], rtol=1e-6)
    assert made.tag("in 1984")[1][0] == "1984"
    assert made.evaluate(dataset("in/ADP 1789/NUM"))["unknown_accuracy"] is None


def test_an_ensemble_tags_and_scores_like_any_tagger(tagger, tagged, tmp_path):
    ensemble = Tagger.ensemble([tagger, tagger])
    assert ensemble.predict(tagged["tokens"]) == tagger.predict(tagged["tokens"])
    assert ensemble.evaluate(tagged) == tagger.evaluate(tagged)
    with pytest.raises(ValueError, match=r"save its members"):
        ensemble.save_pretrained(tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_the_members_of_an_ensemble_must_know_the_same_words(tagger, tagged):
    other = Tagger.from_dataset(tagged, min_count=2, units=4, embedding_dim=4)
    with pytest.raises(ValueError, match=r"same vocabularies and labels.*taggers\[1\] differs"):
        Tagger.ensemble([tagger, other])
