import datasets as hf
import numpy as np
import pytest

from nlpseq.tasks.tagging_encoding import encode_sentences, tagging_codec

SETTINGS = {"min_count": 1, "per_feature": True}


@pytest.fixture
def sentences():
    """With a column of spans, and one of features."""
    rows = {
        "tokens": [["Ada", "met", "Bob"], [], ["no", "one"], ["Ada", "Ada"]] * 5,
        "ner": [["B-PER", "O", "B-PER"], [], ["O", "O"], ["B-PER", "I-PER"]] * 5,
        "feats": [["Case=Nom", "_", "Case=Acc"], [], ["_", "A=B|Case=Nom"], ["_", "_"]] * 5,
    }
    return hf.Dataset.from_dict(rows)


def batches(sentences):
    codec = tagging_codec(sentences, "tokens", ["ner", "feats"], **SETTINGS)
    table = encode_sentences(sentences, "tokens", codec)
    return codec, codec.batches_of(table, batch_tokens=12, shuffle=True)


def test_codec_and_batches_are_the_same_from_the_cache(small_cache, sentences, monkeypatch):
    made = [batches(sentences)]
    assert len(list(small_cache.iterdir())) == 2
    monkeypatch.setattr("nlpseq.datasets.encoding.in_workers", None)
    monkeypatch.setattr("nlpseq.tasks.tagging_encoding.tokens_and_columns", None)
    made.append(batches(sentences))
    monkeypatch.undo()  # in memory
    made.append(batches(sentences))
    for codec, found in made[1:]:
        assert codec.has_same_ids(made[0][0])
        for one, other in zip(made[0][1], found, strict=True):
            for arrays, others in zip(one, other, strict=True):
                assert arrays.keys() == others.keys()
                for name in arrays:
                    np.testing.assert_array_equal(arrays[name], others[name])


def test_sentences_without_tokens_are_left_out_and_nothing_else(sentences):
    found = batches(sentences)[1]
    assert sum(int(inputs["mask"].any(axis=1).sum()) for inputs, *_ in found) >= 15
    assert found.num_tokens == 35


def test_a_data_set_without_any_token_is_refused(sentences):
    empty = sentences.filter(lambda row: not row["tokens"])
    with pytest.raises(ValueError, match="Received: 5 sentences, all empty"):
        batches(empty)
