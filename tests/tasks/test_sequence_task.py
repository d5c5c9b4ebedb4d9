from functools import partial

import datasets as hf
import keras
import numpy as np
import pytest

from nlpseq.tasks.sequence_classifier import SequenceClassifier
from nlpseq.tasks.sequence_regressor import SequenceRegressor
from nlpseq.text.specials import END_ID


def test_every_row_is_learnt_from_with_its_class_the_empty_one_too(classifier, reviews):
    learnt = {}
    batches = classifier.batches(reviews, batch_tokens=12, shuffle=True, seed=3)
    for inputs, targets, weights in batches:
        for tokens, mask, target, weight in zip(*inputs.values(), targets, weights, strict=True):
            if weight:
                assert tokens[mask][-1] == END_ID
                learnt[classifier.tokenizer.decode(tokens[mask])] = int(target)
    expected = {
        classifier.tokenizer.decode(classifier.tokenizer.encode(text)): label
        for text, label in zip(reviews["text"], reviews["label"], strict=True)
    }
    assert learnt == expected


def test_long_texts_are_cut(classifier):
    rows = hf.Dataset.from_dict({"text": ["good " * 999], "label": ["positive"]})
    (inputs, *_), *_ = classifier.batches(rows, batch_tokens=16)
    assert inputs["tokens"].shape == (1, classifier.max_length + 1)
    assert inputs["mask"].all()


@pytest.mark.usefixtures("small_cache")
def test_many_rows_are_the_same_from_the_cache(classifier, reviews):
    many = hf.concatenate_datasets([reviews] * 3)  # worth a file there
    first, again = ([*classifier.batches(many, batch_tokens=50)] for _ in range(2))
    in_memory = [*classifier._batches(many, batch_tokens=50, cached=False)]
    for one, *others in zip(first, again, in_memory, strict=True):
        for other in others:
            np.testing.assert_array_equal(one[0]["tokens"], other[0]["tokens"])
            np.testing.assert_array_equal(one[1], other[1])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"text": ["a"], "label": [None]}, "No labels of rows in a column 'label'"),
        ({"text": ["a", "b"], "label": ["positive", None]}, r"dataset\[1\]: the label in 'label'"),
        ({"text": ["a", None], "label": ["positive"] * 2}, r"dataset\[1\]: the text of 'text'"),
        ({"review": ["a"], "label": ["positive"]}, r"No text in a column 'text'\. .*be: review"),
    ],
)
def test_rows_that_can_not_be_learnt_from_are_named(classifier, rows, message):
    for read in (partial(classifier.batches, batch_tokens=50), classifier.evaluate):
        with pytest.raises(ValueError, match=message):
            read(hf.Dataset.from_dict(rows))


def test_there_must_be_a_row(classifier, reviews):
    with pytest.raises(ValueError, match="at least one"):
        classifier.batches(reviews.select([]), batch_tokens=50)
    with pytest.raises(ValueError, match="at least one"):
        classifier.evaluate(reviews.select([]))


class Interrupt(keras.callbacks.Callback):
    """Stops a training in the middle of its second epoch."""

    def on_train_batch_begin(self, batch, logs=None):
        if self.model.optimizer.iterations == self.params["steps"] + 2:
            raise KeyboardInterrupt


@pytest.mark.usefixtures("eager_training")
@pytest.mark.parametrize("kind", [SequenceClassifier, SequenceRegressor])
def test_a_training_taken_up_in_the_middle_of_an_epoch_ends_the_same(kind, tmp_path):
    rows = hf.Dataset.from_dict({"text": list("abcdefgh"), "label": [1, 2, 4, 3] * 2})
    settings = {"epochs": 2, "batch_tokens": 4, "checkpoint_minutes": 0, "verbose": 0}

    def train(folder, *callbacks):
        sizes = {"units": 3, "embedding_dim": 3, "cell": "simple_rnn", "dropout": 0.3}
        made = kind.from_dataset(rows, **sizes)
        made.fit(rows, rows, checkpoints=tmp_path / folder, callbacks=callbacks, **settings)
        return made

    whole = train("whole")
    with pytest.raises(KeyboardInterrupt):
        train("killed", Interrupt())
    resumed = train("killed")
    for one, other in zip(whole.model.get_weights(), resumed.model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    for task in (whole, resumed):
        task.training["history"].pop("tokens_per_second")
    assert resumed.training["history"] == whole.training["history"]
