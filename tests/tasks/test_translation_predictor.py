import datasets as hf
import numpy as np
import pytest

from nlpseq.tasks.translator import Translator

SENTENCES = ["the fox runs .", "", "the kite flies ."]


def log_probs_of(translator, source, target):
    """Log-probabilities of the target tokens and the end, one sentence, in numpy."""
    source_ids = np.array([[*translator.source_tokenizer.encode(source), 3]])
    answers = [*translator.target_tokenizer.encode(target), 3]
    inputs = {"source": source_ids, "source_mask": source_ids > 0}
    logits = translator.model.predict_on_batch({**inputs, "target": np.array([[2, *answers[:-1]]])})
    logits = logits[0].astype("float64")
    log_probs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return log_probs[np.arange(len(answers)), answers]


def test_given_translations_are_scored_token_by_token(translator, pairs):
    sources = [*pairs["en"], "the zebra runs", ""]
    targets = [*pairs["de"], "der Fuchs Zebra", "der"]
    found = translator.score(sources, targets, batch_tokens=20)
    for source, target, score in zip(sources, targets, found, strict=True):
        expected = log_probs_of(translator, source, target)
        np.testing.assert_allclose(score.token_log_probs, expected, rtol=1e-3, atol=1e-5)
        assert score.log_prob == pytest.approx(expected.sum(), rel=1e-3)
    assert found[-2].tokens == ["der", "Fuchs", "Zebra", "</s>"]
    assert translator.score([""], [""])[0].tokens == ["</s>"]
    assert translator.score([], []) == []


def test_perplexity_is_that_of_the_scores(translator, pairs):
    scores = translator.score(pairs["en"][:], pairs["de"][:])
    mean = sum(s.log_prob for s in scores) / sum(len(s.tokens) for s in scores)
    assert translator.evaluate(pairs)["perplexity"] == pytest.approx(np.exp(-mean), rel=1e-4)


def test_what_cannot_be_scored_is_named(translator, pairs):
    with pytest.raises(ValueError, match=r"Received: 2 sources and 1 targets"):
        translator.score(["a", "b"], ["c"])
    short = Translator.from_dataset(
        pairs,
        tokenizer="words",
        units=4,
        decoder="repeat_vector",
        decoder_options={"max_length": 3},
    )
    with pytest.raises(ValueError, match=r"at most 3 tokens.*Received: 4 in target 1"):
        short.score(["the", "the"], ["der Fuchs", "der Fuchs läuft"])


def test_all_ways_to_translate_agree(translator):
    options = {"beam_size": 3, "length_penalty": "average"}
    best = translator.nbest(SENTENCES, 3, **options)
    assert [[score for _, score in row] for row in best] == [
        sorted((score for _, score in row), reverse=True) for row in best
    ]
    expected = [row[0].text for row in best]
    assert translator.predict(SENTENCES, **options) == expected
    assert translator.translate(SENTENCES, **options) == expected
    assert translator.translate(SENTENCES[0], **options) == expected[0]
    assert list(translator.stream(iter(SENTENCES), read_ahead=1, **options)) == expected


def test_options_reach_the_search(translator):
    text = "the fox runs and the kite flies ."
    assert translator.translate(text, sampling=True, top_k=1) == translator.translate(text)
    short = translator.translate(text, length_factor=0, length_offset=2)
    assert len(translator.target_tokenizer.encode(short)) == 2
    long = translator.translate("the fox runs .", min_length_factor=2)
    assert len(long.replace(".", " .").split()) >= 9  # and the end
    words = translator.translate(text, no_repeat_ngram_size=1).replace(".", "").split()
    assert len(set(words)) == len(words)
    with pytest.raises(ValueError, match="A coverage penalty needs a decoder that looks"):
        translator.translate(text, coverage_penalty=0.2)
    with pytest.raises(TypeError, match=r"Unknown setting 'beam'.*Valid settings: beam_size"):
        translator.translate(text, beam=2)
    with pytest.raises(ValueError, match=r"`num_best` must be at least 1.*num_best=0"):
        translator.nbest([text], 0)


def test_a_data_set_gets_a_column_of_translations(translator, pairs):
    expected = translator.predict(pairs["en"][:])
    found = translator.translate_dataset(pairs)
    assert found.column_names == [*pairs.column_names, "prediction"]
    assert found["prediction"][:] == expected
    nested = [
        {"translation": {"de": de, "en": en}} for en, de in zip(*pairs[:].values(), strict=True)
    ]
    for rows in (hf.Dataset.from_list(nested), hf.Dataset.from_dict({"text": pairs["en"][:]})):
        assert translator.translate_dataset(rows, column="de")["de"][:] == expected
        stream = translator.translate_dataset(rows.to_iterable_dataset(), beam_size=1)
        assert [row["prediction"] for row in stream] == expected


def test_a_data_set_without_the_source_side_is_explained(translator):
    with pytest.raises(
        ValueError, match=r"no text 'en', nor a column 'text'\. The data set has de"
    ):
        translator.translate_dataset(hf.Dataset.from_dict({"de": ["Geh"]}))
