import numpy as np
import pytest
from keras import ops

from nlpseq.models.tag_ensemble import TaggingEnsemble
from nlpseq.models.tag_search import TagSearch
from nlpseq.models.tagging import TaggingModel

to_numpy = ops.convert_to_numpy
MASK = np.arange(4) < np.array([[4], [1], [3]])


@pytest.fixture
def make_model(rng):
    def make(head="softmax", tags=3, forbidden=None):
        sizes = {"embedding_dim": 3, "units": 2, "characters": "none"}
        model = TaggingModel(11, {"pos": tags}, head=head, forbidden=forbidden, **sizes)
        for weight in model.weights:
            weight.assign(rng.normal(scale=0.9, size=weight.shape))
        return model

    return make


@pytest.fixture
def inputs(rng):
    return {"tokens": rng.integers(1, 11, size=MASK.shape), "mask": MASK}


@pytest.mark.backends
@pytest.mark.parametrize("head", ["softmax", "crf"])
def test_members_vote_with_the_mean_of_their_probabilities(make_model, inputs, head):
    members = [make_model(head) for _ in range(3)]
    found = TagSearch(TaggingEnsemble(members), probabilities=True).predict_on_batch(inputs)["pos"]
    alone = [TagSearch(m, probabilities=True).predict_on_batch(inputs)["pos"] for m in members]
    mean = np.mean([to_numpy(one["probabilities"]) for one in alone], axis=0)
    np.testing.assert_allclose(to_numpy(found["probabilities"])[MASK], mean[MASK], rtol=1e-4)
    np.testing.assert_array_equal(to_numpy(found["tags"])[MASK], mean.argmax(axis=-1)[MASK])


def test_one_member_is_an_ensemble_of_itself(make_model, inputs):
    member = make_model()
    found, alone = (
        TagSearch(m).predict_on_batch(inputs) for m in (TaggingEnsemble([member]), member)
    )
    np.testing.assert_array_equal(found["pos"]["tags"][MASK], alone["pos"]["tags"][MASK])


def test_the_rules_of_the_members_hold(make_model, inputs):
    rules = {"pos": [(a, b) for a in range(3) for b in range(3) if a != b]}  # one tag a sentence
    ensemble = TaggingEnsemble([make_model("crf", forbidden=rules) for _ in range(2)])
    tags = TagSearch(ensemble).predict_on_batch(inputs)["pos"]["tags"]
    assert all(len(set(row[mask])) == 1 for row, mask in zip(tags, MASK, strict=True))


def test_members_must_fit_together(make_model):
    with pytest.raises(ValueError, match=r"at least one model"):
        TaggingEnsemble([])
    with pytest.raises(
        ValueError, match=r"'pos': 3\} in members\[0\], \{'pos': 4\} in members\[1\]"
    ):
        TaggingEnsemble([make_model(), make_model(tags=4)])


def test_an_ensemble_is_neither_trained_nor_saved(make_model, inputs):
    ensemble = TaggingEnsemble([make_model()])
    ensemble.compile("sgd")
    with pytest.raises(ValueError, match=r"train its members one by one"):
        ensemble.fit(inputs, {"pos": np.zeros(MASK.shape, "int32")}, verbose=0)
    with pytest.raises(ValueError, match=r"save its members"):
        ensemble.get_config()
