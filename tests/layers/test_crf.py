import json
from itertools import pairwise, product

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.layers.crf import CRF
from nlpseq.layers.linear_chain import FORBIDDEN

pytestmark = pytest.mark.backends

# Tags of one entity type in IOB2: outside, begin, inside.
OUTSIDE, BEGIN, INSIDE = range(3)
RULES = [(OUTSIDE, INSIDE), (-1, INSIDE)]
MASK = np.arange(4)[None] < [[4], [1], [3]]
to_numpy = ops.convert_to_numpy


@pytest.fixture
def emissions(rng):
    return rng.normal(size=(3, 4, 3)).astype("float32")


@pytest.fixture
def make_crf(rng):
    """A CRF over three tags whose scores are all random."""

    def make(**options):
        crf = CRF(3, **options)
        crf.set_weights([rng.normal(size=weight.shape) for weight in crf.weights])
        return crf

    return make


def path_score(crf, emissions, path):
    transitions, start, end = (to_numpy(weight) for weight in crf.weights)
    moves = sum(transitions[move] for move in pairwise(path))
    emitted = sum(row[tag] for row, tag in zip(emissions, path, strict=True))
    return start[path[0]] + moves + end[path[-1]] + emitted


def keeps_rules(path):
    return path[0] != INSIDE and (OUTSIDE, INSIDE) not in pairwise(path)


@pytest.mark.parametrize(
    "gold",
    [
        [[1, 2, 2, 0], [0, 9, 9, 9], [0, 1, 0, 9]],  # 9 stands at padding
        [[1, -1, 2, 0], [0, 9, 9, 9], [-1, -1, 0, 9]],
        [[-1, 2, 2, -1], [-1, -1, 2, 9], [1, 2, -1, -1]],
    ],
)
@pytest.mark.parametrize("forbidden", [(), RULES], ids=["free", "with_rules"])
def test_likelihood_is_the_share_of_the_paths_that_fit_the_known_tags(
    make_crf, emissions, forbidden, gold
):
    crf = make_crf(forbidden=forbidden)
    expected = []
    for row, tags, real in zip(emissions, gold, MASK, strict=True):
        total = fitting = 0.0
        for path in product(range(3), repeat=int(real.sum())):
            if not forbidden or keeps_rules(path):
                score = np.exp(path_score(crf, row[real], path))
                total += score
                fits = all(tag in (path[t], -1) for t, tag in enumerate(tags[: len(path)]))
                fitting += score * fits
        expected.append(np.log(fitting / total))
    result = crf.log_likelihood(emissions, np.array(gold), MASK)
    np.testing.assert_allclose(to_numpy(result), expected, atol=1e-5)


def test_an_untrained_crf_is_a_softmax_over_each_token(emissions):
    tags = emissions.argmax(-1)
    probabilities = np.exp(emissions) / np.exp(emissions).sum(-1, keepdims=True)
    crf = CRF(3)
    expected = np.log(probabilities.max(-1)).sum(-1)
    np.testing.assert_allclose(to_numpy(crf.log_likelihood(emissions, tags)), expected, rtol=1e-5)
    np.testing.assert_array_equal(to_numpy(crf.decode(emissions)[0]), tags)
    np.testing.assert_allclose(to_numpy(crf.marginals(emissions)), probabilities, rtol=1e-5)


def test_gold_tags_that_break_a_rule_cost_a_finite_amount(make_crf, emissions):
    broken = np.array([[OUTSIDE, INSIDE, 0, 0]])
    result = make_crf(forbidden=RULES).log_likelihood(emissions[:1], broken)
    np.testing.assert_allclose(to_numpy(result), [FORBIDDEN], rtol=1e-4)


@pytest.mark.parametrize("scale", [1.0, 1e3])
def test_decoding_breaks_no_rule(make_crf, rng, scale):
    crf = make_crf(forbidden=RULES)
    emissions = (rng.normal(size=(20, 6, 3)) * scale).astype("float32")
    emissions[..., INSIDE] += scale  # the rules must hold against the emissions
    assert any(not keeps_rules(tuple(path)) for path in emissions.argmax(-1).tolist())
    tags, scores = (to_numpy(x) for x in crf.decode_nbest(emissions, n=4))
    for row, paths, found in zip(emissions, tags.tolist(), scores, strict=True):
        allowed = [path for path in product(range(3), repeat=6) if keeps_rules(path)]
        best = sorted((path_score(crf, row, path) for path in allowed), reverse=True)[:4]
        np.testing.assert_allclose(found, best, rtol=1e-5)
        assert all(keeps_rules(tuple(path)) for path in paths)
    np.testing.assert_array_equal(to_numpy(crf.decode(emissions)[0]), tags[:, 0])
    marginals = to_numpy(crf.marginals(emissions))
    assert np.all(marginals[:, 0, INSIDE] == 0)


def test_no_sentence_ends_with_a_tag_forbidden_at_the_end():
    emissions = np.array([[[0.0, 5.0], [0.0, 5.0], [9.0, 9.0]]], "float32")
    mask = np.array([[True, True, False]])
    tags, _ = CRF(2, forbidden=[(1, -1)]).decode(emissions, mask)
    assert to_numpy(tags).tolist() == [[1, 0, 0]]


class SmallTagger(keras.Model):
    """A dense layer and a CRF: what a model that trains one looks like."""

    def __init__(self, forbidden=RULES):
        super().__init__()
        self.dense = keras.layers.Dense(3)
        self.crf = CRF(3, forbidden=forbidden)

    def call(self, inputs):
        return self.crf(self.dense(inputs["vectors"]), mask=inputs["mask"])

    def compute_loss(self, x, y, y_pred, sample_weight=None, training=True):
        return -ops.mean(self.crf.log_likelihood(y_pred, y, x["mask"]))


@pytest.fixture
def sentences(rng):
    tags = np.array([[0, 1, 2, 0], [1, -1, 9, 9], [1, 2, 2, -1]])
    vectors = (np.eye(5)[tags.clip(0, 4)] + rng.normal(size=(3, 4, 5))).astype("float32")
    return {"vectors": vectors, "mask": np.arange(4)[None] < [[4], [2], [4]]}, tags


@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_training_lowers_the_loss_and_leaves_forbidden_scores(sentences, policy, set_dtype_policy):
    set_dtype_policy(policy)
    inputs, tags = sentences
    model = SmallTagger()
    model.compile(keras.optimizers.Adam(0.05))
    losses = model.fit(inputs, tags, epochs=8, verbose=0).history["loss"]
    assert np.isfinite(losses).all()
    assert losses[-1] < losses[0] / 2
    transitions, start, end = (to_numpy(weight) for weight in model.crf.weights)
    assert {weight.dtype for weight in model.crf.weights} == {"float32"}
    assert transitions[OUTSIDE, INSIDE] == start[INSIDE] == 0
    trained = np.ones((3, 3), bool)
    trained[OUTSIDE, INSIDE] = False
    assert np.all(transitions[trained] != 0)
    assert np.all(end != 0)


def test_mixed_precision_reads_and_answers_in_float32(make_crf, emissions, set_dtype_policy):
    exact = make_crf(forbidden=RULES)
    set_dtype_policy("mixed_bfloat16")
    mixed = CRF(3, forbidden=RULES)
    mixed.set_weights(exact.get_weights())
    half = ops.cast(emissions, "bfloat16")
    assert keras.backend.standardize_dtype(mixed(half).dtype) == "float32"
    same = to_numpy(ops.cast(half, "float32"))
    tags = np.zeros((3, 4), "int32")
    for crf_answer, expected in [
        (mixed.log_likelihood(half, tags, MASK), exact.log_likelihood(same, tags, MASK)),
        (mixed.marginals(half, MASK), exact.marginals(same, MASK)),
        (mixed.decode(half, MASK)[1], exact.decode(same, MASK)[1]),
    ]:
        np.testing.assert_array_equal(to_numpy(crf_answer), to_numpy(expected))


def test_saved_model_decodes_the_same(make_crf, emissions, tmp_path):
    symbol = keras.Input((None, 3))
    model = keras.Model(symbol, make_crf(forbidden=RULES, name="crf")(symbol))
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras").get_layer("crf")
    assert loaded.forbidden == [list(rule) for rule in RULES]
    expected = model.get_layer("crf").decode(emissions, MASK)
    for got, same in zip(loaded.decode(emissions, MASK), expected, strict=True):
        np.testing.assert_array_equal(to_numpy(got), to_numpy(same))


def test_config_is_json():
    config = CRF(3, forbidden=np.array(RULES)).get_config()
    twin = CRF.from_config(json.loads(json.dumps(config)))
    assert twin.forbidden == [[OUTSIDE, INSIDE], [-1, INSIDE]]


@pytest.mark.parametrize("pair", [(0, 3), (-2, 0), (-1, -1), (0, 1, 2)])
def test_names_the_bad_rule(pair):
    with pytest.raises(ValueError, match=r"pairs \(from_tag, to_tag\).*num_tags=3.*") as error:
        CRF(3, forbidden=[(0, 1), pair])
    assert str(pair) in str(error.value)


def test_names_the_bad_number_of_tags(emissions):
    with pytest.raises(ValueError, match=r"`num_tags` must be at least 1.*num_tags=0"):
        CRF(0)
    with pytest.raises(ValueError, match=r"num_tags=5\).*\(3, 4, 3\)"):
        CRF(5)(emissions)
