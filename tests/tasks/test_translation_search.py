import numpy as np
import pytest

from nlpseq.models.attention_reader import AttentionReader
from nlpseq.models.beam_search import BeamSearch
from nlpseq.models.sampling_search import SamplingSearch
from nlpseq.models.search import GreedySearch
from nlpseq.models.seq2seq import Seq2SeqModel
from nlpseq.tasks.search_options import SearchOptions
from nlpseq.tasks.translation_search import TranslationSearch, make_search
from nlpseq.text.tokenizer import TOKENIZERS

SENTENCES = ["the fox runs .", "", "the kite flies .", "does the fox run ?", " ", "the fox"]


@pytest.fixture(scope="module")
def make_fresh(translator):
    tokenizers = translator.source_tokenizer, translator.target_tokenizer
    return lambda: TranslationSearch(translator.model, *tokenizers)


@pytest.fixture(scope="module")
def run(make_fresh):
    """Shared, so that each search is compiled once."""
    return make_fresh()


@pytest.mark.parametrize(
    ("options", "num_best", "kind"),
    [
        ({}, 1, GreedySearch),
        ({"beam_size": 3}, 1, BeamSearch),
        ({}, 2, BeamSearch),
        ({"sampling": True, "top_k": 2}, 1, SamplingSearch),
    ],
)
def test_options_choose_the_search(translator, options, num_best, kind):
    search = make_search(translator.model, SearchOptions(**options), num_best)
    assert type(search) is kind
    assert search.banned_ids == (0, 1, 2)


def test_a_search_is_compiled_once_for_the_same_options(make_fresh):
    run = make_fresh()
    for options in (SearchOptions(), SearchOptions(beam_size=2), SearchOptions()):
        list(run.search(SENTENCES, options))
    assert len(run._searches) == 2


@pytest.mark.parametrize(("read_ahead", "batch_tokens"), [(2, 4096), (100, 1), (100, 16)])
def test_chunks_and_batches_change_no_hypothesis(run, read_ahead, batch_tokens):
    options = SearchOptions(beam_size=3)
    whole = list(run.search(SENTENCES, options, 2))
    assert [len(best) for best in whole] == [2, 1, 2, 2, 1, 2]
    how = {"read_ahead": read_ahead, "batch_tokens": batch_tokens}
    apart = list(run.search(SENTENCES, options, 2, **how))
    for one, other in zip(whole, apart, strict=True):
        assert [text for text, _ in one] == [text for text, _ in other]
        scores = [score for _, score in one]
        assert [score for _, score in other] == pytest.approx(scores, rel=1e-3, abs=1e-5)


def test_a_sample_depends_on_seed_and_number_of_its_sentence_alone(run):
    options = SearchOptions(sampling=True, temperature=3.0)
    first = list(run.search(SENTENCES, options, 3, seed=1))
    again = list(run.search(SENTENCES, options, 3, seed=1, read_ahead=2, batch_tokens=1))
    texts, others = ([[text for text, _ in row] for row in rows] for rows in (first, again))
    assert texts == others
    assert len(set(texts[0])) > 1  # samples of a sentence differ
    other_seed = list(run.search(SENTENCES, options, 3, seed=2))
    assert texts != [[text for text, _ in row] for row in other_seed]


def test_sentences_are_read_as_they_are_needed(run):
    read = []

    def sentences():
        for number in range(100):
            read.append(number)
            yield "the fox"

    found = run.search(sentences(), SearchOptions(), read_ahead=10)
    next(found)
    assert len(read) == 10


def test_prefixes_come_first(run):
    prefixes = iter(["der Drachen", "", "", "der Fuchs", "x", ""])
    found = list(run.search(SENTENCES, SearchOptions(beam_size=2), prefixes=prefixes))
    assert found[0][0].text.startswith("der Drachen")
    assert found[3][0].text.startswith("der Fuchs")
    free = list(run.search(SENTENCES, SearchOptions(beam_size=2)))
    assert found[2][0].text == free[2][0].text
    assert found[0][0].score < free[0][0].score


@pytest.mark.parametrize(
    ("prefixes", "message"),
    [
        (["der", "Zebra"], r"prefix of sentence 1 has a token that .*: 'Zebra'"),
        (["der"], r"one for each sentence\. Received: 1 prefixes, and more of the other"),
        (["der"] * 3, r"one for each sentence\. Received: 2 sentences, and more of the other"),
    ],
)
def test_prefixes_that_cannot_be_are_named(run, prefixes, message):
    with pytest.raises(ValueError, match=message):
        list(run.search(["the fox", "the kite"], SearchOptions(), prefixes=prefixes))


def test_what_must_be_included_is_there_alone_and_in_a_batch(run):
    options = SearchOptions(beam_size=4)
    must_include = [["Drachen", "fliegt"], [], ["schläft", "der Fuchs"], [], ["."], ["und", "?"]]
    found = list(run.search(SENTENCES, options, 2, must_include=must_include))
    free = list(run.search(SENTENCES, options, 2))
    for best, unbound, phrases in zip(found, free, must_include, strict=True):
        for text, _ in best:
            words = run.target_tokenizer.tokenize(text)
            assert set(" ".join(phrases).split()) <= set(words) or text == ""
        if not phrases:
            assert [text for text, _ in best] == [text for text, _ in unbound]
    asked = {"must_include": iter(must_include), "prefixes": ["", "", "der Fuchs", "", "", ""]}
    apart = list(run.search(SENTENCES, options, 2, **asked, batch_tokens=1, read_ahead=3))
    texts, others = ([[text for text, _ in best] for best in rows] for rows in (found, apart))
    assert texts[0] == others[0]
    assert texts[5] == others[5]
    assert others[2][0].startswith("der Fuchs")
    assert "schläft" in others[2][0]


@pytest.mark.parametrize("options", [{}, {"sampling": True}])
def test_what_must_be_included_needs_a_beam(run, options):
    with pytest.raises(ValueError, match=r"`must_include` needs a beam, such as beam_size=10"):
        list(run.search(["the fox"], SearchOptions(**options), must_include=[["der"]]))


def test_what_a_decoder_has_no_room_for_is_named(translator):
    sizes = (translator.source_tokenizer.vocab_size, translator.target_tokenizer.vocab_size)
    model = Seq2SeqModel(*sizes, "repeat_vector", units=4, decoder_options={"max_length": 3})
    run = TranslationSearch(model, translator.source_tokenizer, translator.target_tokenizer)
    asked = {"must_include": [[], ["der Fuchs läuft ."]]}
    with pytest.raises(ValueError, match=r"at most 3 tokens\. Received: 4 .* of sentence 1 must"):
        list(run.search(["the", "fox"], SearchOptions(beam_size=2), **asked))


def test_greedy_scores_are_those_of_a_beam_of_one(run, translator):
    [[(text, score)]] = run.search(["the fox runs ."], SearchOptions())
    ids = translator.target_tokenizer.encode(text)
    source = np.array([[*translator.source_tokenizer.encode("the fox runs ."), 3]])
    beam = BeamSearch(translator.model, 2, 3, beam_size=1, banned_ids=(0, 1, 2))
    found = beam.predict_on_batch({"source": source, "source_mask": source > 0})
    assert found["token_ids"][0, 0, : len(ids)].tolist() == ids.tolist()
    assert score == pytest.approx(float(found["scores"][0, 0]), rel=1e-3)


@pytest.fixture
def make_run(translator):
    """Runs of models with attention, fresh ones, that say nothing but unknown words."""

    def make(tokenizer):
        model = Seq2SeqModel(tokenizer.vocab_size, tokenizer.vocab_size, "attention", units=8)
        model.decoder_layer.embedding.bias.assign(100.0 * (np.arange(tokenizer.vocab_size) == 1))
        return TranslationSearch(model, tokenizer, tokenizer)

    return make


@pytest.mark.parametrize("num_best", [1, 3])
def test_unknown_words_are_copied_from_where_attention_looks_most(make_run, translator, num_best):
    run = make_run(translator.source_tokenizer)
    sentences = ["Ada runs", "", "the Kite flies ."]
    options = SearchOptions(copy_unknown=True, length_factor=1, length_offset=0)
    found = list(run.search(sentences, options, num_best))
    for sentence, (best, *_) in zip(sentences, found, strict=True):
        words = sentence.split()
        if not words:
            assert best.text == ""
            continue
        said = np.array([[2, *[1] * len(words)]])  # after the begin token, one unknown for each
        source = np.array([[*run.source_tokenizer.encode(sentence), 3]])
        inputs = {"source": source, "source_mask": source > 0, "target": said}
        weights = AttentionReader(run.model).predict_on_batch(inputs)[0]
        copied = [words[row[: len(words)].argmax()] for row in weights]
        assert best.text == run.target_tokenizer.detokenize(copied)


def test_only_words_can_be_copied(make_run, translator):
    options = SearchOptions(copy_unknown=True)
    subwords = TOKENIZERS["characters"].train(["abc"], vocab_size=9)
    with pytest.raises(ValueError, match=r"needs tokenizer=\"words\".*with 'characters'"):
        list(make_run(subwords).search(["a"], options))
    tokenizers = translator.source_tokenizer, translator.target_tokenizer
    with pytest.raises(ValueError, match=r"attention"):
        list(TranslationSearch(translator.model, *tokenizers).search(["a"], options))
