import math
import string

import datasets as hf
import numpy as np
import pytest
from keras import ops

import nlpseq
from nlpseq.batching.continuous import ContinuousBatches
from nlpseq.batching.sentences import SentenceBatches
from nlpseq.tasks.language_model import LanguageModel

LETTERS = string.ascii_lowercase
# The alphabet from each of its letters on, around the end; then often, in an order without a rule.
ALPHABETS = [LETTERS[i:] + LETTERS[:i] for i in range(26)]
_RNG = np.random.default_rng(0)
SHUFFLED = {"text": [ALPHABETS[i] for _ in range(4) for i in _RNG.permutation(26)]}
TEXTS = {"text": ["the fox runs .", "the kite flies .", "", "the fox sleeps ."]}
SMALL = {"tokenizer": "words", "units": 6, "embedding_dim": 4, "dropout": 0.0}


def perplexity(model, ids):
    """Of ids that follow each other, from the beginning of a text."""
    logits = ops.convert_to_numpy(model.model({"tokens": np.array([[3, *ids[:-1]]])}))[0]
    logits = logits.astype("float64")
    logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return math.exp(-logits[np.arange(len(ids)), ids].mean())


@pytest.mark.backends
@pytest.mark.parametrize("stateful", [True, False])
def test_it_learns_the_alphabet_from_every_letter(stateful):
    sizes = {"tokenizer": "characters", "units": 32, "embedding_dim": 16, "dropout": 0.0}
    model = LanguageModel.from_dataset(SHUFFLED, stateful=stateful, time_steps=9, **sizes)
    model.fit(SHUFFLED, epochs=10, learning_rate=0.02, batch_tokens=128, verbose=0)
    found = model.generate(list(LETTERS), beam_size=1, max_length=25)
    assert found == ALPHABETS


@pytest.fixture(scope="module")
def model():
    return LanguageModel.from_dataset(TEXTS, **SMALL)


def test_rows_are_one_text_or_texts_by_themselves(model):
    dataset = hf.Dataset.from_dict(TEXTS)
    assert isinstance(model.batches(dataset, batch_tokens=64), ContinuousBatches)
    alone = LanguageModel.from_dataset(TEXTS, stateful=False, **SMALL)
    assert isinstance(alone.batches(dataset, batch_tokens=64), SentenceBatches)


@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_the_scores_of_a_text(direction):
    model = LanguageModel.from_dataset(TEXTS, direction=direction, time_steps=3, **SMALL)
    rows = [model.tokenizer.encode(text).tolist() for text in TEXTS["text"]]
    if direction == "backward":
        rows = [row[::-1] for row in rows[::-1]]
    ids = [token for row in rows for token in (*row, 3)]
    scores = model.evaluate(TEXTS)
    expected = perplexity(model, ids)
    nats = math.log(expected) * len(ids)
    assert scores["perplexity"] == pytest.approx(expected, rel=1e-5)
    assert scores["log_prob"] == pytest.approx(-math.log(expected), rel=1e-5)
    characters = len("".join(text + "\n" for text in TEXTS["text"]))
    assert scores["bits_per_character"] == pytest.approx(nats / math.log(2) / characters, rel=1e-5)
    words = 4 + 4 + 0 + 4 + 4  # and the ends
    assert scores["word_perplexity"] == pytest.approx(math.exp(nats / words), rel=1e-5)
    assert (scores["tokens"], scores["texts"], scores["unknown_share"]) == (len(ids), 4, 0)


def test_by_themselves_texts_have_the_probability_that_score_tells():
    model = LanguageModel.from_dataset(TEXTS, stateful=False, **SMALL)
    total = sum(score.log_prob for score in model.score(TEXTS["text"]))
    scores = model.evaluate(TEXTS)
    assert scores["log_prob"] == pytest.approx(total / scores["tokens"], rel=1e-5)


def test_unknown_tokens_are_counted(model):
    assert model.evaluate({"text": ["the owl flies ."]})["unknown_share"] == 1 / 5


def test_dev_scores_pick_the_best_epoch(eager_training):
    model = LanguageModel.from_dataset(TEXTS, **SMALL)
    history = model.fit(TEXTS, TEXTS, epochs=3, learning_rate=0.05, verbose=0).history
    assert history["val_perplexity"][-1] < history["val_perplexity"][0]
    np.testing.assert_allclose(
        np.exp(-np.array(history["val_log_prob"])), history["val_perplexity"], rtol=1e-4
    )
    best = model.training["best"]
    assert best["val_log_prob"] == max(history["val_log_prob"])


def test_a_saved_model_is_the_model(model, tmp_path):
    model.save_pretrained(tmp_path / "lm")
    loaded = nlpseq.load(tmp_path / "lm")
    assert isinstance(loaded, LanguageModel)
    assert loaded.evaluate(TEXTS) == model.evaluate(TEXTS)
    assert loaded.describe() == model.describe()
    assert loaded.generate("the", seed=3) == model.generate("the", seed=3)


def stopped_and_taken_up(folder, monkeypatch):
    """Weights after a training that stops in the middle of its second epoch, and goes on."""
    from nlpseq.training import resume

    class Stop(Exception):
        pass

    text = {"text": ["the fox runs and the kite flies ."] * 8}

    def train(**settings):
        model = LanguageModel.from_dataset(text, time_steps=4, **{**SMALL, "dropout": 0.2})
        model.fit(text, text, epochs=3, batch_tokens=8, verbose=0, **settings)
        return model.model.get_weights()

    expected = train()
    write = resume.Checkpoints._write

    def write_and_stop(self, position):
        write(self, position)
        if (position.epoch, position.batch) == (1, 3):
            raise Stop

    settings = {"checkpoints": folder, "checkpoint_minutes": 0.0}
    with monkeypatch.context() as patch:
        patch.setattr(resume.Checkpoints, "_write", write_and_stop)
        with pytest.raises(Stop):
            train(**settings)
    return expected, train(**settings)


@pytest.mark.backends
def test_a_training_that_is_taken_up_has_the_state_of_its_text(tmp_path, monkeypatch):
    expected, found = stopped_and_taken_up(tmp_path, monkeypatch)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)


def test_it_can_learn_new_words(model, eager_training):
    more = {"text": ["the owl sleeps ."] * 2}
    larger = model.extended(hf.Dataset.from_dict(more))
    assert larger.tokenizer.vocab_size == model.tokenizer.vocab_size + 1
    old = model.score(["the fox runs ."])[0].tokens
    assert larger.score(["the owl sleeps ."])[0].tokens == ["the", "owl", "sleeps", ".", "</s>"]
    assert old[0] == "the"
    larger.fit(more, epochs=1, verbose=0)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"direction": "up"}, ValueError, "Received: direction='up'"),
        ({"time_steps": 0}, ValueError, "`time_steps` must be at least 1"),
        ({"text": "txt"}, ValueError, "No text in a column 'txt'. Columns that can be: text"),
        ({"size": 3}, TypeError, "Unknown setting 'size'. Valid settings: text, tokenizer"),
    ],
)
def test_bad_settings_are_refused(settings, error, message):
    with pytest.raises(error, match=message):
        LanguageModel.from_dataset(TEXTS, **{**SMALL, **settings})
