import numpy as np
import pytest

from nlpseq.batching.pairs import PairBatches
from nlpseq.text.specials import BEGIN_ID, END_ID


@pytest.fixture
def corpus():
    rng = np.random.default_rng(0)

    def side():
        # Ids from 3 on: a text may hold the end id itself.
        return [rng.integers(3, 99, size=n).tolist() for n in rng.integers(0, 12, size=60)]

    return side(), side()


def test_each_row_holds_its_pair_with_begin_and_end(corpus):
    source, target = corpus
    batches = PairBatches(source, target, batch_tokens=40)
    for i, (inputs, targets, _) in enumerate(batches):
        for row, example in enumerate(batches.indices(i)):
            if example >= 0:
                length = len(target[example]) + 1
                mask = inputs["source_mask"][row]
                assert inputs["source"][row][mask].tolist() == [*source[example], END_ID]
                assert inputs["target"][row][:length].tolist() == [BEGIN_ID, *target[example]]
                assert targets[row][:length].tolist() == [*target[example], END_ID]


def test_arrays_have_the_promised_types_and_shapes(corpus):
    batches = PairBatches(*corpus, batch_tokens=40)
    for inputs, targets, weights in batches:
        source, target = inputs["source"], inputs["target"]
        assert (*source.shape, target.shape[1]) in batches.shapes
        assert source.shape == inputs["source_mask"].shape
        assert target.shape == targets.shape == weights.shape
        assert source.dtype == target.dtype == targets.dtype == np.int32
        assert inputs["source_mask"].dtype == bool
        assert weights.dtype == np.float32


def test_padding_holds_id_0(corpus):
    batches = PairBatches(*corpus, batch_tokens=40)
    for i, (inputs, targets, _) in enumerate(batches):
        assert not inputs["source"][~inputs["source_mask"]].any()
        for row, example in enumerate(batches.indices(i)):
            if example >= 0:
                length = len(corpus[1][example]) + 1
                assert not inputs["target"][row][length:].any()
                assert not targets[row][length:].any()


def test_weights_are_1_at_the_target_tokens_of_real_rows(corpus):
    batches = PairBatches(*corpus, batch_tokens=40)
    for i, (_, _, weights) in enumerate(batches):
        for row, example in enumerate(batches.indices(i)):
            length = 0 if example < 0 else len(corpus[1][example]) + 1
            np.testing.assert_array_equal(weights[row], np.arange(weights.shape[1]) < length)
    assert sum(weights.sum() for *_, weights in batches) == batches.num_tokens
    assert batches.num_tokens == sum(len(sentence) + 1 for sentence in corpus[1])


def test_an_empty_source_is_still_a_real_row():
    inputs, *_ = PairBatches([[], [5]], [[6], []])[0]
    assert inputs["source_mask"].any(axis=1).all()


def test_without_target_a_batch_holds_the_source_only(corpus):
    batches = PairBatches(corpus[0], batch_tokens=40)
    assert all(set(inputs) == {"source", "source_mask"} for (inputs,) in batches)
    found = batches.in_input_order(inputs["source"].tolist() for (inputs,) in batches)
    for row, sentence in zip(found, corpus[0], strict=True):
        assert row[: len(sentence) + 1] == [*sentence, END_ID]


def test_sides_of_different_length_are_named():
    with pytest.raises(ValueError, match=r"as many sentences\. Received: 2 and 1"):
        PairBatches([[1], [2]], [[1]])
