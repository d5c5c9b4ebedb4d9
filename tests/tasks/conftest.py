import pytest


@pytest.fixture
def fresh(tagged):
    """A tagger that was not trained."""
    from nlpseq.tasks.tagger import Tagger

    sizes = {"units": 4, "embedding_dim": 4, "character_units": 4}
    return Tagger.from_dataset(tagged, min_count=1, **sizes)
