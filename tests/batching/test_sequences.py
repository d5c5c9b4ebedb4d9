import numpy as np
import pytest

from nlpseq.batching.sequences import SequenceBatches

TEXTS = [[5, 6, 7, 8], [], [9], [4, 4]]


def test_every_text_comes_once_with_its_end_its_class_and_weight_1():
    seen = {}
    for inputs, targets, weights in SequenceBatches(TEXTS, [3, 0, 2, 1], batch_tokens=6):
        assert inputs["tokens"].dtype == targets.dtype == np.int32
        for tokens, mask, target, weight in zip(*inputs.values(), targets, weights, strict=True):
            assert not tokens[~mask].any()
            if weight:
                seen[int(target)] = tokens[mask].tolist()
    assert seen == {3: [5, 6, 7, 8, 3], 0: [3], 2: [9, 3], 1: [4, 4, 3]}


def test_fillers_have_weight_0():
    batches = SequenceBatches([[5]] * 5, [0, 1, 2, 3, 4], batch_tokens=4)
    weights = np.concatenate([weights for _, _, weights in batches])
    targets = np.concatenate([targets for _, targets, _ in batches])
    assert sorted(targets[weights > 0].tolist()) == [0, 1, 2, 3, 4]
    assert weights.tolist().count(0.0) == 1


def test_for_prediction_there_are_inputs_alone():
    batches = SequenceBatches(TEXTS, batch_tokens=5, sort=True)
    lengths = batches.in_input_order(inputs["mask"].sum(axis=1) for (inputs,) in batches)
    assert lengths == [5, 1, 2, 3]
    assert batches.num_tokens == 11


def test_values_stay_what_they_are():
    values = [[0.5, 1.0], [2.0, 3.0], [4.0, 5.0], [6.0, 7.5]]
    (_, targets, _), *_ = SequenceBatches(TEXTS, values, num_buckets=1)
    assert targets.dtype == np.float32
    assert targets.tolist() == values


def test_long_texts_are_cut_and_end_too():
    ((inputs,),) = SequenceBatches(TEXTS, max_length=2, num_buckets=1)
    assert inputs["tokens"].tolist() == [[5, 6, 3], [3, 0, 0], [9, 3, 0], [4, 4, 3]]


def test_every_text_needs_a_target():
    with pytest.raises(ValueError, match=r"its target\. Received: 4 texts and 1 targets"):
        SequenceBatches(TEXTS, [1])
