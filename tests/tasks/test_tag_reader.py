import pytest

from nlpseq.tasks.tagger import Tagger

SIZES = {"units": 8, "embedding_dim": 8, "min_count": 1, "seed": 1}


@pytest.fixture(scope="module")
def reader(tagged):
    """A tagger that reads forwards, with its first weights."""
    return Tagger.from_dataset(tagged, bidirectional=False, **SIZES)


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_tokens_as_they_come_have_the_labels_of_the_sentence(reader, tagged, size):
    for tokens in [*tagged["tokens"][:3], ["a", "long", "kite"] * 15]:
        state, found = None, []
        for start in range(0, len(tokens), size):
            labels, state = reader.read(tokens[start : start + size], state)
            found += labels
        assert found == reader.predict([tokens])[0]


def test_a_state_is_a_value_and_no_token_changes_nothing(reader):
    _, state = reader.read(["the", "old"])
    first, _ = reader.read(["fox"], state)
    nothing, same = reader.read([], state)
    assert (nothing, same) == ([], state)
    assert reader.read(["fox"], same)[0] == first


def test_a_string_and_a_tagger_that_needs_the_end_are_refused(reader, tagger):
    with pytest.raises(TypeError, match=r"must be a list of tokens\. Received: 'the fox'"):
        reader.read("the fox")
    with pytest.raises(ValueError, match="bidirectional=True"):
        tagger.read(["the"])
    with pytest.raises(ValueError, match="bidirectional=None"):
        Tagger.ensemble([tagger, tagger]).read(["the"])


def test_it_is_saved_and_loaded(reader, tmp_path):
    reader.save_pretrained(tmp_path / "tagger")
    loaded = Tagger.from_pretrained(tmp_path / "tagger")
    assert loaded.read(["the", "old"])[0] == reader.read(["the", "old"])[0]
