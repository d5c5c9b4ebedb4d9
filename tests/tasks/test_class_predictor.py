import datasets as hf
import numpy as np
import pytest

from nlpseq.tasks import sequence_reader

TEXTS = ["a good film", "", "bad zebra 🎉", "a film", "good " * 300]


def test_probabilities_are_the_softmax_in_the_order_of_the_labels(classifier):
    logits = np.array([outputs for _, outputs in classifier.reader.read(TEXTS, 256)])
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    found = classifier.probabilities(TEXTS)
    np.testing.assert_allclose(found, expected, rtol=1e-4)
    best = [classifier.labels.tokens[place] for place in found.argmax(axis=1)]
    assert classifier.predict(TEXTS) == best
    assert classifier.probabilities([]).shape == (0, 4)


def test_a_string_gives_a_label_and_a_list_gives_a_list(classifier):
    assert classifier.classify("a good film") == "positive"
    assert classifier.classify(["a good film", "a bad film"]) == ["positive", "negative"]
    assert classifier.classify([]) == []
    with pytest.raises(TypeError, match="`texts` must be a list"):
        classifier.predict("a good film")


def test_an_empty_text_keeps_its_place_and_has_a_learnt_label(classifier):
    assert classifier.predict(["good", "", "bad"]) == ["positive", "neutral", "negative"]


def test_an_analysis_has_all_probabilities_the_best_first(classifier):
    shares = classifier.probabilities(TEXTS)
    for text, row, found in zip(TEXTS, shares, classifier.analyze(TEXTS), strict=True):
        assert found["text"] == text
        assert found["label"] == next(iter(found["probabilities"]))
        assert found["probability"] == found["probabilities"][found["label"]]
        values = list(found["probabilities"].values())
        assert values == sorted(values, reverse=True)
        in_order = [found["probabilities"][label] for label in classifier.labels.tokens]
        np.testing.assert_allclose(in_order, row, rtol=1e-5)


def test_any_number_of_texts_is_labelled_in_bounded_memory(classifier, monkeypatch):
    monkeypatch.setattr(sequence_reader, "TEXTS_AT_ONCE", 2)

    def endless():
        while True:
            yield from ("good", "bad")

    stream = classifier.stream(endless())
    assert [next(stream) for _ in range(5)] == ["positive", "negative"] * 2 + ["positive"]
    assert next(classifier.analyze(endless()))["label"] == "positive"


def test_a_data_set_gets_a_column_of_its_own_labels(classifier, reviews):
    own = hf.ClassLabel(names=["mixed", "positive", "neutral", "negative", "odd"])
    rows = hf.Dataset.from_dict({"text": reviews["text"][:], "label": [4] * 8, "n": range(8)})
    rows = rows.cast_column("label", own)
    found = classifier.annotate(rows)
    expected = classifier.predict(reviews["text"])
    assert found.features["label"] == own
    assert [own.names[label] for label in found["label"]] == expected
    found = classifier.annotate(rows.remove_columns("label"), prefix="predicted_")
    names = found.features["predicted_label"].names
    assert names == list(classifier.labels.tokens)
    assert [names[label] for label in found["predicted_label"]] == expected
    assert found["n"][:] == list(range(8))


def test_a_stream_is_annotated_as_it_is_read(classifier, reviews):
    found = list(classifier.annotate(reviews.to_iterable_dataset(), prefix="p_"))
    assert [row["p_label"] for row in found] == reviews["label"][:]
    assert [row["text"] for row in found] == reviews["text"][:]


def test_a_data_set_without_the_text_is_refused(classifier):
    with pytest.raises(ValueError, match=r"There is no column 'text'\. Columns: review"):
        classifier.annotate(hf.Dataset.from_dict({"review": ["a"]}))
    with pytest.raises(ValueError, match=r"dataset\[1\]: the text of 'text' is missing"):
        classifier.annotate(hf.Dataset.from_dict({"text": ["a", None]}))
