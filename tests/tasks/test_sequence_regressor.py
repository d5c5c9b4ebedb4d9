import datasets as hf
import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

import nlpseq
from nlpseq.tasks.fine_tuning import begin_with
from nlpseq.tasks.sequence_regressor import SequenceRegressor

SMALL = {"units": 4, "embedding_dim": 4, "dropout": 0.0, "word_dropout": 0.0, "cell": "simple_rnn"}

few_steps = pytest.mark.usefixtures("eager_training")


@pytest.mark.backends
def test_what_can_be_learnt_is_learnt_in_the_numbers_of_the_data(regressor, stars):
    found = regressor.predict(stars["text"])
    assert np.abs(np.array(found) - stars["label"]).max() < 5  # of 10 to 50
    assert regressor.training["best"]["val_r2"] > 0.95
    assert isinstance(regressor.rate("good"), float)
    assert regressor.rate(["good", ""]) == pytest.approx(regressor.predict(["good", ""]))


def test_the_scores_are_those_of_sklearn(regressor, stars):
    other = stars.map(lambda row, place: {"label": row["label"] + place}, with_indices=True)
    scores = regressor.evaluate(other)
    found, right = regressor.predict(other["text"]), other["label"][:]
    assert scores["mse"] == pytest.approx(mean_squared_error(right, found))
    assert scores["mae"] == pytest.approx(mean_absolute_error(right, found))
    assert scores["r2"] == pytest.approx(r2_score(right, found))
    assert scores["texts"] == 8


@few_steps
def test_the_scale_of_the_numbers_changes_nothing_but_the_numbers(stars):
    def train(factor, offset):
        data = stars.select(range(4)).map(lambda row: {"label": factor * row["label"] + offset})
        made = SequenceRegressor.from_dataset(data, **SMALL)
        history = made.fit(data, data, epochs=2, learning_rate=0.02, verbose=0).history
        return history, np.array(made.predict(stars["text"]))

    (history, found), (other_history, other) = train(1.0, 0.0), train(1000.0, -7.0)
    np.testing.assert_allclose(other, 1000 * found - 7, rtol=1e-4)
    for name in ("loss", "val_loss", "val_r2"):
        assert other_history[name] == pytest.approx(history[name], rel=1e-4)


@few_steps
def test_the_loss_is_the_mean_square_in_standard_deviations(stars):
    made = SequenceRegressor.from_dataset(stars, **SMALL)
    history = made.fit(stars, stars, epochs=2, learning_rate=0.02, patience=9, verbose=0).history
    best = int(np.argmax(history["val_r2"]))
    scores = made.evaluate(stars)
    assert history["val_r2"][best] == pytest.approx(scores["r2"], abs=1e-6)
    assert history["val_loss"][best] == pytest.approx(
        scores["mse"] / np.var(stars["label"]), rel=1e-4
    )


@pytest.mark.backends
def test_it_comes_back_as_it_was(regressor, saved_regressor, stars):
    loaded = nlpseq.load(saved_regressor)
    assert type(loaded) is SequenceRegressor
    texts = [*stars["text"], "a zebra 🎉"]
    assert loaded.predict(texts) == pytest.approx(regressor.predict(texts), rel=1e-5)
    assert loaded.describe() == regressor.describe()


def test_new_words_are_added_and_the_scale_stays(saved_regressor, regressor, stars):
    new = hf.Dataset.from_dict({"text": ["zebra", "zebra"], "label": [100, 0]})
    begun = begin_with(SequenceRegressor, saved_regressor, new, {})
    assert begun.tokenizer.vocab_size == regressor.tokenizer.vocab_size + 1
    assert begun.scale == regressor.scale == (30.0, pytest.approx(np.std(stars["label"])))
    assert begun.predict(stars["text"]) == pytest.approx(regressor.predict(stars["text"]), rel=1e-5)


def test_a_data_set_gets_a_column_of_numbers(regressor, stars):
    found = regressor.annotate(stars, prefix="predicted_")
    expected = regressor.predict(stars["text"])
    assert found["predicted_label"][:] == pytest.approx(expected)
    assert found["label"][:] == stars["label"][:]
    stream = regressor.annotate(stars.to_iterable_dataset())
    assert [row["label"] for row in stream] == pytest.approx(expected)


def test_numbers_that_are_all_alike_are_a_scale_too():
    rows = hf.Dataset.from_dict({"text": ["a", "b"], "stars": [3.0, 3.0]})
    made = SequenceRegressor.from_dataset(rows, **SMALL)
    assert made.scale == (3.0, 1.0)
    assert (made.text_column, made.label_column) == ("text", "stars")


@pytest.mark.parametrize(
    ("rows", "settings", "error", "message"),
    [
        (
            {"text": ["a"], "label": ["x"]},
            {},
            ValueError,
            r"dataset\[0\]: 'label' must be a number",
        ),
        ({"text": ["a"], "n": [1]}, {}, ValueError, "Name the column of the number"),
        ({"text": ["a"], "label": [1]}, {"layers": 2}, TypeError, "Unknown setting 'layers'"),
        ({"text": ["a"], "label": [1]}, {"max_length": 0}, ValueError, "`max_length` must be at"),
    ],
)
def test_what_is_wrong_is_named(rows, settings, error, message):
    with pytest.raises(error, match=message):
        SequenceRegressor.from_dataset(hf.Dataset.from_dict(rows), **settings)
