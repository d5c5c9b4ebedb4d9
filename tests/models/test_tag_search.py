import functools
from itertools import pairwise, product

import numpy as np
import pytest
from keras import ops

from nlpseq.models.tag_search import TagSearch
from nlpseq.models.tagging import TaggingModel

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
MASK = np.arange(4) < np.array([[4], [1], [3], [2], [1], [2]])
COLUMNS = {"upos": 3, "ner": 2}
FORBIDDEN = {"upos": [(0, 1), (-1, 2), (2, -1)]}

each_head = pytest.mark.parametrize("head", ["softmax", "crf"])


def make_model(head, rules=False):
    """A model over two columns, whose weights are all random."""
    sizes = {"embedding_dim": 3, "units": 2, "characters": "none", "dropout": 0.9}
    model = TaggingModel(11, COLUMNS, head=head, forbidden=FORBIDDEN if rules else None, **sizes)
    rng = np.random.default_rng(0)
    for weight in model.weights:
        weight.assign(rng.normal(scale=0.9, size=weight.shape))
    return model


@pytest.fixture(scope="module")
def search():
    """`search(head, rules, **settings)`, each made and compiled once. Do not change its model."""
    model, made = functools.cache(make_model), {}

    def search(head, rules=False, **settings):
        key = head, rules, *settings.items()
        if key not in made:
            made[key] = TagSearch(model(head, rules), **settings)
        return made[key]

    return search


@pytest.fixture
def inputs(rng):
    """Six sentences; behind their ends there is garbage, not padding."""
    return {"tokens": rng.integers(1, 11, size=MASK.shape), "mask": MASK}


def allowed_paths(model, inputs, column, row):
    """Every allowed tag sequence of a sentence with its score, best first."""
    logits = to_numpy(model(inputs)[column])[row, MASK[row]]
    transitions, start, end = model.crfs[column].get_weights()
    rules = FORBIDDEN[column] if (model.forbidden or {}).get(column) else []
    scores = {
        path: start[path[0]]
        + end[path[-1]]
        + sum(logits[range(len(path)), path])
        + sum(transitions[move] for move in pairwise(path))
        for path in product(range(COLUMNS[column]), repeat=len(logits))
        if not any(move in rules for move in pairwise((-1, *path, -1)))
    }
    return sorted(scores.items(), key=lambda item: -item[1])


def test_a_softmax_takes_the_best_label_of_each_token(search, inputs):
    labels = search("softmax", probabilities=True)
    found = labels.predict_on_batch(inputs)
    assert found.keys() == COLUMNS.keys()
    for column, logits in labels.model(inputs).items():
        logits = to_numpy(logits)
        np.testing.assert_array_equal(found[column]["tags"], logits.argmax(axis=-1))
        shares = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
        np.testing.assert_allclose(found[column]["probabilities"], shares, atol=1e-5)


@pytest.mark.parametrize("rules", [False, True])
def test_a_crf_takes_the_best_allowed_sequence(search, inputs, rules):
    best_labels = search("crf", rules)
    found = best_labels.predict_on_batch(inputs)
    for column in COLUMNS:
        for row, length in enumerate(MASK.sum(axis=1)):
            (best, _), *_ = allowed_paths(best_labels.model, inputs, column, row)
            assert found[column]["tags"][row].tolist() == [*best, *[0] * (4 - length)]


def test_a_rule_holds_against_any_logits(inputs):
    model = make_model("crf", rules=True)
    kernel, bias = model.get_layer("tags_upos").get_weights()
    bias[2] += 50  # a label that may not stand first
    model.get_layer("tags_upos").set_weights([kernel, bias])
    found = TagSearch(model, probabilities=True).predict_on_batch(inputs)["upos"]
    assert (to_numpy(model(inputs)["upos"]).argmax(axis=-1) == 2).all()
    assert (found["tags"][:, 0] != 2).all()
    assert (found["probabilities"][:, 0, 2] == 0).all()


@pytest.mark.parametrize("rules", [False, True])
def test_the_n_best_sequences_have_their_log_probabilities(search, inputs, rules):
    all_sequences = search("crf", rules, num_best=3**4)
    found = all_sequences.predict_on_batch(inputs)
    for column in COLUMNS:
        for row, length in enumerate(MASK.sum(axis=1)):
            expected = allowed_paths(all_sequences.model, inputs, column, row)
            scores = found[column]["scores"][row]
            assert (np.diff(scores) <= 0).all()
            assert np.exp(scores.astype("float64")).sum() == pytest.approx(1, abs=1e-4)
            total = np.log(sum(np.exp(score) for _, score in expected))
            expected_scores = [score - total for _, score in expected]
            np.testing.assert_allclose(scores[: len(expected)], expected_scores, atol=1e-4)
            assert (scores[len(expected) :] < -1e5).all()
            tags = found[column]["tags"][row, : len(expected), :length]
            assert set(map(tuple, tags.tolist())) == {path for path, _ in expected}


def test_the_best_of_n_is_the_best(search, inputs):
    best = search("crf").predict_on_batch(inputs)
    several = search("crf", num_best=2).predict_on_batch(inputs)
    for column in COLUMNS:
        assert several[column]["tags"].shape == (6, 2, 4)
        np.testing.assert_array_equal(several[column]["tags"][:, 0], best[column]["tags"])


@each_head
def test_probabilities_of_a_real_token_sum_to_1(search, inputs, head):
    found = search(head, probabilities=True).predict_on_batch(inputs)
    for column, size in COLUMNS.items():
        shares = found[column]["probabilities"]
        assert shares.shape == (6, 4, size)
        np.testing.assert_allclose(shares[MASK].sum(axis=-1), 1, atol=1e-5)


def test_probabilities_of_a_crf_add_up_over_the_sequences(search, inputs):
    shares_of = search("crf", rules=True, probabilities=True)
    found = shares_of.predict_on_batch(inputs)
    for column, size in COLUMNS.items():
        for row, length in enumerate(MASK.sum(axis=1)):
            expected = np.zeros((length, size))
            for path, score in allowed_paths(shares_of.model, inputs, column, row):
                expected[range(length), path] += np.exp(score)
            expected /= expected.sum(axis=-1, keepdims=True)
            shares = found[column]["probabilities"][row, :length]
            np.testing.assert_allclose(shares, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("head", "settings"),
    [
        ("softmax", {"probabilities": True}),
        ("crf", {"probabilities": True}),
        ("crf", {"num_best": 2}),
    ],
)
def test_neither_padding_nor_other_rows_change_a_row(search, inputs, head, settings):
    of_settings = search(head, **settings)
    together = of_settings.predict_on_batch(inputs)
    alone = of_settings.predict_on_batch({name: x[2:3, :3] for name, x in inputs.items()})
    for column, arrays in alone.items():
        tags = together[column].pop("tags")[2:3, ..., :3]
        np.testing.assert_array_equal(tags, arrays.pop("tags"))
        for name, array in arrays.items():
            row = together[column][name][2:3]
            row = row[:, :3] if name == "probabilities" else row
            np.testing.assert_allclose(row, array, atol=1e-4)


@each_head
def test_the_weights_are_those_that_the_model_has_now(search, inputs, head):
    model, other = make_model(head), search(head, probabilities=True)
    model.set_weights([-weight for weight in model.get_weights()])
    of_model = TagSearch(model, probabilities=True)
    before = of_model.predict_on_batch(inputs)
    model.set_weights(other.model.get_weights())
    after = of_model.predict_on_batch(inputs)
    expected = other.predict_on_batch(inputs)
    for column in COLUMNS:
        shares = [found[column]["probabilities"] for found in (before, after, expected)]
        assert np.abs(shares[1] - shares[0]).max() > 1e-3
        np.testing.assert_allclose(shares[1], shares[2], atol=1e-5)


@each_head
def test_probabilities_are_float32_in_mixed_precision_too(inputs, head, set_dtype_policy):
    set_dtype_policy("mixed_float16")
    found = TagSearch(make_model(head), probabilities=True).predict_on_batch(inputs)["upos"]
    assert (found["tags"].dtype, found["probabilities"].dtype) == (np.int32, np.float32)
    np.testing.assert_allclose(found["probabilities"][MASK].sum(axis=-1), 1, atol=1e-5)


def test_sequences_need_a_crf_and_a_number():
    with pytest.raises(ValueError, match=r'head="crf"\. Received: num_best=2, head=\'softmax\''):
        TagSearch(make_model("softmax"), num_best=2)
    with pytest.raises(ValueError, match=r"not be negative\. Received: num_best=-1"):
        TagSearch(make_model("crf"), num_best=-1)
