import functools
import itertools

import numpy as np
import pytest
from keras import ops

from nlpseq.decoding.length_penalty import NO_PENALTY
from nlpseq.models.beam_search import BeamSearch
from nlpseq.models.search import GreedySearch, Search
from nlpseq.models.seq2seq import DECODERS, Seq2SeqModel

pytestmark = pytest.mark.backends

to_numpy = ops.convert_to_numpy
BEGIN, END, BANNED = 2, 3, (0, 1, 2)
LENGTHS = [5, 1, 3, 4]
MASK = np.arange(5) < np.array(LENGTHS)[:, None]

each_decoder = pytest.mark.parametrize("decoder", DECODERS)


def search_for(model, search_class=GreedySearch, **options):
    return search_class(model, BEGIN, END, banned_ids=BANNED, **options)


@pytest.fixture(scope="module")
def shared_search(random_model):
    """The two searches of each decoder, both made and compiled once. Do not change their model."""

    @functools.cache
    def model(decoder):
        settings = {"cell": "lstm", "num_layers": 2, "dropout": 0.9}
        return random_model(np.random.default_rng(0), decoder, **settings)

    @functools.cache
    def search(decoder, search_class=GreedySearch):
        options = {"length_factor": 3, "length_offset": 2}
        if search_class is BeamSearch:
            options |= {"beam_size": 6, "num_best": 3, "length_penalty": NO_PENALTY}
        return search_for(model(decoder), search_class, **options)

    return search


def plain_search(model, sentence, limit):
    """One sentence, one decoder step after the other, in plain Python."""
    mask = np.ones((1, len(sentence)), bool)
    memory = model.encoder_layer(sentence[None], mask=mask)
    state, prepared = model.decoder_layer.start(memory), model.decoder_layer.prepare(memory)
    token, found, log_prob = BEGIN, [], 0.0
    while token != END and len(found) < limit:
        logits, state = model.decoder_layer.step(ops.convert_to_tensor([token]), state, prepared)
        logits = to_numpy(logits)[0].astype("float64")
        logits[list(BANNED)] = -np.inf
        token = int(logits.argmax())
        log_prob += logits[token] - np.log(np.exp(logits).sum())
        found.append(token)
    return found, log_prob


@each_decoder
def test_equals_a_plain_loop_over_single_sentences(shared_search, source, decoder):
    search = shared_search(decoder)
    found = search.predict_on_batch({"source": source, "source_mask": MASK})
    assert found["token_ids"].shape == (4, 3 * 5 + 2)
    for row, length in enumerate(LENGTHS):
        expected, log_prob = plain_search(search.model, source[row, :length], limit=3 * length + 2)
        assert found["token_ids"][row].tolist() == expected + [0] * (17 - len(expected))
        assert found["lengths"][row] == len(expected)
        assert found["log_probs"][row] == pytest.approx(log_prob, rel=1e-4)


@each_decoder
def test_neither_padding_nor_other_rows_change_a_row(shared_search, source, decoder):
    search = shared_search(decoder)
    in_batch = search.predict_on_batch({"source": source, "source_mask": MASK})
    alone = search.predict_on_batch({"source": source[2:3, :3], "source_mask": MASK[2:3, :3]})
    width = alone["token_ids"].shape[1]
    assert in_batch["token_ids"][2, :width].tolist() == alone["token_ids"][0].tolist()
    assert not in_batch["token_ids"][2, width:].any()
    assert in_batch["lengths"][2] == alone["lengths"][0]
    assert in_batch["log_probs"][2] == pytest.approx(alone["log_probs"][0], rel=1e-4)


def test_banned_tokens_are_never_produced(make_model, source):
    model = make_model("state_handoff")
    bias = to_numpy(model.decoder_layer.embedding.bias)
    model.decoder_layer.embedding.bias.assign(bias + 50 * np.isin(np.arange(7), [0, 1, 4]))
    inputs = {"source": source, "source_mask": MASK}
    free = GreedySearch(model, BEGIN, END).predict_on_batch(inputs)
    banned = GreedySearch(model, BEGIN, END, banned_ids=(0, 1, 4)).predict_on_batch(inputs)
    for row in range(4):
        length = free["lengths"][row]
        assert set(free["token_ids"][row, :length]) <= {0, 1, 4}
        length = banned["lengths"][row]
        assert not set(banned["token_ids"][row, :length]) & {0, 1, 4}


@pytest.mark.parametrize(("max_length", "expected"), [(4, [4, 3, 4, 4]), (100, [11, 3, 7, 9])])
def test_outputs_end_at_the_decoder_max_length_or_at_that_of_the_row(
    make_model, source, max_length, expected
):
    model = make_model("repeat_vector", decoder_options={"max_length": max_length})
    kernel, bias = model.decoder_layer.output_layer.get_weights()
    bias[END] = -1e6  # never ends by itself
    model.decoder_layer.output_layer.set_weights([kernel, bias])
    search = search_for(model, length_factor=2, length_offset=1)
    found = search.predict_on_batch({"source": source, "source_mask": MASK})
    assert found["lengths"].tolist() == expected
    assert found["token_ids"].shape == (4, max(expected))


def test_dropout_is_off(shared_search, source):
    search = shared_search("state_handoff")  # 0.9 in training
    inputs = {"source": source, "source_mask": MASK}
    first, second = search.predict_on_batch(inputs), search(inputs)
    np.testing.assert_array_equal(first["token_ids"], to_numpy(second["token_ids"]))


@pytest.mark.parametrize("search_class", [GreedySearch, BeamSearch])
@each_decoder
def test_searches_in_mixed_precision(source, decoder, search_class, set_dtype_policy):
    set_dtype_policy("mixed_float16")
    model = Seq2SeqModel(11, 7, decoder, embedding_dim=3, units=4, cell="lstm")
    search = search_for(model, search_class)
    found = search.predict_on_batch({"source": source, "source_mask": MASK})
    assert found["log_probs"].dtype == np.float32
    assert (found["log_probs"] < 0).all()


@each_decoder
def test_beam_of_one_is_greedy_search(shared_search, source, decoder):
    search, inputs = shared_search(decoder), {"source": source, "source_mask": MASK}
    greedy = search.predict_on_batch(inputs)
    options = {"beam_size": 1, "length_factor": 3, "length_offset": 2}
    beam = search_for(search.model, BeamSearch, **options).predict_on_batch(inputs)
    for name, expected in greedy.items():
        np.testing.assert_allclose(beam[name][:, 0], expected, rtol=1e-5)


def teacher_forced(model, inputs, token_ids, lengths):
    """Log-probabilities of one output a row, by a pass of the model over all of it."""
    target = np.concatenate([np.full((len(token_ids), 1), BEGIN), token_ids[:, :-1]], axis=1)
    logits = to_numpy(model({**inputs, "target": target})).astype("float64")
    logits[:, :, list(BANNED)] = -np.inf
    log_probs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    log_probs = np.take_along_axis(log_probs, token_ids[:, :, None], axis=-1)[:, :, 0]
    return np.where(np.arange(token_ids.shape[1]) < lengths[:, None], log_probs, 0).sum(axis=1)


@pytest.mark.one_backend
@pytest.mark.parametrize("search_class", [GreedySearch, BeamSearch])
@pytest.mark.parametrize("decoder", ["repeat_vector", "input_feeding"])
def test_a_large_batch_which_shrinks_changes_nothing(shared_search, source, decoder, search_class):
    search = shared_search(decoder, search_class)
    few = {"source": source, "source_mask": MASK}
    expected = search.predict_on_batch(few)
    found = search.predict_on_batch({name: np.concatenate([x] * 8) for name, x in few.items()})
    for name, x in expected.items():
        np.testing.assert_allclose(found[name], np.concatenate([x] * 8), rtol=1e-4)


@each_decoder
def test_n_best_have_the_log_probs_that_the_model_gives_them(shared_search, source, decoder):
    search, inputs = shared_search(decoder, BeamSearch), {"source": source, "source_mask": MASK}
    found = search.predict_on_batch(inputs)
    assert all(len(set(map(tuple, row))) == 3 for row in found["token_ids"])
    for n in range(3):
        outputs = found["token_ids"][:, n], found["lengths"][:, n]
        expected = teacher_forced(search.model, inputs, *outputs)
        np.testing.assert_allclose(found["log_probs"][:, n], expected, rtol=1e-4)
    np.testing.assert_array_equal(found["scores"], found["log_probs"])
    assert (np.diff(found["scores"], axis=1) <= 0).all()
    greedy = shared_search(decoder).predict_on_batch(inputs)
    assert (found["scores"][:, 0] >= greedy["log_probs"] - 1e-4).all()


@each_decoder
def test_neither_padding_nor_other_rows_change_the_n_best(shared_search, source, decoder):
    search = shared_search(decoder, BeamSearch)
    in_batch = search.predict_on_batch({"source": source, "source_mask": MASK})
    alone = search.predict_on_batch({"source": source[2:3, :3], "source_mask": MASK[2:3, :3]})
    width = alone["token_ids"].shape[2]
    assert in_batch["token_ids"][2, :, :width].tolist() == alone["token_ids"][0].tolist()
    assert not in_batch["token_ids"][2, :, width:].any()
    assert in_batch["lengths"][2].tolist() == alone["lengths"][0].tolist()
    np.testing.assert_allclose(in_batch["scores"][2], alone["scores"][0], rtol=1e-4)


def test_banned_tokens_are_not_even_last_in_the_n_best(make_model, source):
    model, inputs = make_model("state_handoff"), {"source": source, "source_mask": MASK}
    sizes = {"beam_size": 6, "num_best": 6, "length_factor": 0, "length_offset": 1}
    found = search_for(model, BeamSearch, **sizes).predict_on_batch(inputs)
    assert all(sorted(row) == [0, 0, 3, 4, 5, 6] for row in found["token_ids"][:, :, 0])
    assert (found["lengths"] == [1, 1, 1, 1, 0, 0]).all()


def test_rejects_more_outputs_than_the_beam_holds(make_model):
    with pytest.raises(ValueError, match=r"`num_best` must be from 1.*num_best=6, beam_size=5"):
        search_for(make_model("state_handoff"), BeamSearch, num_best=6)


def test_a_search_must_say_how_it_searches():
    with pytest.raises(TypeError, match=r"abstract class Search .* search"):
        Search(None, begin_id=2, end_id=3)


@pytest.mark.parametrize("search_class", [GreedySearch, BeamSearch])
def test_conditions_hold_for_each_row_and_are_counted(make_model, source, search_class):
    model = make_model("attention")
    prefixes = np.array([[4, 4, 4, 6], [0, 0, 0, 0], [5, 0, 0, 0], [6, 3, 0, 0]])[:, :3]
    prefixes[3, 1] = 0
    inputs = {"source": source, "source_mask": MASK, "prefixes": prefixes}
    search = search_for(
        model, search_class, no_repeat_ngram_size=2, min_length_factor=1.5, length_factor=1.8
    )
    found = search.predict_on_batch(inputs)
    ids = found["token_ids"].reshape(4, 19)
    lengths, log_probs = (found[name].reshape(4) for name in ("lengths", "log_probs"))
    for row, length in enumerate(LENGTHS):
        tokens = ids[row, : lengths[row]].tolist()
        prefix = [token for token in prefixes[row].tolist() if token]
        assert tokens[: len(prefix)] == prefix
        assert int(1.5 * length) <= len(tokens) <= int(1.8 * length) + 10
        pairs = list(itertools.pairwise(tokens))[max(len(prefix) - 1, 0) :]
        assert len(set(pairs)) == len(pairs)
    expected = teacher_forced(model, {"source": source, "source_mask": MASK}, ids, lengths)
    np.testing.assert_allclose(log_probs, expected, rtol=1e-4)


def test_a_prefix_has_room_even_where_the_source_is_short(make_model, source):
    search = search_for(make_model("state_handoff"), length_factor=1, length_offset=0)
    prefixes = np.array([[4, 5, 6, 4, 5, 6]] * 2 + [[5, 0, 0, 0, 0, 0]] * 2)
    inputs = {"source": source, "source_mask": MASK, "prefixes": prefixes}
    found = search.predict_on_batch(inputs)
    assert found["token_ids"].shape == (4, 7)
    assert found["token_ids"][:2, :6].tolist() == prefixes[:2].tolist()
    assert (found["lengths"] <= [7, 7, 3, 4]).all()


@pytest.mark.parametrize("search_class", [GreedySearch, BeamSearch])
def test_neither_padding_nor_other_rows_change_a_row_under_conditions(
    make_model, source, search_class
):
    conditions = {"no_repeat_ngram_size": 2, "min_length_factor": 1.5, "length_factor": 1.8}
    search = search_for(make_model("attention"), search_class, **conditions)
    prefixes = np.array([[4, 4, 6], [0, 0, 0], [5, 0, 0], [6, 0, 0]])
    inputs = {"source": source, "source_mask": MASK, "prefixes": prefixes}
    in_batch = search.predict_on_batch(inputs)
    for width in (3, 4):  # the second shape makes Keras relax the first
        alone = {"source": source[2:3, :width], "source_mask": MASK[2:3, :width]}
        found = search.predict_on_batch({**alone, "prefixes": prefixes[2:3, :2]})
        length = in_batch["lengths"][2].item()
        assert found["lengths"].item() == length
        ids = found["token_ids"].reshape(-1)[:length]
        assert ids.tolist() == in_batch["token_ids"][2].reshape(-1)[:length].tolist()
        log_prob = in_batch["log_probs"][2].item()
        assert found["log_probs"].item() == pytest.approx(log_prob, rel=1e-4)
