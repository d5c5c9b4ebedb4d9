import json

import datasets as hf
import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score

import nlpseq
from nlpseq.tasks.fine_tuning import begin_with
from nlpseq.tasks.sequence_classifier import SequenceClassifier
from nlpseq.text.vocabulary import Vocabulary

SMALL = {"units": 4, "embedding_dim": 4, "dropout": 0.0, "word_dropout": 0.0, "cell": "simple_rnn"}

few_steps = pytest.mark.usefixtures("eager_training")


@pytest.mark.backends
def test_what_can_be_learnt_is_learnt(classifier, reviews):
    names = reviews.features["label"].names
    assert classifier.predict(reviews["text"]) == [names[label] for label in reviews["label"]]
    assert classifier.training["best"]["val_accuracy"] == 1
    assert classifier.training["history"]["loss"][-1] < classifier.training["history"]["loss"][0]


def test_labels_are_those_of_the_data_in_their_order(classifier, reviews):
    assert list(classifier.labels.tokens) == reviews.features["label"].names
    rows = hf.Dataset.from_dict({"review": ["a", "b", "c"], "stars": [10, 2, 1]})
    made = SequenceClassifier.from_dataset(rows, label="stars", **SMALL)
    assert made.labels.tokens == ("1", "2", "10")
    assert (made.text_column, made.label_column) == ("review", "stars")
    assert made.model.num_outputs == 3


def test_the_scores_are_those_of_sklearn(classifier, reviews):
    labels = ["positive", "negative", "neutral", "negative", "neutral", "mixed", "bad", "negative"]
    rows = hf.Dataset.from_dict({"text": reviews["text"][:], "label": labels})  # "bad" is not known
    scores = classifier.evaluate(rows)
    predicted = classifier.predict(rows["text"][:])
    assert scores["accuracy"] == pytest.approx(accuracy_score(labels, predicted))
    macro = f1_score(labels, predicted, average="macro", zero_division=0)
    assert scores["macro_f1"] == pytest.approx(macro)
    assert scores["texts"] == 8
    assert scores["labels"].keys() == {*labels, *predicted}
    assert classifier.evaluate(rows.to_iterable_dataset()) == scores


@few_steps
def test_a_label_that_training_never_saw_is_an_error_without_a_loss(reviews):
    learnt = hf.Dataset.from_dict({"text": ["a", "b"], "label": ["x", "y"]})
    made = SequenceClassifier.from_dataset(learnt, **SMALL)
    strange = hf.Dataset.from_dict({"text": ["a", "b"], "label": ["z", "z"]})
    history = made.fit(learnt, strange, epochs=2, verbose=0).history
    assert history["val_accuracy"] == [0, 0]
    assert history["val_loss"] == [0, 0]


@few_steps
def test_the_accuracy_that_picks_the_epoch_is_that_of_evaluate(reviews):
    made = SequenceClassifier.from_dataset(reviews, **SMALL)
    history = made.fit(reviews, reviews, epochs=5, learning_rate=0.02, verbose=0).history
    best = max(history["val_accuracy"])
    assert 0 < best < 1  # else it would say little
    assert made.evaluate(reviews)["accuracy"] == pytest.approx(best)


@pytest.mark.backends
def test_it_comes_back_as_it_was(classifier, saved_classifier, reviews):
    loaded = nlpseq.load(saved_classifier)
    assert type(loaded) is SequenceClassifier
    texts = [*reviews["text"], "a zebra 🎉", "  "]
    np.testing.assert_allclose(
        loaded.probabilities(texts), classifier.probabilities(texts), atol=1e-6
    )
    assert loaded.labels == classifier.labels
    assert loaded.describe() == classifier.describe()
    assert loaded.training == json.loads((saved_classifier / "training.json").read_text())
    card = (saved_classifier / "README.md").read_text()
    assert "pipeline_tag: text-classification" in card
    assert 'nlpseq.load("classifier")' in card


@few_steps
@pytest.mark.parametrize("tokenizer", ["words", "sentencepiece", "characters"])
def test_every_tokenizer_goes_along(reviews, tokenizer, tmp_path):
    settings = {"tokenizer": tokenizer, "vocab_size": 30, "max_length": 5, "pooling": "last"}
    made = SequenceClassifier.from_dataset(reviews, **settings, **SMALL)
    made.fit(reviews, epochs=1, verbose=0)
    made.save_pretrained(tmp_path / "run")
    loaded = nlpseq.load(tmp_path / "run")
    assert loaded.describe()["tokenizer"] == tokenizer
    assert (loaded.max_length, loaded.model.pooling) == (5, "last")
    found, expected = (task.probabilities(reviews["text"]) for task in (loaded, made))
    np.testing.assert_allclose(found, expected, atol=1e-6)


@few_steps
def test_a_seed_decides_everything(reviews):
    def weights(seed):
        sizes = {**SMALL, "dropout": 0.3, "word_dropout": 0.3}
        made = SequenceClassifier.from_dataset(reviews, seed=seed, **sizes)
        made.fit(reviews.select(range(4)), epochs=1, batch_tokens=16, seed=seed, verbose=0)
        return np.concatenate([array.ravel() for array in made.model.get_weights()])

    first, again, other = (weights(seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@few_steps
def test_a_stream_is_learnt_from(reviews):
    stream = reviews.to_iterable_dataset()
    made = SequenceClassifier.from_dataset(stream, **SMALL)
    made.fit(stream, epochs=2, steps_per_epoch=3, batch_tokens=16, verbose=0)
    assert made.training["target_tokens"] > 0
    assert list(made.labels.tokens) == reviews.features["label"].names


def test_new_words_and_labels_are_added_and_all_else_stays(saved_classifier, classifier, reviews):
    rows = {"text": ["a zebra", "zebra film"], "label": ["wild", "positive"]}
    new = hf.Dataset.from_dict(rows)
    settings = {"min_count": 2, "dropout": 0.3, "max_length": 7, "label": "label"}
    begun = begin_with(SequenceClassifier, saved_classifier, new, settings)
    assert begun.labels.tokens == (*classifier.labels.tokens, "wild")
    known = classifier.tokenizer.vocabulary.tokens
    assert begun.tokenizer.vocabulary.tokens == (*known, "zebra")
    assert (begun.model.dropout, begun.max_length) == (0.3, 7)
    texts = [text for text in reviews["text"] if len(text.split()) < 7]
    logits = [
        np.array([outputs for _, outputs in task.reader.read(texts, 7)])
        for task in (begun, classifier)
    ]
    np.testing.assert_allclose(logits[0][:, :4], logits[1], atol=1e-5)
    for name, message in (
        ("units", "`units` is 8 in"),
        ("vocab_size", "`vocab_size` can't be set for a training that begins"),
    ):
        with pytest.raises(ValueError, match=message):
            begin_with(SequenceClassifier, saved_classifier, new, {name: 9})


def test_a_choice_needs_two_labels(reviews, classifier):
    one = hf.Dataset.from_dict({"text": ["a"], "label": ["x"]})
    with pytest.raises(ValueError, match=r"needs two labels or more to choose from\. Received: x"):
        SequenceClassifier.from_dataset(one, **SMALL)
    labels = Vocabulary([], specials=())
    with pytest.raises(ValueError, match="Received: none"):
        SequenceClassifier(classifier.model, classifier.tokenizer, labels)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"layers": 2}, TypeError, "Unknown setting 'layers'. Valid settings: text, label, token"),
        ({"num_outputs": 2}, TypeError, "Unknown setting 'num_outputs'"),
        ({"max_length": 0}, ValueError, "`max_length` must be at least 1. Received: max_length=0"),
        ({"label": "text"}, ValueError, "Name the column of the text"),
        ({"text": "title"}, ValueError, "No text in a column 'title'"),
        ({"pooling": "sum"}, ValueError, "`pooling` must be one of last, mean, max"),
    ],
)
def test_a_setting_that_is_wrong_is_named(reviews, settings, error, message):
    with pytest.raises(error, match=message):
        SequenceClassifier.from_dataset(reviews, **settings)
