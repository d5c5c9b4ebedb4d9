import numpy as np
import pytest

from nlpseq.models.sampling_search import SamplingSearch
from nlpseq.models.search import GreedySearch

pytestmark = pytest.mark.backends

SPECIALS = {"begin_id": 2, "end_id": 3, "banned_ids": (0, 1, 2)}
MASK = np.arange(5) < np.array([5, 1, 3, 4])[:, None]


def test_sampling_from_the_best_token_alone_is_greedy_search(make_model, source, rng):
    model = make_model("attention")
    inputs = {"source": source, "source_mask": MASK}
    greedy = GreedySearch(model, **SPECIALS).predict_on_batch(inputs)
    search = SamplingSearch(model, top_k=1, **SPECIALS)
    assert search.longest_output(5) == 20
    found = search.predict_on_batch({**inputs, "uniforms": rng.random((4, 20))})
    for name, expected in greedy.items():
        np.testing.assert_allclose(found[name], expected, rtol=1e-5)


def test_a_sample_depends_on_its_numbers_and_not_on_its_batch(make_model, source, rng):
    search = SamplingSearch(make_model("attention"), temperature=2.0, **SPECIALS)
    uniforms = rng.random((4, 20))
    inputs = {"source": source, "source_mask": MASK, "uniforms": uniforms}
    found = search.predict_on_batch(inputs)
    alone = search.predict_on_batch(
        {"source": source[2:3, :3], "source_mask": MASK[2:3, :3], "uniforms": uniforms[2:3, :17]}
    )
    length = alone["lengths"][0]
    assert length == found["lengths"][2]
    assert found["token_ids"][2, :length].tolist() == alone["token_ids"][0, :length].tolist()
    assert not set(found["token_ids"][2, :length]) & {0, 1, 2}
    others = search.predict_on_batch({**inputs, "uniforms": rng.random((4, 20))})
    assert (others["token_ids"] != found["token_ids"]).any()


def test_settings_out_of_range_are_named(make_model):
    with pytest.raises(ValueError, match=r"`temperature` must be above 0.*temperature=-1"):
        SamplingSearch(make_model("attention"), temperature=-1, **SPECIALS)
