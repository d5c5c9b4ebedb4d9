import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.greedy import greedy_search
from nlpseq.decoding.sampling import sample

pytestmark = pytest.mark.backends

END, FIRST = 1, 2


def draw(tables, uniforms, **options):
    """Outputs from next-token log-probabilities `(row, last token, next token)`."""

    def look_up(token_ids, state, tables):
        here = ops.one_hot(token_ids, tables.shape[-1], dtype="float32")
        return ops.einsum("bl,blv->bv", here, tables), state

    rows, time = len(tables), uniforms.shape[1]
    first_ids, limits = np.full(rows, FIRST, "int32"), np.full(rows, time)
    where = (look_up, (), first_ids, END, limits, time)
    given = (ops.convert_to_tensor(tables),)
    found = sample(*where, uniforms=uniforms, **options, given=given)
    greedy = greedy_search(*where, given=given)
    return [{name: ops.convert_to_numpy(x) for name, x in f.items()} for f in (found, greedy)]


@pytest.fixture
def tables(rng):
    tables = rng.normal(scale=1.5, size=(6, 5, 5)).astype("float32")
    return tables - np.log(np.exp(tables).sum(axis=-1, keepdims=True))


@pytest.mark.parametrize(
    ("options", "shares"),
    [
        ({}, [0.1, 0.05, 0.25, 0.2, 0.4]),
        ({"temperature": 0.5}, [0.01, 0.0025, 0.0625, 0.04, 0.16]),  # squares
        ({"top_k": 3}, [0, 0, 0.25, 0.2, 0.4]),
        ({"top_k": 9}, [0.1, 0.05, 0.25, 0.2, 0.4]),
        ({"top_p": 0.6}, [0, 0, 0.25, 0, 0.4]),  # the second makes it full
        ({"top_p": 0.7}, [0, 0, 0.25, 0.2, 0.4]),
        ({"top_k": 2, "top_p": 0.6}, [0, 0, 0, 0, 0.4]),  # 0.4 of 0.65 is enough
        ({"temperature": 2.0, "top_k": 2}, [0, 0, 0.5, 0, 0.4**0.5]),
    ],
)
def test_tokens_are_as_frequent_as_they_are_probable(options, shares):
    probabilities = np.array([0.1, 0.05, 0.25, 0.2, 0.4], "float32")
    count = 1000
    tables = np.log(np.tile(probabilities, (count, 5, 1)))
    uniforms = (np.arange(count)[:, None] + 0.5) / count  # so there is no chance in the test
    found, _ = draw(tables, uniforms, **options)
    tokens = found["token_ids"][:, 0]
    expected = np.array(shares) / np.sum(shares)
    np.testing.assert_allclose(np.bincount(tokens, minlength=5) / count, expected, atol=2 / count)
    np.testing.assert_allclose(np.exp(found["log_probs"]), probabilities[tokens], rtol=1e-4)


@pytest.mark.parametrize("options", [{"top_k": 1}, {"top_p": 1e-6}, {"temperature": 1e-3}])
def test_choosing_from_the_best_alone_is_greedy_search(tables, rng, options):
    found, greedy = draw(tables, rng.random((6, 8)), **options)
    for name, expected in greedy.items():
        np.testing.assert_allclose(found[name], expected, rtol=1e-5)


def test_other_rows_change_nothing(tables, rng):
    tables = np.concatenate([tables] * 4)  # 24 rows: the batch is halved
    uniforms = rng.random((24, 8))
    together, _ = draw(tables, uniforms, top_p=0.9)
    assert len(set(together["lengths"])) > 2
    for row in range(0, 24, 5):
        alone, _ = draw(tables[[row]], uniforms[[row]], top_p=0.9)
        for name, x in together.items():
            np.testing.assert_allclose(alone[name][0], x[row], rtol=1e-6)


@pytest.mark.parametrize("number", [0.0, 1.0 - 2**-24, 1.0])
def test_what_cannot_come_is_not_drawn_at_the_ends_of_the_numbers(number):
    probabilities = np.array([0.0, 1 / 3, 1 / 3, 1 / 3, 0.0], "float32")
    with np.errstate(divide="ignore"):
        tables = np.log(np.tile(probabilities, (1, 5, 1)))
    # A product would meet 0 times -inf.
    found = sample(
        lambda token_ids, state: (ops.convert_to_tensor(tables[:, 0]), state),
        *((), np.array([FIRST]), END, np.array([1]), 1),
        uniforms=np.array([[number]]),
    )
    assert int(found["token_ids"][0, 0]) in (1, 2, 3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"temperature": 0}, r"`temperature` must be above 0\. Received: temperature=0"),
        ({"top_k": -1}, r"`top_k` must be 0, for all, or more\. Received: top_k=-1"),
        ({"top_p": 0.0}, r"`top_p` must be above 0 and at most 1\. Received: top_p=0\.0"),
        ({"top_p": 1.5}, r"`top_p` must be .*top_p=1\.5"),
    ],
)
def test_settings_out_of_range_are_named(tables, options, message):
    with pytest.raises(ValueError, match=message):
        draw(tables, np.zeros((6, 1)), **options)
