import keras
import numpy as np
import pytest

from nlpseq.batching.spellings import Spellings
from nlpseq.batching.tagging import TaggingBatches


@pytest.fixture
def corpus():
    rng = np.random.default_rng(0)
    tokens = [rng.integers(1, 99, size=length).tolist() for length in rng.geometric(0.2, size=60)]
    columns = {"upos": 7, "ner": 3}
    tags = {
        column: [[token % size for token in sentence] for sentence in tokens]
        for column, size in columns.items()
    }
    return tokens, tags


def test_each_row_holds_its_sentence_and_its_tags(corpus):
    tokens, tags = corpus
    batches = TaggingBatches(tokens, tags, batch_tokens=30)
    for i, (inputs, targets, weights) in enumerate(batches):
        assert targets.keys() == weights.keys() == tags.keys()
        for row, example in enumerate(batches.indices(i)):
            if example >= 0:
                mask = inputs["mask"][row]
                assert inputs["tokens"][row][mask].tolist() == tokens[example]
                for column in tags:
                    assert targets[column][row][mask].tolist() == tags[column][example]
                    np.testing.assert_array_equal(weights[column][row], mask)


def test_arrays_have_the_promised_types_and_shapes(corpus):
    batches = TaggingBatches(*corpus, batch_tokens=30)
    for inputs, targets, weights in batches:
        for column in targets:
            arrays = [inputs["tokens"], inputs["mask"], targets[column], weights[column]]
            assert [array.dtype for array in arrays] == [np.int32, np.bool_, np.int32, np.float32]
            assert {array.shape for array in arrays} <= set(batches.shapes)


def test_weights_add_up_to_the_tokens_and_no_row_is_fully_masked(corpus):
    batches = TaggingBatches(*corpus, batch_tokens=30)
    for column in corpus[1]:
        assert sum(weights[column].sum() for *_, weights in batches) == batches.num_tokens
    assert batches.num_tokens == sum(map(len, corpus[0]))
    assert any((batches.indices(i) < 0).any() for i in range(len(batches)))
    assert all(inputs["mask"].any(axis=1).all() for inputs, *_ in batches)


def test_padding_holds_id_0(corpus):
    for inputs, targets, _ in TaggingBatches(*corpus, batch_tokens=30):
        assert not inputs["tokens"][~inputs["mask"]].any()
        assert not any(tags[~inputs["mask"]].any() for tags in targets.values())


def test_without_tags_a_batch_holds_the_same_inputs_only(corpus):
    with_tags, without = TaggingBatches(*corpus), TaggingBatches(corpus[0])
    for (expected, *_), (inputs,) in zip(with_tags, without, strict=True):
        np.testing.assert_array_equal(inputs["tokens"], expected["tokens"])
        np.testing.assert_array_equal(inputs["mask"], expected["mask"])


def spell(words):
    """Code points, padded with 0."""
    width = max(map(len, words))
    return np.array([[ord(c) for c in word.ljust(width, "\0")] for word in words])


@pytest.fixture
def spelt():
    """Sentences of 1 to 8 words, each sentence with words of another length, and their ids."""
    sentences = [[chr(97 + i) * (1 + 7 * i % 23)] * (1 + i % 8) for i in range(26)]
    return sentences, [[ord(word[0]) - 96 for word in sentence] for sentence in sentences]


def test_each_token_has_its_spelling_in_every_batch(spelt):
    sentences, tokens = spelt
    batches = TaggingBatches(tokens, spellings=Spellings(sentences, spell, 24), batch_tokens=8)
    for i, (inputs,) in enumerate(batches):
        for row, example in enumerate(batches.indices(i)):
            table = [*inputs["spellings"], *inputs["short_spellings"]]
            words = [table[i] for i in inputs["spelling_index"][row][inputs["mask"][row]]]
            found = ["".join(map(chr, word[word > 0])) for word in words]
            assert example < 0 or found == sentences[example]


@pytest.mark.parametrize("shuffle", [False, True])
def test_the_first_two_batches_differ_in_every_axis_that_varies(spelt, shuffle):
    """Keras on TensorFlow takes from them which axes vary; the first one always may."""
    sentences, tokens = spelt
    batches = TaggingBatches(
        tokens, spellings=Spellings(sentences, spell, 24), batch_tokens=8, shuffle=shuffle
    )
    shapes = [{name: x.shape[1] for name, x in inputs.items()} for (inputs,) in batches]
    for name in shapes[0].keys() - {"short_spellings"}:  # whose width is fixed
        assert len({shape[name] for shape in shapes}) > 2, name
        assert shapes[0][name] != shapes[1][name], name


@pytest.mark.backends
@pytest.mark.parametrize("num_buckets", [1, 2, 8])
def test_keras_trains_over_batches_with_words_of_different_lengths(spelt, num_buckets):
    sentences, tokens = spelt
    batches = TaggingBatches(
        tokens,
        {"upos": [[token % 2 for token in sentence] for sentence in tokens]},
        Spellings(sentences, spell, 24),
        batch_tokens=8,
        num_buckets=num_buckets,
        shuffle=True,
    )
    inputs = {
        name: keras.Input((None,), dtype="bool" if name == "mask" else "int32", name=name)
        for name in ("tokens", "mask", "spellings", "short_spellings", "spelling_index")
    }
    tables = [inputs["spellings"], inputs["short_spellings"]]
    lengths = keras.ops.concatenate([keras.ops.sum(table > 0, axis=1) for table in tables])
    lengths = keras.ops.cast(keras.ops.take(lengths, inputs["spelling_index"], axis=0), "float32")
    logits = keras.layers.Dense(2, name="upos")(lengths[..., None])
    model = keras.Model(inputs, {"upos": logits})
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = model.fit(batches, validation_data=batches, epochs=2, shuffle=False, verbose=0)
    assert np.isfinite(history.history["loss"]).all()


def test_sentences_that_do_not_fit_their_tags_are_named():
    fitting = [[1], [2, 3]]
    with pytest.raises(ValueError, match=r"2 tokens and 1 tags of 'ner' in sentence 1"):
        TaggingBatches([[1], [2, 3]], {"upos": fitting, "ner": [[1], [2]]})
    with pytest.raises(ValueError, match=r"tags of 'ner' must have.* Received: 2 and 1"):
        TaggingBatches([[1], [2, 3]], {"upos": fitting, "ner": [[1]]})


def test_a_sentence_without_tokens_is_named():
    with pytest.raises(ValueError, match="no token in example 1"):
        TaggingBatches([[1], []], {"upos": [[1], []]})
