import json
from collections import Counter
from functools import partial

import datasets as hf
import keras
import numpy as np
import pytest

import nlpseq
from nlpseq.models.forced_scoring import ForcedScoring
from nlpseq.models.search import GreedySearch
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.models.tag_search import TagSearch
from nlpseq.models.tagging import TaggingModel
from nlpseq.tasks.stream_parts import StreamParts
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translator import Translator

SMALL = {"units": 4, "embedding_dim": 4}

few_steps = pytest.mark.usefixtures("eager_training")


def same_weights(one, other):
    pairs = zip(one.model.get_weights(), other.model.get_weights(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


@few_steps
def test_a_seed_gives_the_same_weights_and_scores_twice(train_tagger, tagged):
    first, again, other = (train_tagger(seed, epochs=3) for seed in (0, 0, 1))
    assert same_weights(again, first)
    assert again.training["history"]["loss"] == first.training["history"]["loss"]
    assert again.evaluate(tagged) == first.evaluate(tagged)
    assert not same_weights(other, first)


@few_steps
def test_training_on_from_a_saved_model_is_reproducible_too(saved_tagger, tagged):
    one, other = nlpseq.load(saved_tagger), nlpseq.load(saved_tagger)
    np.random.seed()  # noqa: NPY002  what happened before makes no difference
    keras.utils.set_random_seed(int(np.random.randint(1000)))  # noqa: NPY002
    other.tag("a fox")
    for task in (one, other):
        task.fit(tagged, epochs=2, seed=3, verbose=0)
    assert same_weights(one, other)
    assert not same_weights(one, nlpseq.load(saved_tagger))


@few_steps
def test_the_weights_of_the_best_epoch_are_kept(fresh, tagged, capsys):
    # A dev set with wrong labels, one of them unknown: the more is learnt, the lower its score.
    wrong = {"DET": "NOUN", "NOUN": "VERB", "VERB": "NOUN", "ADJ": "X"}
    dev = tagged.map(lambda row: {"upos": [wrong.get(tag, "DET") for tag in row["upos"]]})
    seen = []
    spy = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(dict(logs)))
    settings = {"epochs": 30, "learning_rate": 0.05, "patience": 4, "callbacks": [spy]}
    scores = fresh.fit(tagged, dev, **settings, verbose=0).history["val_accuracy"]
    best = scores.index(max(scores))
    assert scores[-1] < scores[best]
    assert len(scores) == best + 1 + 4  # `patience` epochs more
    assert fresh.evaluate(dev)["accuracy"] == pytest.approx(scores[best], abs=1e-6)
    assert fresh.training["best"]["epoch"] == best + 1
    assert fresh.training["best"]["val_accuracy"] == scores[best]
    assert [logs["val_accuracy"] for logs in seen] == scores  # the user's callbacks see them
    assert capsys.readouterr().out == ""


def test_the_best_epoch_of_a_translator_is_that_of_its_bleu(translator, pairs):
    scores = translator.training["history"]["val_bleu"]
    assert translator.evaluate(pairs)["bleu"] == pytest.approx(max(scores))
    assert translator.training["best"]["val_bleu"] == max(scores)


class Weights(keras.callbacks.Callback):
    """The weights after each step of training."""

    def __init__(self):
        super().__init__()
        self.steps = []

    def on_train_batch_end(self, batch, logs=None):
        self.steps.append(self.model.get_weights())


@few_steps
@pytest.mark.parametrize("ema", [0.9, None])
def test_the_moving_average_of_the_weights_is_kept(tagged, ema):
    plain = {"characters": "none", "word_dropout": 0.0, "dropout": 0.0}
    made = Tagger.from_dataset(tagged, min_count=1, **plain, **SMALL)
    seen = Weights()
    made.fit(tagged, epochs=6, batch_tokens=16, ema=ema, callbacks=[seen], verbose=0)
    average, *later = seen.steps
    assert len(later) > 10
    share = ema or 1 - 10 / len(seen.steps)  # by default it looks back over a tenth of so few steps
    for weights in later:
        average = [share * a + (1 - share) * w for a, w in zip(average, weights, strict=True)]
    for found, expected, last in zip(made.model.get_weights(), average, later[-1], strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-6)
        assert not np.allclose(found, last, rtol=1e-4, atol=1e-6)


@few_steps
def test_the_moving_average_is_what_the_dev_set_scores(fresh, tagged):
    settings = {"epochs": 12, "learning_rate": 0.05, "ema": 0.8, "patience": 2}
    scores = fresh.fit(tagged, tagged, **settings, verbose=0).history["val_accuracy"]
    assert fresh.evaluate(tagged)["accuracy"] == pytest.approx(max(scores))
    assert fresh.training["settings"]["ema"] == 0.8


@few_steps
def test_on_a_plateau_the_learning_rate_is_halved(tagged):
    # Nothing to learn from one label: the dev score is the same in all epochs.
    same = tagged.map(lambda row: {"upos": ["DET"] * len(row["upos"])})
    sizes = {"units": 4, "embedding_dim": 4, "character_units": 4}
    fresh = Tagger.from_dataset(same, min_count=1, **sizes)
    settings = {"epochs": 6, "learning_rate": 0.08, "patience": 3, "schedule": "plateau"}
    rates = fresh.fit(same, same, **settings, verbose=0).history["learning_rate"]
    # `ReduceLROnPlateau` and `EarlyStopping` both count from the first epoch.
    assert rates == pytest.approx([0.08, 0.08, 0.08, 0.04])


@few_steps
def test_accumulated_batches_are_one_step_of_the_joint_batch():
    rows = {"tokens": [["a", "fox"], ["a", "kite"], ["the", "fox"], ["old", "kites"]]}
    same = hf.Dataset.from_dict({**rows, "upos": [["DET", "NOUN"]] * 3 + [["ADJ", "NOUN"]]})
    found = []
    for batch_tokens, steps in ((8, 1), (4, 2)):
        plain = {"character_units": 4, "word_dropout": 0.0, "dropout": 0.0}
        made = Tagger.from_dataset(same, min_count=1, **plain, **SMALL)
        settings = {"schedule": "plateau", "gradient_accumulation_steps": steps, "epochs": 3}
        made.fit(same, same, batch_tokens=batch_tokens, **settings, patience=9, verbose=0)
        assert made.training["batch_shapes"] == [[4 // steps, 2]]
        found.append(made.model.get_weights())
    for joint, accumulated in zip(*found, strict=True):
        np.testing.assert_allclose(accumulated, joint, atol=1e-5)


def test_a_plateau_needs_a_dev_set(fresh, tagged):
    with pytest.raises(ValueError, match=r'schedule="plateau" needs `validation_data`'):
        fresh.fit(tagged, schedule="plateau")


@few_steps
@pytest.mark.parametrize(
    ("stream", "given", "expected"),
    [(False, {}, 256), (True, {}, 256), (False, {"batch_tokens": 9}, 9)],
)
def test_the_token_budget_is_that_of_the_data_unless_given(tagged, stream, given, expected):
    made = Tagger.from_dataset(tagged, min_count=1, characters="none", **SMALL)
    data, steps = (tagged.to_iterable_dataset(), {"steps_per_epoch": 2}) if stream else (tagged, {})
    made.fit(data, tagged, epochs=1, **steps, **given, verbose=0)
    assert made.training["settings"]["batch_tokens"] == expected
    assert all(rows * width <= expected for rows, width in made.training["batch_shapes"])


def test_what_a_model_came_from_is_recorded(tagger, tagged):
    found = json.loads(json.dumps(tagger.training))
    assert found["sentences"] == len(tagged)
    assert found["target_tokens"] == sum(map(len, tagged["tokens"]))
    assert found["settings"]["learning_rate"] == 0.1
    assert found["settings"]["seed"] == 0
    assert found["parameters"] == tagger.model.count_params()
    assert found["environment"]["keras"] == keras.__version__
    assert len(found["history"]["loss"]) == 25
    assert {"seconds", "tokens_per_second", "padding_share", "batch_shapes"} <= found.keys()


@few_steps
def test_the_last_epochs_are_kept_as_models(fresh, tagged, tmp_path):
    folder = tmp_path / "checkpoints"
    settings = {"epochs": 3, "keep_last": 2, "ema": 0.5, "checkpoints": folder, "verbose": 0}
    fresh.fit(tagged, **settings)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["checkpoint.npz", "epoch-002", "epoch-003"]
    last = nlpseq.load(folder / "epoch-003")
    assert same_weights(last, fresh)
    assert last.training["best"]["epoch"] == 3
    assert not same_weights(nlpseq.load(folder / "epoch-002"), fresh)


@pytest.fixture
def traces(monkeypatch):
    """How often each kind of step was traced: only then does its Python code run."""
    counts = Counter()

    def count(model_class, name):
        step = getattr(model_class, name)

        def counted(*args, **kwargs):
            counts[model_class, name] += 1
            return step(*args, **kwargs)

        monkeypatch.setattr(model_class, name, counted)

    for model_class in (TaggingModel, Seq2SeqModel):
        for name in ("train_step", "test_step", "predict_step"):
            count(model_class, name)
    for search_class in (GreedySearch, TagSearch, ForcedScoring):
        count(search_class, "predict_step")
    return counts


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="how TensorFlow traces")
def test_steps_are_traced_once_however_many_shapes_there_are(traces):
    lengths = [length for length in (1, 3, 6, 10, 15) for _ in range(5)]
    texts = [" ".join("ab"[i % 2] for i in range(length)) for length in lengths]
    tokens = [text.split() for text in texts]
    tagged = hf.Dataset.from_dict({"tokens": tokens, "tags": tokens})
    pairs = hf.Dataset.from_dict({"en": texts, "de": texts})
    tagger = Tagger.from_dataset(tagged, cell="simple_rnn", **SMALL)
    translator = Translator.from_dataset(pairs, tokenizer="words", cell="simple_rnn", **SMALL)
    for task, data in ((tagger, tagged), (translator, pairs)):
        task.fit(data, data, epochs=2, batch_tokens=16, verbose=0)
        task.evaluate(data, batch_tokens=16)
        assert len(task.training["batch_shapes"]) > 3
    # Two models that learn, are tested and search; perplexity needs one more of the translator.
    assert len(traces) == 7
    assert set(traces.values()) == {1}


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"epochs": 0}, r"`epochs` and `patience` must be at least 1.*Received: epochs=0,"),
        ({"patience": 0}, r"patience=0"),
        ({"learning_rate": 0.0}, r"`learning_rate` and `clip_norm` above 0.*learning_rate=0\.0"),
        ({"clip_norm": -1.0}, r"clip_norm=-1\.0"),
        ({"batch_tokens": 0}, r"`batch_tokens`.* must be at least 1.*batch_tokens=0"),
        ({"ema": 1.0}, r"`ema` must be in \[0, 1\)\. Received: ema=1\.0"),
        ({"ema": -0.1}, r"`ema` must be in \[0, 1\)\. Received: ema=-0\.1"),
        ({"checkpoint_minutes": -1}, r"`checkpoint_minutes` must be 0 or more\. Received: -1"),
        (
            {"gradient_accumulation_steps": 0},
            r"`gradient_accumulation_steps` must be at least 1\. Received: 0",
        ),
        ({"keep_last": 1}, r"`keep_last` and `keep_best` .* need `checkpoints`\..*keep_last=1"),
        ({"keep_best": 1, "checkpoints": "a"}, r"`keep_best` needs `validation_data`"),
        ({"seed": -1}, r"`seed` must be 0 or more\. Received: seed=-1"),
    ],
)
def test_settings_out_of_range_are_named(fresh, tagged, setting, message):
    with pytest.raises(ValueError, match=message):
        fresh.fit(tagged, **setting)


@pytest.mark.parametrize("too_large", ["train", "dev"])
def test_a_batch_larger_than_memory_is_refused_before_training(
    fresh, tagged, too_large, monkeypatch
):
    monkeypatch.setattr("nlpseq.training.memory._available_bytes", lambda: 4000.0)
    long = hf.Dataset.from_dict({"tokens": [["fox"] * 500], "upos": [["NOUN"] * 500]})
    short = tagged.select([0])
    train, dev = (long, short) if too_large == "train" else (short, long)
    message = r"A batch is larger than memory allows: 1 x 500 tokens with 6 outputs.*Cut this"
    with pytest.raises(ValueError, match=message):
        fresh.fit(train, dev)
    assert not fresh.training


def test_summary_prints_the_layers(fresh, capsys):
    fresh.summary()
    assert "TokenEmbedding" in capsys.readouterr().out


def learnt(data, **settings):
    """The weights after a short training, of a tagger made anew."""
    sizes = {"units": 4, "embedding_dim": 4, "character_units": 4, "min_count": 1}
    endless = isinstance(data, hf.IterableDataset) and "steps_per_epoch" in settings
    tagger = Tagger.from_dataset(data.take(8) if endless else data, **sizes)
    tagger.fit(data, batch_tokens=8, learning_rate=0.1, verbose=0, **{"epochs": 2, **settings})
    return tagger.model.get_weights()


@few_steps
def test_rows_of_a_stream_are_learnt_from_as_those_of_a_data_set(tagged, small_cache):
    rows = hf.concatenate_datasets([tagged] * 2)
    expected = learnt(rows)
    assert len(list(small_cache.iterdir())) == 2  # vocabularies and ids
    for weights in zip(expected, learnt(rows.to_iterable_dataset(2)), strict=True):
        np.testing.assert_array_equal(*weights)
    assert len(list(small_cache.iterdir())) == 2


@few_steps
def test_a_stream_without_end_is_learnt_from_and_taken_up_again(tagged, tmp_path, monkeypatch):
    monkeypatch.setattr("nlpseq.tasks.task.StreamParts", partial(StreamParts, rows=7))
    stream = tagged.to_iterable_dataset().repeat(None)
    settings = {"steps_per_epoch": 5, "epochs": 3}
    expected = learnt(stream, **settings)

    class Kill(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if epoch == 1:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        learnt(stream, **settings, checkpoints=tmp_path, callbacks=[Kill()])
    for weights in zip(expected, learnt(stream, **settings, checkpoints=tmp_path), strict=True):
        np.testing.assert_array_equal(*weights)


def test_an_epoch_of_one_step_is_refused(fresh, tagged):
    with pytest.raises(ValueError, match=r"`steps_per_epoch` must be at least 2\. Received: 1"):
        fresh.fit(tagged, steps_per_epoch=1)
