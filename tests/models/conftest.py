import functools

import pytest


@pytest.fixture
def source(rng):
    """Ids of four sentences: behind each one's length there is garbage, not padding."""
    return rng.integers(1, 11, size=(4, 5))


@pytest.fixture(scope="session")
def random_model():
    """Makes an encoder and a decoder of 7 target ids whose weights are all drawn from `rng`."""
    from nlpseq.models.seq2seq import Seq2SeqModel

    def make(rng, decoder, **options):
        model = Seq2SeqModel(11, 7, decoder, embedding_dim=3, units=4, **options)
        for weight in model.weights:
            weight.assign(rng.normal(scale=0.9, size=weight.shape))
        return model

    return make


@pytest.fixture
def make_model(random_model, rng):
    """`random_model` with the random numbers of the test."""
    return functools.partial(random_model, rng)
