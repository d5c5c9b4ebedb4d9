from itertools import pairwise

import keras
import numpy as np
import pytest

from nlpseq.batching.batches import Batches
from nlpseq.batching.tagging import TaggingBatches


class Rows(Batches):
    """Gives back what `collate` receives."""

    def collate(self, rows, widths, row_weights):
        return rows, widths, row_weights


@pytest.fixture
def lengths():
    return np.random.default_rng(0).geometric(0.1, size=501)


def order_of(batches):
    return [batches.indices(i).tolist() for i in range(len(batches))]


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("rows_multiple", [1, 4])
def test_every_example_is_in_exactly_one_batch(lengths, shuffle, rows_multiple):
    batches = Rows(lengths, batch_tokens=90, shuffle=shuffle, rows_multiple=rows_multiple)
    rows = np.concatenate(order_of(batches))
    assert sorted(rows[rows >= 0]) == list(range(501))


@pytest.mark.parametrize("rows_multiple", [1, 4])
def test_batches_have_the_promised_shapes(lengths, rows_multiple):
    batches = Rows(lengths, batch_tokens=200, num_buckets=5, rows_multiple=rows_multiple)
    shapes = [(len(rows), *widths) for rows, widths, _ in batches]
    assert set(shapes) == set(batches.shapes)
    assert len(batches.shapes) <= 5
    for rows, width in shapes:
        assert rows % rows_multiple == 0
        assert rows * width <= 200 or rows == rows_multiple
    for rows, (width,), _ in batches:
        assert (lengths[rows] <= width).all()


def test_filler_rows_repeat_a_real_row_with_weight_0(lengths):
    batches = Rows(lengths, batch_tokens=90)
    fillers = 0
    for i, (rows, _, weights) in enumerate(batches):
        indices = batches.indices(i)
        np.testing.assert_array_equal(weights, indices >= 0)
        np.testing.assert_array_equal(rows[indices >= 0], indices[indices >= 0])
        assert set(rows[indices < 0]) <= set(indices[indices >= 0])
        fillers += int((indices < 0).sum())
    assert fillers > 0


def test_the_batches_of_a_bucket_are_equally_full():
    # 7 rows of 2 fit into 14 slots: two batches of 4 waste one row, not 6.
    batches = Rows([2] * 8, batch_tokens=14)
    assert batches.shapes == [(4, 2)]
    assert len(batches) == 2


def test_few_examples_make_one_batch_as_large_as_they_are():
    assert Rows([3, 5, 4], batch_tokens=2048).shapes == [(3, 5)]


def test_an_example_longer_than_the_budget_is_a_batch_of_its_own():
    batches = Rows([30, 30, 2, 2], batch_tokens=4)
    assert (1, 30) in batches.shapes
    assert order_of(batches) == [[0], [2, 3], [1]]


def test_order_follows_from_seed_and_epoch(lengths):
    def order(seed, epoch):
        batches = Rows(lengths, batch_tokens=90, shuffle=True, seed=seed)
        batches.epoch = epoch
        return order_of(batches)

    assert order(1, 5) == order(1, 5)
    assert order(1, 5) != order(1, 6)
    assert order(1, 5) != order(2, 5)


def test_the_end_of_an_epoch_leads_to_the_order_of_the_next(lengths):
    one, other = (Rows(lengths, batch_tokens=90, shuffle=True) for _ in range(2))
    one.on_epoch_end()
    other.epoch = 1
    assert one.epoch == 1
    assert order_of(one) == order_of(other)


def test_without_shuffle_all_epochs_keep_the_order_of_the_examples(lengths):
    batches = Rows(lengths, batch_tokens=90)
    before = order_of(batches)
    batches.on_epoch_end()
    assert order_of(batches) == before
    by_width = {}
    for i, (_, widths, _) in enumerate(batches):
        by_width.setdefault(widths, []).extend(row for row in batches.indices(i) if row >= 0)
    assert all(rows == sorted(rows) for rows in by_width.values())


def test_shuffle_mixes_examples_and_batches(lengths):
    batches = Rows(lengths, batch_tokens=90, shuffle=True)
    widths = [width for _, (width,), _ in batches][2:]
    assert sum(a != b for a, b in pairwise(widths)) > 2 * len(batches.shapes)
    assert all(
        rows != sorted(rows) for rows in order_of(batches) if len(rows) > 8 and -1 not in rows
    )


@pytest.mark.parametrize("epoch", range(4))
def test_the_first_two_batches_are_the_widest_and_the_narrowest(lengths, epoch):
    batches = Rows(lengths, batch_tokens=90, shuffle=True)
    batches.epoch = epoch
    widths = [width for _, (width,), _ in batches]
    assert widths[0] == max(widths)
    assert widths[1] == min(widths)


def test_padding_share_counts_padded_slots_and_filler_rows():
    batches = Rows([[3, 4], [2, 2], [3, 3]], batch_tokens=8, num_buckets=1)
    assert batches.shapes == [(2, 3, 4)]  # two batches: 28 slots for 17 tokens
    assert batches.padding_share == pytest.approx(11 / 28)
    assert batches.num_tokens == 9


def test_results_come_back_in_the_order_of_the_examples(lengths):
    batches = Rows(lengths, batch_tokens=90, shuffle=True)
    results = [[f"example {row}" for row in rows] for rows, _, _ in batches]
    assert batches.in_input_order(results) == [f"example {row}" for row in range(501)]


def test_a_missing_result_is_an_error():
    batches = Rows([2, 2, 9], batch_tokens=2)
    with pytest.raises(ValueError, match="shorter"):
        batches.in_input_order([["a"], ["b"]])


def test_examples_without_tokens_are_named():
    with pytest.raises(ValueError, match="no token in example 2"):
        Rows([4, 1, 0])
    with pytest.raises(ValueError, match="at least one example"):
        Rows([])


def test_settings_below_1_are_named():
    with pytest.raises(ValueError, match="batch_tokens=0"):
        Rows([1], batch_tokens=0)
    with pytest.raises(ValueError, match="rows_multiple=0"):
        Rows([1], rows_multiple=0)


def test_a_batcher_without_collate_says_so():
    with pytest.raises(TypeError, match=r"abstract class Batches .* collate"):
        Batches([1])


class TokensSeen(keras.metrics.Sum):
    """Adds up the weights that Keras passes on."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        super().update_state(sample_weight)


@pytest.fixture
def compiled_model():
    ids, mask = (keras.Input((None,), name=name) for name in ("tokens", "mask"))
    model = keras.Model({"tokens": ids, "mask": mask}, {"ones": keras.layers.Embedding(2, 2)(ids)})
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(loss=loss, weighted_metrics=[TokensSeen(name="tokens_seen")])
    return model


@pytest.mark.backends
@pytest.mark.parametrize("shuffle", [True, False])
def test_fit_sees_every_token_once_an_epoch(lengths, shuffle, compiled_model):
    tokens = [[1] * length for length in lengths]
    batches = TaggingBatches(tokens, tags={"ones": tokens}, batch_tokens=90, shuffle=shuffle)
    history = compiled_model.fit(batches, epochs=2, shuffle=False, verbose=0).history
    assert history["tokens_seen"] == [sum(lengths)] * 2


class Recording(TaggingBatches):
    """Notes the examples of each batch that Keras takes, by epoch."""

    def collate(self, rows, *rest):
        vars(self).setdefault("taken", {}).setdefault(self.epoch, []).append(rows.tolist())
        return super().collate(rows, *rest)


@pytest.mark.backends
def test_a_resumed_fit_goes_through_the_orders_of_an_uninterrupted_one(lengths, compiled_model):
    tokens = [[1] * length for length in lengths]
    settings = {"tags": {"ones": tokens}, "batch_tokens": 90, "shuffle": True}
    whole, rest = (Recording(tokens, **settings) for _ in range(2))
    compiled_model.fit(whole, epochs=3, shuffle=False, verbose=0)
    rest.epoch = 2
    compiled_model.fit(rest, initial_epoch=2, epochs=3, shuffle=False, verbose=0)
    assert len(whole.taken[3]) == len(whole)
    assert rest.taken[3] == whole.taken[3]


def test_sorted_batches_hold_every_example_once_and_pad_little(lengths):
    batches = Rows(lengths, batch_tokens=200, sort=True)
    rows = np.concatenate(order_of(batches))
    assert sorted(rows[rows >= 0]) == list(range(501))
    shapes = [(len(rows), *widths) for rows, widths, _ in batches]
    assert set(shapes) == set(batches.shapes)
    assert sum(height * width for height, width in shapes) == batches.num_slots
    assert batches.padding_share == pytest.approx(1 - lengths.sum() / batches.num_slots)
    assert batches.padding_share < 0.15 < Rows(lengths, batch_tokens=200).padding_share
    assert shapes[0][1] == max(width for _, width in shapes)
    assert shapes[1][1] == min(width for _, width in shapes)
    for rows, (width,), _ in batches:
        assert (lengths[rows] <= width).all()


def test_only_one_sequence_an_example_is_sorted():
    with pytest.raises(ValueError, match=r"`sort` needs one sequence an example\. Received: 2"):
        Rows([[3, 4], [5, 6]], sort=True)
