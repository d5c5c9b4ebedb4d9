import json
from itertools import islice

import datasets as hf
import pytest

from nlpseq.batching.tagging import TaggingBatches
from nlpseq.tasks.stream_parts import StreamParts


def make(dataset, shapes):
    tokens = [[n] * (1 + n % 3) for n in dataset["n"]]
    return TaggingBatches(tokens, batch_tokens=6, shuffle=True, seed=1, shapes=shapes)


def numbers(first, count, shards):
    rows = hf.Dataset.from_dict({"n": range(first, first + count)})
    return rows.to_iterable_dataset(num_shards=shards)


STREAMS = {
    "one": numbers(1, 50, shards=1),
    "shards": numbers(1, 50, shards=4),
    "mapped": numbers(0, 50, shards=2).map(lambda row: {"n": row["n"] + 1}),
    "generator": hf.IterableDataset.from_generator(lambda: ({"n": n} for n in range(1, 51))),
    "mixed": hf.interleave_datasets(
        [numbers(1, 60, shards=2), numbers(1000, 60, shards=1)],
        probabilities=[0.7, 0.3],
        seed=4,
    ),
}


def first_tokens(batches):
    return [inputs["tokens"][:, 0].tolist() for (inputs,) in batches]


def parts(name, state=None):
    return StreamParts(STREAMS[name], make, rows=20)(state)


@pytest.mark.parametrize("name", STREAMS)
def test_each_part_can_be_come_back_to(name):
    whole = [(state, first_tokens(batches)) for state, batches in islice(parts(name), 8)]
    for number in (0, 2, 3, 5):  # 3 begins a pass, of fifty rows
        state = json.loads(json.dumps(whole[number][0]))
        again = [first_tokens(batches) for _, batches in islice(parts(name, state), 3)]
        assert again == [batches for _, batches in whole[number : number + 3]]


def test_each_pass_has_every_row_once_in_another_order():
    found = [batches for _, batches in islice(parts("shards"), 6)]
    for three in (found[:3], found[3:]):
        rows = [b.indices(i) for b in three for i in range(len(b))]
        assert sum(int((row >= 0).sum()) for row in rows) == 50
    assert first_tokens(found[0]) != first_tokens(found[3])
    assert all(batches.shapes == found[0].shapes for batches in found)


def test_two_data_sets_are_mixed_by_weight():
    tokens = [n for _, b in islice(parts("mixed"), 4) for row in first_tokens(b) for n in row]
    assert 0.15 < sum(n >= 1000 for n in tokens) / len(tokens) < 0.45


def test_a_stream_without_rows_is_no_endless_loop():
    empty = hf.IterableDataset.from_generator(lambda: iter([]))
    with pytest.raises(ValueError, match="The stream has no row"):
        next(StreamParts(empty, make)(None))
