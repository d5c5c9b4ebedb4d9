import gc
import os
import sys

import numpy as np
import pytest

import nlpseq  # noqa: F401  (before Keras, so that TensorFlow computes as in the command line)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(autouse=True)
def _seed_of_keras(request):
    """Tests that use Keras start from the same seed, in whatever order they run."""
    if request.node.get_closest_marker("backends"):
        import keras

        keras.utils.set_random_seed(0)


@pytest.fixture
def small_cache(tmp_path, monkeypatch):
    """An empty cache in which ten rows are worth a file; gives its folder."""
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr("nlpseq.datasets.cache.CACHED_ROWS", 10)
    return tmp_path / "cache" / "nlpseq"


@pytest.fixture
def set_dtype_policy():
    """Sets Keras' global dtype policy, until the end of the test."""
    import keras

    yield keras.config.set_dtype_policy
    keras.config.set_dtype_policy("float32")


@pytest.fixture(scope="module", autouse=True)
def forget_what_was_compiled():
    """JAX keeps all that it has compiled: in the end it has no memory maps left, and crashes."""
    yield
    if os.environ.get("KERAS_BACKEND") == "jax" and "jax" in sys.modules:
        sys.modules["jax"].clear_caches()
        gc.collect()


@pytest.fixture
def eager_training(monkeypatch):
    """Trainings run op by op: TensorFlow would trace a step for longer than a few steps take.

    For tests of a few steps that are not about the step itself.
    """
    import keras

    if keras.backend.backend() == "tensorflow":
        compile_ = keras.Model.compile

        def compile_eagerly(model, *arguments, **settings):
            compile_(model, *arguments, **{**settings, "run_eagerly": True})

        monkeypatch.setattr(keras.Model, "compile", compile_eagerly)


# What the tests of tasks, hub and command line learn: tiny languages, each trained once a run.
TAGGED = [
    "the/DET fox/NOUN runs/VERB",
    "a/DET red/ADJ kite/NOUN flies/VERB ./PUNCT",
    "the/DET old/ADJ fox/NOUN sleeps/VERB ./PUNCT",
    "kites/NOUN fly/VERB",
    "a/DET fox/NOUN",
    "the/DET red/ADJ old/ADJ kite/NOUN flies/VERB",
    "stop/VERB !/PUNCT",
    "a/DET kite/NOUN flies/VERB and/CCONJ the/DET fox/NOUN runs/VERB ./PUNCT",
]
ENTITIES = [  # in IOB1: the second of two persons begins with a B
    "Ada/PROPN/I-PER Lovelace/PROPN/I-PER met/VERB/O Bob/PROPN/I-PER in/ADP/O Paris/PROPN/I-LOC",
    "Bob/PROPN/I-PER Ada/PROPN/B-PER left/VERB/O ./PUNCT/O",
    "the/DET/O fox/NOUN/O saw/VERB/O New/PROPN/I-LOC York/PROPN/I-LOC City/PROPN/I-LOC",
    "Paris/PROPN/I-LOC is/VERB/O old/ADJ/O",
    "nobody/PRON/O slept/VERB/O ./PUNCT/O",
]
PAIRS = {
    "the fox runs .": "der Fuchs läuft .",
    "the kite flies .": "der Drachen fliegt .",
    "the fox sleeps .": "der Fuchs schläft .",
    "does the fox run ?": "läuft der Fuchs ?",
    "does the kite fly ?": "fliegt der Drachen ?",
    "the fox runs and the kite flies .": "der Fuchs läuft und der Drachen fliegt .",
}


REVIEWS = {
    "a good film .": "positive",
    "a bad film !": "negative",
    "good acting , and a good story .": "positive",
    "a bad story , and bad acting": "negative",
    "a film .": "neutral",
    "": "neutral",
    "good": "positive",
    "bad , bad , bad !": "negative",
}


@pytest.fixture(scope="session")
def tagged():
    """Sentences with the columns `tokens` and `upos`."""
    import datasets

    sentences = [[word.split("/") for word in line.split()] for line in TAGGED]
    return datasets.Dataset.from_dict(
        {
            "tokens": [[token for token, _ in sentence] for sentence in sentences],
            "upos": [[tag for _, tag in sentence] for sentence in sentences],
        }
    )


@pytest.fixture(scope="session")
def pairs():
    """English and German, in the columns `en` and `de`."""
    import datasets

    return datasets.Dataset.from_dict({"en": list(PAIRS), "de": list(PAIRS.values())})


@pytest.fixture(scope="session")
def reviews():
    """Texts with a `ClassLabel`, of which one name does not occur. One text is empty."""
    import datasets

    rows = {"text": list(REVIEWS), "label": list(REVIEWS.values())}
    names = ["negative", "neutral", "positive", "mixed"]
    dataset = datasets.Dataset.from_dict(rows)
    return dataset.cast_column("label", datasets.ClassLabel(names=names))


@pytest.fixture(scope="session")
def classifier(reviews):
    """A trained classifier that knows all of `reviews`. It is shared: do not train it further."""
    from nlpseq.tasks.sequence_classifier import SequenceClassifier

    sizes = {"units": 8, "embedding_dim": 8, "dropout": 0.0, "word_dropout": 0.0, "cell": "gru"}
    classifier = SequenceClassifier.from_dataset(reviews, **sizes)
    classifier.fit(reviews, reviews, epochs=30, learning_rate=0.1, patience=30, verbose=0)
    return classifier


@pytest.fixture(scope="session")
def saved_classifier(classifier, tmp_path_factory):
    """The folder of the trained classifier. It is shared: do not change it."""
    folder = tmp_path_factory.mktemp("saved") / "classifier"
    classifier.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def stars():
    """Texts with a number, in the columns `text` and `label`: the lowest is 10, the highest 50."""
    import datasets

    numbers = {"negative": 10.0, "neutral": 30.0, "positive": 50.0}
    rows = {"text": list(REVIEWS), "label": [numbers[label] for label in REVIEWS.values()]}
    return datasets.Dataset.from_dict(rows)


@pytest.fixture(scope="session")
def regressor(stars):
    """A trained regressor that knows all of `stars`. It is shared: do not train it further."""
    from nlpseq.tasks.sequence_regressor import SequenceRegressor

    sizes = {"units": 8, "embedding_dim": 8, "dropout": 0.0, "word_dropout": 0.0, "cell": "gru"}
    regressor = SequenceRegressor.from_dataset(stars, **sizes)
    regressor.fit(stars, stars, epochs=30, learning_rate=0.05, patience=30, verbose=0)
    return regressor


@pytest.fixture(scope="session")
def saved_regressor(regressor, tmp_path_factory):
    """The folder of the trained regressor. It is shared: do not change it."""
    folder = tmp_path_factory.mktemp("saved") / "regressor"
    regressor.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def train_tagger(tagged):
    """Makes and trains a tagger that knows all of `tagged`."""
    from nlpseq.tasks.tagger import Tagger

    def train(seed=0, epochs=25):
        sizes = {"min_count": 1, "units": 8, "embedding_dim": 16, "character_units": 8}
        tagger = Tagger.from_dataset(tagged, **sizes, dropout=0.1, word_dropout=0.0, seed=seed)
        settings = {"epochs": epochs, "learning_rate": 0.1, "patience": epochs, "seed": seed}
        tagger.fit(tagged, tagged, **settings, verbose=0)
        return tagger

    return train


@pytest.fixture(scope="session")
def tagger(train_tagger):
    """A trained tagger. It is shared: do not train it further."""
    return train_tagger()


@pytest.fixture(scope="session")
def with_entities():
    """Sentences with the columns `tokens`, `upos` and `ner`, the latter in IOB1."""
    import datasets

    sentences = [[word.split("/") for word in line.split()] for line in ENTITIES]
    names = ("tokens", "upos", "ner")
    return datasets.Dataset.from_dict(
        {name: [[word[i] for word in s] for s in sentences] for i, name in enumerate(names)}
    )


@pytest.fixture(scope="session")
def train_on_entities(with_entities):
    """Makes and trains a tagger that knows all of `with_entities`."""
    from nlpseq.tasks.tagger import Tagger

    def train(label, dev=None, epochs=30):
        sizes = {"min_count": 1, "units": 8, "embedding_dim": 16, "character_units": 8}
        tagger = Tagger.from_dataset(
            with_entities, label=label, **sizes, dropout=0.0, word_dropout=0.0
        )
        settings = {"epochs": epochs, "learning_rate": 0.05, "patience": epochs}
        tagger.fit(with_entities, dev, **settings, verbose=0)
        return tagger

    return train


@pytest.fixture(scope="session")
def entity_tagger(train_on_entities):
    """A trained tagger with a CRF, of entities. It is shared: do not train it further."""
    return train_on_entities("ner")


@pytest.fixture(scope="session")
def joint_tagger(train_on_entities):
    """A trained tagger of two columns. It is shared: do not train it further."""
    return train_on_entities(["upos", "ner"])


@pytest.fixture(scope="session")
def translator(pairs):
    """A trained translator. It is shared: do not train it further."""
    from nlpseq.tasks.translator import Translator

    sizes = {"cell": "gru", "units": 32, "embedding_dim": 32, "dropout": 0.0}
    sizes["decoder"] = "state_handoff"  # the one that is traced the fastest
    translator = Translator.from_dataset(pairs, tokenizer="words", **sizes)
    translator.fit(pairs, pairs, epochs=40, learning_rate=0.02, patience=40, verbose=0)
    return translator


@pytest.fixture(scope="session")
def saved_tagger(tagger, tmp_path_factory):
    """The folder of the trained tagger. It is shared: do not change it."""
    folder = tmp_path_factory.mktemp("saved") / "tagger"
    tagger.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def saved_entity_tagger(entity_tagger, tmp_path_factory):
    """The folder of the trained tagger of entities. It is shared: do not change it."""
    folder = tmp_path_factory.mktemp("saved") / "ner"
    entity_tagger.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def saved_joint_tagger(joint_tagger, tmp_path_factory):
    """The folder of the trained tagger of two columns. It is shared: do not change it."""
    folder = tmp_path_factory.mktemp("saved") / "joint"
    joint_tagger.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def saved_translator(translator, tmp_path_factory):
    """The folder of the trained translator. It is shared: do not change it."""
    folder = tmp_path_factory.mktemp("saved") / "translator"
    translator.save_pretrained(folder)
    return folder
