import keras
import numpy as np
import pytest

import nlpseq
from nlpseq.models.scheduled_sampling import ScheduledSampling
from nlpseq.tasks.translator import Translator

SMALL = {"units": 4, "embedding_dim": 4, "tokenizer": "words"}


@pytest.mark.backends
def test_scheduled_sampling_is_for_training_and_goes_along(pairs, tmp_path):
    made = Translator.from_dataset(pairs, scheduled_sampling=0.5, **SMALL)
    before = made.evaluate(pairs)["perplexity"]
    made.fit(pairs, epochs=3, learning_rate=0.02, verbose=0)
    assert made.evaluate(pairs)["perplexity"] < before
    made.save_pretrained(tmp_path / "run")
    loaded = nlpseq.load(tmp_path / "run")
    assert loaded.scheduled_sampling == 0.5
    assert loaded.predict(pairs["en"]) == made.predict(pairs["en"])


def test_what_learns_is_the_model_or_one_around_it(pairs):
    made = Translator.from_dataset(pairs, **SMALL)
    batches = made.batches(pairs, batch_tokens=16)
    assert made._training_model(batches, epochs=7) is made.model
    made.scheduled_sampling = 0.2
    around = made._training_model(batches, epochs=7)
    assert isinstance(around, ScheduledSampling)
    assert (around.model, around.share) == (made.model, 0.2)
    assert around.total_steps == 7 * len(batches)


@pytest.mark.usefixtures("eager_training")
def test_a_resumed_training_draws_what_it_would_have_drawn(pairs, tmp_path):
    settings = {"epochs": 4, "verbose": 0}

    def fresh():
        return Translator.from_dataset(pairs, scheduled_sampling=0.9, dropout=0.0, **SMALL)

    def interrupt(epoch, logs):
        if epoch == 2:
            raise KeyboardInterrupt

    whole = fresh()
    whole.fit(pairs, **settings)
    stopped = fresh()
    callback = keras.callbacks.LambdaCallback(on_epoch_begin=interrupt)
    with pytest.raises(KeyboardInterrupt):
        stopped.fit(pairs, checkpoints=tmp_path, callbacks=[callback], **settings)
    resumed = fresh()
    resumed.fit(pairs, checkpoints=tmp_path, **settings)
    for one, other in zip(whole.model.get_weights(), resumed.model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
