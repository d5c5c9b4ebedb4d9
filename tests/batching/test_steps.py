import pytest

from nlpseq.batching.batches import Batches
from nlpseq.batching.rest import RestOfEpoch
from nlpseq.batching.steps import Steps, passes


class Rows(Batches):
    """Batches that are the indices of their examples."""

    def collate(self, rows, widths, row_weights):
        return (rows,)


def rows(**settings):
    return Rows([1, 2, 2, 5, 5, 9, 9], batch_tokens=10, shuffle=True, seed=3, **settings)


def taken(batches, epochs):
    """The batches of some epochs, as `fit` takes them."""
    found = []
    for _ in range(epochs):
        batches.on_epoch_end()
        found += [batch.tolist() for (batch,) in batches]
    return found


def endless(number):
    """So many batches of pass after pass."""
    batches, found = rows(), []
    while len(found) < number:
        batches.on_epoch_end()
        found += [batch.tolist() for (batch,) in batches]
    return found[:number]


@pytest.mark.parametrize("steps", [2, 3, 4, 5, 11])
def test_epochs_of_so_many_steps_are_passes_cut_in_other_places(steps):
    assert taken(Steps(passes(rows()), steps), epochs=5) == endless(5 * steps)


@pytest.mark.parametrize("steps", [3, 7])
@pytest.mark.parametrize("epoch", [0, 1, 4])
@pytest.mark.parametrize("batch", [0, 1])
def test_what_was_interrupted_goes_on_with_the_batch_that_is_due(steps, epoch, batch):
    first = Steps(passes(rows()), steps)
    taken(first, epoch + 1)  # further than training was
    again = Steps(passes(rows()), steps)
    again.set_state(first.state_at(epoch, batch))
    again.epoch = epoch
    rest = RestOfEpoch(again, batch)
    shown = [rest[index][0].tolist() for index in (0, 1)]
    rest.on_epoch_end()
    found = [b.tolist() for (b,) in rest]
    rest.on_epoch_end()
    again.epoch = epoch + 1
    shown += [again[index][0].tolist() for index in (0, 1)]
    found += taken(again, 2)
    assert found == endless((epoch + 3) * steps)[epoch * steps + batch :]
    for widest, narrowest in (shown[:2], shown[2:]):
        assert (len(widest), len(narrowest)) == (1, 3)


def test_shapes_are_those_of_the_first_part():
    def parts(state):
        yield {}, rows()
        longer = Rows([1, 1, 2, 70], batch_tokens=10, shapes=rows().shapes)
        assert longer.shapes == [*rows().shapes, (1, 96)]
        yield {}, longer

    steps = Steps(parts, len(rows()) + 2)
    assert steps.shapes == rows().shapes
    found = taken(steps, 1)
    assert sorted(map(tuple, found[-2:])) == [(0, 1, 2), (3,)]


def test_an_epoch_has_two_steps_at_least():
    with pytest.raises(ValueError, match=r"`steps_per_epoch` must be at least 2\. Received: 1"):
        Steps(passes(rows()), 1)
