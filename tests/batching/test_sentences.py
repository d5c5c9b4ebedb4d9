import numpy as np

from nlpseq.batching.sentences import SentenceBatches


def test_each_token_and_end_is_to_be_said_after_what_is_before_it(rng):
    sentences = [rng.integers(4, 99, size) for size in (3, 0, 7, 1, 7, 5)]
    batches = SentenceBatches(sentences, batch_tokens=16, num_buckets=2)
    found = {}
    for index in range(len(batches)):
        inputs, targets, weights = batches[index]
        for place, row in enumerate(batches.indices(index)):
            real = weights[place] > 0
            assert not (row < 0 and real.any())
            assert (inputs["tokens"][place][~real & (targets[place] == 0)] == 0).all()
            if row >= 0:
                found[row] = inputs["tokens"][place][real], targets[place][real]
    assert sorted(found) == list(range(6))
    for row, sentence in enumerate(sentences):
        read, said = found[row]
        assert read.tolist() == [3, *sentence]
        assert said.tolist() == [*sentence, 3]
    assert batches.num_tokens == sum(map(len, sentences)) + 6


def test_padding_is_0():
    inputs, targets, weights = SentenceBatches([[5, 6], []])[0]
    assert inputs["tokens"].tolist() == [[3, 5, 6], [3, 0, 0]]
    assert targets.tolist() == [[5, 6, 3], [3, 0, 0]]
    np.testing.assert_array_equal(weights, [[1, 1, 1], [1, 0, 0]])
