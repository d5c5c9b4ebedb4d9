import numpy as np
import pytest

from nlpseq.batching.sampled_pairs import SampledPairBatches


def words(count):
    """Sentences of 3 to 8 words; a word is one piece, id 5, or two, ids 6 and 7."""
    rng = np.random.default_rng(0)
    return [np.full(rng.integers(3, 9), 5) for _ in range(count)]


class Splitter:
    """Splits each word with some probability, and remembers what it was asked."""

    def __init__(self, sides, share):
        self.sides, self.share, self.asked = sides, share, []

    def __call__(self, side, rows, seed):
        self.asked.append((side, rows.tolist(), seed))
        rng = np.random.default_rng(seed)
        return [
            np.concatenate([[6, 7] if rng.random() < self.share else [5] for _ in sentence])
            for sentence in (self.sides[side][row] for row in rows)
        ]


@pytest.fixture
def make():
    sides = [words(60), words(60)]

    def make_batches(share=0.3, longest=50, **settings):
        splitter = Splitter(sides, share)
        settings = {"batch_tokens": 64, "shuffle": True, "seed": 3, **settings}
        return SampledPairBatches(*sides, splitter, longest, **settings), splitter

    return make_batches


def whole_words(ids):
    return [len(row[row > 0][:-1]) - int((row == 7).sum()) for row in ids]


def content(batches):
    return [(inputs["source"].tolist(), targets.tolist()) for inputs, targets, _ in batches]


def test_each_epoch_cuts_the_same_sentences_into_other_pieces(make):
    batches, _ = make()
    lengths = sorted(len(ids) for ids in words(60))
    seen = []
    for epoch in (1, 2, 3):
        batches.epoch = epoch
        counts = []
        for (source, targets), index in zip(content(batches), range(99), strict=False):
            real = batches.indices(index) >= 0
            counts += list(np.array(whole_words(np.array(source)))[real])
            assert {*np.ravel(source)} <= {0, 3, 5, 6, 7}
            assert (np.array(targets) == 3).sum(axis=1).tolist() == [1] * len(targets)
        assert sorted(counts) == lengths
        seen.append(content(batches))
    assert seen[0] != seen[1] != seen[2]


def test_shapes_and_number_of_batches_are_the_same_in_all_epochs(make):
    batches, _ = make()
    shapes = set()
    for epoch in range(1, 6):
        batches.epoch = epoch
        assert len(batches) == len(batches._order)
        shapes |= {(*i["source"].shape, t.shape[1]) for i, t, _ in batches}
    assert shapes == {*batches.shapes}


def test_what_is_drawn_follows_from_seed_and_epoch_alone(make):
    one, other = make()[0], make()[0]
    one.epoch = 2
    _ = content(one)
    for batches in (one, other):
        batches.epoch = 5
    late = [one[index] for index in reversed(range(len(one)))][::-1]  # in whatever order
    assert content(late) == content(other)
    assert content(make(seed=4)[0]) != content(make(seed=3)[0])


def test_what_does_not_fit_is_drawn_again_and_the_usual_one_is_the_last_resort(make):
    batches, splitter = make(share=1.0, longest=8)  # all words are split: long ones never fit
    splitter.asked.clear()
    inputs, _, _ = batches[0]
    room = inputs["source"].shape[1] - 1
    for row in inputs["source"]:
        usual = (row == 5).sum()
        assert usual == 0 or 2 * usual > room  # it would not have fit
    asked = [rows for side, rows, _ in splitter.asked if side == 0]
    assert len(asked) == 4
    assert asked[1] == asked[2] == asked[3]
    assert len({seed for side, _, seed in splitter.asked if side == 0}) == 4


def test_nothing_is_longer_than_the_longest(make):
    batches, _ = make(longest=9)
    assert max(max(shape[1:]) for shape in batches.shapes) <= 9 + 1


def test_tokens_and_padding_are_counted_as_they_are_on_average(make):
    batches, _ = make()
    tokens, slots = [], []
    for epoch in range(1, 9):
        batches.epoch = epoch
        tokens.append(sum(weights.sum() for _, _, weights in batches))
        slots.append(sum(i["source"].size + t.size for i, t, _ in batches))
    assert batches.num_tokens == pytest.approx(np.mean(tokens), rel=0.05)
    assert set(slots) == {batches.num_slots}
    assert 0 < batches.padding_share < 0.5
