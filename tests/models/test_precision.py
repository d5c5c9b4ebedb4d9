import keras
import numpy as np
import pytest

import nlpseq
from nlpseq.models.precision import in_dtype
from nlpseq.models.tagging import TaggingModel
from nlpseq.tasks.search_options import SearchOptions
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translation_search import make_search
from nlpseq.tasks.translator import Translator


class Model(keras.Model):
    @in_dtype
    def __init__(self, fails=False, dtype=None):
        super().__init__()
        if fails:
            raise RuntimeError("on the way")
        self.dense = keras.layers.Dense(3)


def test_layers_have_the_dtype_that_is_asked_for_and_others_the_global_one(set_dtype_policy):
    assert Model(dtype="mixed_bfloat16").dense.compute_dtype == "bfloat16"
    with pytest.raises(RuntimeError, match="on the way"):
        Model(fails=True, dtype="mixed_bfloat16")
    assert Model().dense.compute_dtype == "float32"
    set_dtype_policy("mixed_bfloat16")
    assert Model().dense.compute_dtype == "bfloat16"
    assert Model(dtype="float32").dense.compute_dtype == "float32"


def test_a_model_keeps_its_dtype_whatever_the_global_one_is(set_dtype_policy):
    sizes = {"characters": "none", "units": 3, "embedding_dim": 4}
    model = TaggingModel(9, {"a": 2}, **sizes, dtype="mixed_bfloat16")
    plain = TaggingModel(9, {"a": 2}, **sizes)
    set_dtype_policy("mixed_bfloat16")
    for one, dtype in ((model, "bfloat16"), (plain, "float32")):
        twin = TaggingModel.from_config(one.get_config())
        assert {layer.compute_dtype for layer in twin.layers[2:]} == {dtype}
        assert {weight.dtype for weight in twin.weights} == {"float32"}


def test_a_translator_learns_in_bfloat16_and_scores_in_float32(pairs, tmp_path):
    sizes = {"tokenizer": "words", "units": 8, "embedding_dim": 8, "decoder": "attention"}
    made = Translator.from_dataset(pairs, dtype="mixed_bfloat16", **sizes)
    before = made.evaluate(pairs)["perplexity"]
    made.fit(pairs, epochs=5, learning_rate=0.02, verbose=0)
    assert made.evaluate(pairs)["perplexity"] < before
    made.save_pretrained(tmp_path / "run")
    loaded = nlpseq.load(tmp_path / "run")
    assert loaded.model.output.dtype == "bfloat16"
    assert loaded.predict(pairs["en"], beam_size=2) == made.predict(pairs["en"], beam_size=2)
    inputs, *_ = made.batches(pairs, batch_tokens=60)[0]
    del inputs["target"]
    for options in ({}, {"beam_size": 2}):
        found = make_search(made.model, SearchOptions(**options)).predict_on_batch(inputs)
        assert found["log_probs"].dtype == np.float32


def test_a_tagger_learns_in_bfloat16(tagged, tmp_path):
    sizes = {"units": 8, "embedding_dim": 8, "character_units": 8, "min_count": 1, "head": "crf"}
    made = Tagger.from_dataset(tagged, dtype="mixed_bfloat16", **sizes)
    losses = made.fit(tagged, epochs=5, learning_rate=0.05, verbose=0).history["loss"]
    assert losses[-1] < losses[0]
    made.save_pretrained(tmp_path / "run")
    loaded = nlpseq.load(tmp_path / "run")
    assert loaded.model.get_layer("recurrent").compute_dtype == "bfloat16"
    assert loaded.predict(tagged["tokens"]) == made.predict(tagged["tokens"])
