import numpy as np
import pytest

from nlpseq.batching.tagging import TaggingBatches


@pytest.fixture
def corpus():
    rng = np.random.default_rng(0)
    tokens = [rng.integers(1, 99, size=length).tolist() for length in rng.geometric(0.2, size=60)]
    tags = [[token % 7 for token in sentence] for sentence in tokens]
    return tokens, tags


def test_each_row_holds_its_sentence_and_its_tags(corpus):
    tokens, tags = corpus
    batches = TaggingBatches(tokens, tags, batch_tokens=30)
    for i, (inputs, targets, weights) in enumerate(batches):
        for row, example in enumerate(batches.indices(i)):
            if example >= 0:
                mask = inputs["mask"][row]
                assert inputs["tokens"][row][mask].tolist() == tokens[example]
                assert targets[row][mask].tolist() == tags[example]
                np.testing.assert_array_equal(weights[row], mask)


def test_arrays_have_the_promised_types_and_shapes(corpus):
    batches = TaggingBatches(*corpus, batch_tokens=30)
    for inputs, targets, weights in batches:
        arrays = [inputs["tokens"], inputs["mask"], targets, weights]
        assert [array.dtype for array in arrays] == [np.int32, np.bool_, np.int32, np.float32]
        assert {array.shape for array in arrays} <= set(batches.shapes)


def test_weights_add_up_to_the_tokens_and_no_row_is_fully_masked(corpus):
    batches = TaggingBatches(*corpus, batch_tokens=30)
    assert sum(weights.sum() for *_, weights in batches) == batches.num_tokens
    assert batches.num_tokens == sum(map(len, corpus[0]))
    assert any((batches.indices(i) < 0).any() for i in range(len(batches)))
    assert all(inputs["mask"].any(axis=1).all() for inputs, *_ in batches)


def test_padding_holds_id_0(corpus):
    for inputs, targets, _ in TaggingBatches(*corpus, batch_tokens=30):
        assert not inputs["tokens"][~inputs["mask"]].any()
        assert not targets[~inputs["mask"]].any()


def test_without_tags_a_batch_holds_the_same_inputs_only(corpus):
    with_tags, without = TaggingBatches(*corpus), TaggingBatches(corpus[0])
    for (expected, *_), (inputs,) in zip(with_tags, without, strict=True):
        np.testing.assert_array_equal(inputs["tokens"], expected["tokens"])
        np.testing.assert_array_equal(inputs["mask"], expected["mask"])


def test_sentences_that_do_not_fit_their_tags_are_named():
    with pytest.raises(ValueError, match=r"2 tokens and 1 tags in sentence 1"):
        TaggingBatches([[1], [2, 3]], [[1], [2]])
    with pytest.raises(ValueError, match=r"Received: 2 and 1"):
        TaggingBatches([[1], [2, 3]], [[1]])


def test_a_sentence_without_tokens_is_named():
    with pytest.raises(ValueError, match="no token in example 1"):
        TaggingBatches([[1], []], [[1], []])
