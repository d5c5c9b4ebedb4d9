import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.banks import best_of_banks

pytestmark = pytest.mark.backends

BEAM, VOCAB = 4, 6


def taken_in_turns(log_probs, step_log_probs, bank_of):
    """One row: extensions `(log-probability, parent, token)`, one bank after the other."""
    banks = {}
    for parent in range(BEAM):
        for token in range(VOCAB):
            total = log_probs[parent] + step_log_probs[parent, token]
            if np.isfinite(total):
                extension = (total, parent, token)
                banks.setdefault(bank_of(parent, token), []).append(extension)
    taken = []
    for turn in range(BEAM * VOCAB):
        for bank in sorted(banks, reverse=True):
            taken += sorted(banks[bank], reverse=True)[turn : turn + 1]
    return taken[:BEAM]


def found_for(*arrays):
    return [ops.convert_to_numpy(x) for x in best_of_banks(*arrays)]


@pytest.mark.parametrize("alive", [BEAM, 1])
def test_banks_take_their_best_in_turns(rng, alive):
    rows = 20
    log_probs = rng.normal(size=(rows, BEAM)).astype("float32")
    log_probs[:, alive:] = -np.inf
    step = rng.normal(size=(rows, BEAM, VOCAB)).astype("float32")
    step[rng.random(step.shape) < 0.2] = -np.inf
    token_ids = rng.integers(0, VOCAB, size=(rows, BEAM, 3))  # some twice or thrice
    bank_of = rng.integers(0, 5, size=(rows, BEAM, VOCAB))
    banks = np.take_along_axis(bank_of, token_ids, axis=-1)
    others = rng.integers(0, 5, size=(rows, BEAM))
    found = found_for(log_probs, step, token_ids, banks, others)
    for row in range(rows):

        def bank(parent, token, row=row):
            changes = token in token_ids[row, parent]
            return (bank_of[row] if changes else others[row, :, None] + 0 * bank_of[row])[
                parent, token
            ]

        expected = taken_in_turns(log_probs[row], step[row], bank)
        one = zip(*(x[row] for x in found), strict=True)
        one = [extension for extension in one if np.isfinite(extension[0])]
        assert [tuple(map(int, e[1:])) for e in one] == [e[1:] for e in expected]
        np.testing.assert_allclose([e[0] for e in one], [e[0] for e in expected], rtol=1e-5)


def test_with_one_bank_the_most_probable_extensions_are_taken(rng):
    log_probs = rng.normal(size=(3, BEAM)).astype("float32")
    step = rng.normal(size=(3, BEAM, VOCAB)).astype("float32")
    nothing = np.zeros((3, BEAM, 2), int)
    found, parents, tokens = found_for(log_probs, step, nothing, nothing, nothing[:, :, 0])
    extended = (log_probs[:, :, None] + step).reshape(3, -1)
    places = np.argsort(-extended, axis=1)[:, :BEAM]
    np.testing.assert_allclose(found, np.take_along_axis(extended, places, axis=1), rtol=1e-5)
    assert (parents * VOCAB + tokens).tolist() == places.tolist()
