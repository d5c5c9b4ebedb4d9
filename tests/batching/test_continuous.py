from itertools import chain

import numpy as np
import pytest

from nlpseq.batching.continuous import ContinuousBatches


def streams(batches):
    """What each row has in all batches of an epoch: tokens read, tokens to say."""
    read = [[] for _ in range(batches.shapes[0][0])]
    said = [[] for _ in read]
    for inputs, targets, weights in (batches[i] for i in range(len(batches))):
        for row, real in enumerate(weights > 0):
            read[row] += inputs["tokens"][row][real].tolist()
            said[row] += targets[row][real].tolist()
    return read, said


@pytest.mark.parametrize(
    ("size", "time_steps", "batch_tokens"),
    [(1, 1, 1), (7, 3, 3), (100, 7, 35), (101, 7, 35), (35, 7, 35), (3, 4, 40), (50, 8, 4)],
)
def test_the_streams_are_the_text_each_token_once(rng, size, time_steps, batch_tokens):
    ids = rng.integers(4, 99, size)
    batches = ContinuousBatches(ids, time_steps, batch_tokens)
    read, said = streams(batches)
    assert [*chain(*said)] == ids.tolist()
    assert [*chain(*read)] == [3, *ids[:-1].tolist()]
    assert batches.num_tokens == size
    slots = sum(targets.size for _, targets, _ in batches)
    assert batches.padding_share == pytest.approx(1 - size / slots)
    lengths = [len(row) for row in said]
    full = [length for length in lengths if length == lengths[0]]
    assert lengths[: len(full)] == full  # all as long, but for the end of the text
    assert sum(length > 0 for length in lengths[len(full) :]) <= 1


def test_every_batch_has_one_shape_and_only_the_first_begins_anew(rng):
    batches = ContinuousBatches(rng.integers(4, 99, 50), 4, 12)
    for index, (inputs, targets, weights) in enumerate(batches):
        assert inputs["tokens"].shape == targets.shape == weights.shape == (3, 4)
        assert inputs["carry"].tolist() == [float(index > 0)] * 3
    assert batches.shapes == [(3, 4)]


def test_padding_is_0_everywhere():
    inputs, targets, weights = ContinuousBatches([5, 6, 7], 2, 4)[0]
    assert inputs["tokens"].tolist() == [[3, 5], [6, 0]]
    assert targets.tolist() == [[5, 6], [7, 0]]
    assert weights.tolist() == [[1, 1], [1, 0]]


def test_epochs_are_all_the_same(rng):
    batches = ContinuousBatches(rng.integers(4, 99, 50), 4, 12)
    before = streams(batches)
    batches.on_epoch_end()
    assert batches.epoch == 1
    assert streams(batches) == before


def test_without_a_budget_one_is_found():
    batches = ContinuousBatches(np.full(100_000, 5), 64)
    assert batches.batch_tokens == 384  # a 300th, up to a multiple of 64
    assert batches.shapes == [(6, 64)]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"ids": []}, "at least one token"),
        ({"time_steps": 0}, "Received: time_steps=0, batch_tokens=4"),
        ({"batch_tokens": 0}, "Received: time_steps=2, batch_tokens=0"),
    ],
)
def test_what_can_not_be_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        ContinuousBatches(**{"ids": [5], "time_steps": 2, "batch_tokens": 4, **settings})
