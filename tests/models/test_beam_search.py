import itertools

import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.coverage_penalty import CoveragePenalty
from nlpseq.decoding.length_penalty import AVERAGE
from nlpseq.models.beam_search import BeamSearch

pytestmark = pytest.mark.backends

BEGIN, END, BANNED = 2, 3, (0, 1, 2)
LENGTHS = [5, 1, 3, 4]
MASK = np.arange(5) < np.array(LENGTHS)[:, None]
LIMIT = 3


def all_outputs():
    """Every output of the tokens 4 to 6 that ends, or has as many tokens as there may be."""
    for length in range(1, LIMIT + 1):
        for tokens in itertools.product((END, 4, 5, 6), repeat=length):
            if END not in tokens[:-1] and (tokens[-1] == END or length == LIMIT):
                yield tokens


def scores_of(model, source, beta):
    """All outputs of one sentence with their scores, best first: by a pass of the model."""
    outputs = list(all_outputs())
    target = np.array([[BEGIN, *tokens, END, END][:LIMIT] for tokens in outputs])
    sources = np.tile(source, (len(outputs), 1))
    memory = model.encoder_layer(sources, mask=np.ones(sources.shape, bool))
    all_logits, all_weights = (
        ops.convert_to_numpy(function(memory, target)).astype("float64")
        for function in (model.decoder_layer, model.decoder_layer.attention_weights)
    )
    scores = {}
    for tokens, logits, weights in zip(outputs, all_logits, all_weights, strict=True):
        logits[:, list(BANNED)] = -np.inf
        log_probs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
        looked_at = weights[: len(tokens)].sum(axis=0)  # and not behind the end
        penalty = beta * np.log(np.minimum(looked_at, 1)).sum()
        total = sum(log_probs[step, token] for step, token in enumerate(tokens))
        scores[tokens] = total / len(tokens) + penalty
    return sorted(scores.items(), key=lambda pair: -pair[1])


@pytest.mark.parametrize("beta", [0.0, 0.4])
def test_a_beam_as_wide_as_the_space_finds_the_best_scores(make_model, source, beta):
    """With the coverage penalty too, by which some outputs that end late overtake others."""
    model = make_model("attention")
    search = BeamSearch(
        model,
        *(BEGIN, END),
        banned_ids=BANNED,
        beam_size=40,
        num_best=4,
        length_penalty=AVERAGE,
        coverage_penalty=CoveragePenalty(beta),
        length_factor=0,
        length_offset=LIMIT,
    )
    found = search.predict_on_batch({"source": source, "source_mask": MASK})
    for row, length in enumerate(LENGTHS):
        expected = scores_of(model, source[row, :length], beta)[:4]
        outputs = zip(found["token_ids"][row], found["lengths"][row], strict=True)
        assert [tuple(ids[:n]) for ids, n in outputs] == [tokens for tokens, _ in expected]
        np.testing.assert_allclose(
            found["scores"][row], [score for _, score in expected], rtol=1e-3, atol=1e-5
        )


def test_phrases_are_included_under_other_conditions_alone_and_in_a_batch(make_model, source):
    model = make_model("attention")
    phrases = np.array([[[5, 6, 5], [4, 0, 0]], [[0] * 3] * 2, [[6, 6, 6], [0] * 3], [[0] * 3] * 2])
    prefixes = np.array([[4, 0], [0, 0], [5, 5], [6, 0]])
    sizes = {"beam_size": 5, "num_best": 5, "length_factor": 0, "length_offset": 3}
    conditions = {"no_repeat_ngram_size": 2, "coverage_penalty": CoveragePenalty(0.2)}
    search = BeamSearch(model, BEGIN, END, banned_ids=BANNED, **sizes, **conditions)
    inputs = {"source": source, "source_mask": MASK, "prefixes": prefixes}
    found = search.predict_on_batch({**inputs, "phrases": phrases})
    free = search.predict_on_batch(inputs)
    many = {name: np.concatenate([x] * 5) for name, x in {**inputs, "phrases": phrases}.items()}
    of_many = search.predict_on_batch(many)  # so many that the batch shrinks
    np.testing.assert_array_equal(of_many["token_ids"], np.concatenate([found["token_ids"]] * 5))
    np.testing.assert_allclose(of_many["scores"], np.tile(found["scores"], (5, 1)), rtol=1e-4)
    for row in range(4):
        outputs = zip(found["token_ids"][row], found["lengths"][row], strict=True)
        texts = ["".join(map(str, ids[:length])) for ids, length in outputs if length]
        assert texts
        wanted = ["".join(map(str, p)).rstrip("0") for p in [*phrases[row], prefixes[row]]]
        assert all(phrase in text for text in texts for phrase in wanted)
        one = {name: x[[row]] for name, x in {**inputs, "phrases": phrases}.items()}
        if phrases[row].any():
            alone = search.predict_on_batch(one)
            count = alone["token_ids"].shape[2]
            assert alone["token_ids"][0].tolist() == found["token_ids"][row, :, :count].tolist()
        else:
            count = free["token_ids"].shape[2]
            assert free["token_ids"][row].tolist() == found["token_ids"][row, :, :count].tolist()


def test_a_coverage_penalty_needs_a_decoder_that_attends(make_model):
    with pytest.raises(ValueError, match=r"needs a decoder that looks .*a state_handoff model"):
        BeamSearch(make_model("state_handoff"), BEGIN, END, coverage_penalty=CoveragePenalty())
