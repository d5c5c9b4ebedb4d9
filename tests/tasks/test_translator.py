import logging

import datasets as hf
import numpy as np
import pytest
import sacrebleu

import nlpseq
from nlpseq.tasks.fine_tuning import begin_with
from nlpseq.tasks.translator import Translator

SMALL = {"units": 4, "embedding_dim": 4, "tokenizer": "words"}


def dataset(pairs):
    features = hf.Features({side: hf.Value("string") for side in ("en", "de")})
    columns = {"en": [en for en, _ in pairs], "de": [de for _, de in pairs]}
    return hf.Dataset.from_dict(columns, features=features)


def arrays(task, data):
    """All arrays of all batches."""
    for inputs, *rest in task.batches(data, batch_tokens=20):
        yield from (*inputs.values(), *rest)


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.backends
def test_a_translator_learns_and_comes_back_from_its_folder_as_it_was(
    translator, saved_translator, pairs
):
    assert translator.translate("the fox runs .") == "der Fuchs läuft."
    found = translator.evaluate(pairs)
    assert found["bleu"] > 50
    loaded = nlpseq.load(saved_translator)
    assert isinstance(loaded, Translator)
    sentences = [*pairs["en"], "the zebra runs", "", "the"]
    assert loaded.predict(sentences) == translator.predict(sentences)
    assert loaded.evaluate(pairs) == found


def test_network_and_vocabulary_are_large_where_there_is_much_to_learn_from(monkeypatch):
    words = [f"w{number}" for number in range(9000)]
    data = dataset([(" ".join(words), "one"), ("w1", "two")])
    small = Translator.from_dataset(data, tokenizer="words")
    assert (small.model.units, small.source_tokenizer.vocab_size) == (256, 4000)
    monkeypatch.setattr("nlpseq.tasks.translator.LARGE", 2)
    large = Translator.from_dataset(data, tokenizer="words")
    assert (large.model.units, large.source_tokenizer.vocab_size) == (512, 8000)
    given = Translator.from_dataset(data, tokenizer="words", vocab_size=50, units=8)
    assert (given.model.units, given.source_tokenizer.vocab_size) == (8, 50)
    with pytest.raises(ValueError, match="vocab_size"):
        Translator.from_dataset(data, tokenizer="words", vocab_size=0)


MIXED = [
    "",
    "the fox runs .",
    "  \t\u200b ",
    "zebra",  # unknown
    "日本語 🎉 é",  # unknown characters
    "the kite flies .",
    "the fox runs and " * 20,
]


def test_translations_keep_their_places(translator):
    found = translator.predict(MIXED)
    assert len(found) == len(MIXED)
    assert (found[0], found[2]) == ("", "")
    assert (found[1], found[5]) == ("der Fuchs läuft.", "der Drachen fliegt.")


@pytest.mark.parametrize("batch_tokens", [1, 12, 4096])
def test_a_sentence_is_translated_the_same_alone_in_a_batch_and_in_any_order(
    translator, batch_tokens
):
    alone = [translator.translate(sentence) for sentence in MIXED]
    assert translator.predict(MIXED, batch_tokens=batch_tokens) == alone
    assert translator.predict(MIXED[::-1], batch_tokens=batch_tokens) == alone[::-1]


def test_a_sentence_of_5000_tokens_is_translated(translator):
    assert translator.translate("the fox runs and " * 1250).startswith("der ")


def test_nothing_to_translate_is_fine(translator):
    assert translator.predict([]) == []
    assert translator.translate(["", " "]) == ["", ""]


def test_one_sentence_and_several_are_told_apart(translator):
    one = translator.translate("the fox runs .")
    assert translator.translate(["the fox runs ."]) == [one]
    with pytest.raises(TypeError, match=r"must be a list\. Received: a string; use `translate`"):
        translator.predict("the fox")


def test_unknown_and_special_tokens_are_never_produced(translator):
    for text in translator.predict(MIXED):
        assert "⁇" not in text
        assert "<" not in text


def test_scores_come_with_their_recipe(translator, pairs):
    found = translator.evaluate(pairs)
    assert found["sentences"] == len(pairs)
    assert "tok:13a" in found["bleu_signature"]
    assert {"chrf", "length_ratio", "perplexity", "chrf_signature"} <= found.keys()


def test_perplexity_is_that_of_each_right_token_after_the_right_ones(translator, pairs):
    losses = []
    for source, target in zip(pairs["en"], pairs["de"], strict=True):
        source_ids = [*translator.source_tokenizer.encode(source), 3]
        target_ids = [*translator.target_tokenizer.encode(target), 3]
        source_ids = np.array([source_ids])
        inputs = {"source": source_ids, "source_mask": source_ids > 0}
        inputs["target"] = np.array([[2, *target_ids[:-1]]])
        logits = translator.model.predict_on_batch(inputs)[0].astype("float64")
        log_probs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
        losses += [-log_probs[i, token] for i, token in enumerate(target_ids)]
    expected = np.exp(np.mean(losses))
    assert translator.evaluate(pairs)["perplexity"] == pytest.approx(expected, rel=1e-4)


def test_scores_do_not_depend_on_the_batches(translator, pairs):
    whole, apart = translator.evaluate(pairs), translator.evaluate(pairs, batch_tokens=5)
    assert apart == {**whole, "perplexity": pytest.approx(whole["perplexity"], rel=1e-5)}


def test_a_column_of_dictionaries_gives_the_same_model_and_scores_as_two_columns(translator, pairs):
    rows = [{"en": row["en"], "de": row["de"]} for row in pairs]
    features = hf.Features({"translation": hf.Translation(languages=["en", "de"])})
    nested = hf.Dataset.from_dict({"translation": rows}, features=features)
    one, other = (
        Translator.from_dataset(data, source="en", target="de", **SMALL) for data in (pairs, nested)
    )
    assert same(one.model.get_weights(), other.model.get_weights())
    assert same(arrays(one, pairs), arrays(other, nested))
    assert translator.evaluate(nested) == translator.evaluate(pairs)


def test_a_beam_knows_more_than_the_best_token(translator, pairs):
    sources, targets = pairs["en"][:], pairs["de"][:]
    greedy, beam = translator.predict(sources), translator.predict(sources, beam_size=4)
    assert beam == [translator.translate(source, beam_size=4) for source in sources]
    assert translator.evaluate(pairs, beam_size=4)["bleu"] == pytest.approx(
        sacrebleu.corpus_bleu(beam, [targets]).score
    )
    assert len(beam) == len(greedy)
    with pytest.raises(ValueError, match=r"`beam_size` must be at least 1.*beam_size=0"):
        translator.predict(["the fox"], beam_size=0)


def test_an_ensemble_of_a_translator_with_itself_is_that_translator(translator, pairs, tmp_path):
    ensemble = Translator.ensemble([translator, translator])
    assert ensemble.predict(MIXED[:6], beam_size=2) == translator.predict(MIXED[:6], beam_size=2)
    expected = translator.evaluate(pairs)
    perplexity = pytest.approx(expected["perplexity"], rel=1e-4)
    assert ensemble.evaluate(pairs) == {**expected, "perplexity": perplexity}
    assert ensemble.describe()["decoder"] == "state_handoff + state_handoff"
    with pytest.raises(ValueError, match="save its members one by one"):
        ensemble.save_pretrained(tmp_path / "run")
    other = Translator.from_dataset(pairs, source="de", **SMALL)
    with pytest.raises(ValueError, match="the same sides"):
        Translator.ensemble([translator, other])


def test_the_sides_may_be_left_out_or_turned_around(pairs):
    assert Translator.from_dataset(pairs, **SMALL).columns == ("en", "de")
    back = Translator.from_dataset(pairs, source="de", **SMALL)
    assert back.columns == ("de", "en")
    assert "fox" in back.target_tokenizer.vocabulary


@pytest.mark.usefixtures("eager_training")
@pytest.mark.parametrize(
    ("decoder", "cell"),  # the shared translator has `state_handoff` and `gru`
    [
        *[("state_handoff", "lstm"), ("repeat_vector", "lstm"), ("repeat_vector", "gru")],
        *[("attention", "lstm"), ("attention", "gru")],
    ],
)
def test_all_decoders_train_and_translate_with_both_cells(pairs, decoder, cell):
    model = Translator.from_dataset(pairs, decoder=decoder, cell=cell, **SMALL)
    before = model.evaluate(pairs)["perplexity"]
    model.fit(pairs, epochs=3, learning_rate=0.02, verbose=0)
    assert model.evaluate(pairs)["perplexity"] < before
    assert [type(text) for text in model.predict(["the fox", ""])] == [str, str]


@pytest.mark.parametrize("tokenizer", ["sentencepiece", "words", "characters"])
def test_every_tokenizer_is_saved_with_the_model(pairs, tokenizer, tmp_path):
    made = Translator.from_dataset(pairs, **{**SMALL, "tokenizer": tokenizer})
    made.save_pretrained(tmp_path / "run")
    loaded = nlpseq.load(tmp_path / "run")
    assert loaded.describe() == made.describe()
    assert same(arrays(loaded, pairs), arrays(made, pairs))
    assert loaded.predict(MIXED[:6]) == made.predict(MIXED[:6])


@pytest.mark.usefixtures("eager_training")
@pytest.mark.parametrize("tokenizer", ["sentencepiece", "words"])
def test_a_joint_vocabulary_is_one_tokenizer_and_one_matrix_wherever_it_goes(
    pairs, tokenizer, tmp_path
):
    settings = {**SMALL, "tokenizer": tokenizer, "joint_vocabulary": True, "vocab_size": 70}
    made = Translator.from_dataset(pairs, **settings)
    made.fit(pairs, epochs=1, verbose=0)
    made.save_pretrained(tmp_path / "run")
    loaded = nlpseq.load(tmp_path / "run")
    new = dataset([("the zebra runs", "das Zebra läuft")])
    for found in (made, loaded, begin_with(Translator, tmp_path / "run", new, {"min_count": 1})):
        assert found.source_tokenizer is found.target_tokenizer
        matrix = found.model.encoder_layer.embedding.matrix
        assert matrix is found.model.decoder_layer.embedding.matrix
        size = found.source_tokenizer.vocab_size
        assert found.describe()["joint vocabulary"] == matrix.shape[0] == size
    assert loaded.predict(MIXED[:6]) == made.predict(MIXED[:6])
    ensemble = Translator.ensemble([made, loaded])
    assert ensemble.describe()["joint vocabulary"] == made.source_tokenizer.vocab_size
    assert ensemble.predict(MIXED[:2]) == made.predict(MIXED[:2])
    with pytest.raises(ValueError, match=r"`joint_vocabulary` is True in .* can't be False"):
        begin_with(Translator, tmp_path / "run", new, {"joint_vocabulary": False})


def test_empty_and_long_pairs_are_left_out_and_counted(pairs, caplog):
    translator = Translator.from_dataset(pairs, max_length=4, **SMALL)
    data = dataset(
        [
            ("the fox runs .", "der Fuchs läuft ."),  # 4 and 4 tokens
            ("the fox runs . .", "der Fuchs läuft ."),
            ("fox", "der Fuchs läuft . ."),
            ("", "Fuchs"),
            ("fox", " "),
            ("fox", "Fuchs"),
        ]
    )
    with caplog.at_level(logging.WARNING, logger="nlpseq"):
        found = list(arrays(translator, data))
    assert same(found, arrays(translator, data.select([0, 5])))
    message = "4 of 6 pairs are left out: a side is empty or has more than 4 tokens"
    assert caplog.messages == [message]


def test_nothing_is_said_where_nothing_is_left_out(translator, pairs, caplog):
    translator.batches(pairs, batch_tokens=20)
    assert caplog.messages == []


def test_an_output_of_fixed_length_has_room_for_the_end(pairs, caplog):
    options = {"decoder": "repeat_vector", "decoder_options": {"max_length": 5}}
    translator = Translator.from_dataset(pairs, **options, **SMALL)
    data = dataset([("fox", "der Fuchs läuft ."), ("fox", "der Fuchs läuft . .")])
    assert translator.batches(data, batch_tokens=20).num_tokens == 5
    assert "1 of 2 pairs are left out" in caplog.text


def test_data_without_a_usable_pair_are_refused(translator):
    data = dataset([("", "Fuchs"), ("fox " * 101, "Fuchs")])
    with pytest.raises(ValueError, match=r"None of 2 pairs .*more than 100 tokens\. Raise `max_l"):
        translator.batches(data, batch_tokens=20)
    with pytest.raises(ValueError, match="no text to learn from"):
        Translator.from_dataset(dataset([]), **SMALL)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"source": "fr"}, ValueError, r"No text 'fr' for source=\. The data set has en, de"),
        ({"source": "en", "target": "en"}, ValueError, r"must differ\. Received: 'en' for both"),
        ({"tokenizer": "bpe"}, ValueError, r"`tokenizer` must be one of sentencepiece.*'bpe'"),
        ({"decoder": "magic"}, ValueError, r"`decoder` must be one of .*decoder='magic'"),
        (
            {"unitz": 8},
            TypeError,
            r"Unknown setting 'unitz'.*Valid settings: source, .*decoder, embedding",
        ),
        ({"source_vocab_size": 8}, TypeError, r"Unknown setting 'source_vocab_size'"),
        ({"max_length": 0}, ValueError, r"`max_length` must be at least 1.*max_length=0"),
        ({"label_smoothing": 1}, ValueError, r"must be in \[0, 1\).*label_smoothing=1"),
        ({"vocab_size": 4}, ValueError, r"`vocab_size` must be more than the 4 .*vocab_size=4"),
        ({"units": 0}, ValueError, r"units=0"),
        ({"dropout": -0.1}, ValueError, r"must be in \[0, 1\)\..*rate=-0\.1"),
        ({"cell": "rnn"}, ValueError, r"`cell` must be one of lstm, gru, simple_rnn.*'rnn'"),
        ({"decoder_options": {"bridge": "x"}}, ValueError, r"one of dense, copy, zero.*'x'"),
        ({"seed": -1}, ValueError, r"`seed` must be 0 or more\. Received: seed=-1"),
    ],
)
def test_wrong_settings_are_named(pairs, settings, error, message):
    with pytest.raises(error, match=message):
        Translator.from_dataset(pairs, **{**SMALL, **settings})


def test_other_sides_than_it_was_made_for_are_named(translator, pairs):
    with pytest.raises(ValueError, match=r"No text 'de' for target=\. The data set has en, fr"):
        translator.evaluate(pairs.rename_column("de", "fr"))


def test_a_translator_is_described(translator):
    found = translator.describe()
    assert (found["from"], found["to"], found["decoder"]) == ("en", "de", "state_handoff")
    assert found["tokenizer"] == "words"


@pytest.mark.usefixtures("eager_training")
def test_segmentations_are_drawn_in_training_alone(pairs, tmp_path):
    sizes = {"vocab_size": 60, "units": 4, "embedding_dim": 4}
    made = Translator.from_dataset(pairs, subword_alpha=0.2, **sizes)
    made.save_pretrained(tmp_path / "run")
    loaded = Translator.from_pretrained(tmp_path / "run")
    assert loaded.subword_alpha == 0.2
    settings = {"batch_tokens": 100, "seed": 0}
    usual = loaded.batches(pairs, **settings)
    assert loaded.batches(pairs, **settings)[0][1].tolist() == usual[0][1].tolist()
    drawn = loaded._training_batches(pairs, **settings)
    assert drawn.padding_share > usual.padding_share
    loaded.fit(pairs, epochs=1, verbose=0)
    with pytest.raises(ValueError, match="`subword_alpha` needs tokenizer="):
        Translator.from_dataset(pairs, tokenizer="words", subword_alpha=0.1, **sizes)
