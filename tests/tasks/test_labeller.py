import itertools

import keras
import numpy as np
import pytest

from nlpseq.models.tagging import TaggingModel
from nlpseq.tasks import labeller
from nlpseq.tasks.labeller import Labeller
from nlpseq.tasks.tagging_codec import TaggingCodec

LABELS = {"pos": 2, "ner": 4}


@pytest.fixture(scope="module")
def made():
    """A labeller of two columns, with a model that was not trained."""
    codec = TaggingCodec.from_examples(
        [["the", "fox", "ran", "far"]],
        {"pos": [["X", "Y", "X", "Y"]], "ner": [["B-A", "I-A", "O", "B-A"]]},
        min_count=1,
        learnt_scheme="BIOES",
    )
    keras.utils.set_random_seed(1)
    model = TaggingModel(
        len(codec.vocabulary),
        {column: len(labels) for column, labels in codec.labels.items()},
        len(codec.characters),
        embedding_dim=4,
        character_units=4,
        units=4,
        head="crf",
        forbidden=codec.forbidden,
    )
    return Labeller(model, codec)


MIXED = ["the fox ran", [], "far", "", ["fox", "far far"], "zebra " * 9]
LENGTHS = [3, 0, 1, 0, 2, 9]


def tags(found):
    return [columns["ner"]["tags"].tolist() for _, columns in found]


def test_every_sentence_comes_back_in_its_place_without_padding(made):
    found = list(made.search(MIXED))
    assert [sentence for sentence, _ in found] == MIXED
    for (_, columns), length in zip(found, LENGTHS, strict=True):
        assert list(columns) == ["pos", "ner"]
        assert [results["tags"].shape for results in columns.values()] == [(length,)] * 2


@pytest.mark.parametrize("batch_tokens", [1, 8, 4096])
@pytest.mark.parametrize("at_once", [1, 2, 4096])
def test_batches_and_reading_ahead_change_nothing(made, monkeypatch, batch_tokens, at_once):
    alone = [tags(made.search([sentence]))[0] for sentence in MIXED]
    monkeypatch.setattr(labeller, "SENTENCES_AT_ONCE", at_once)
    assert tags(made.search(MIXED, batch_tokens)) == alone


def test_only_a_few_sentences_are_read_ahead(made, monkeypatch):
    monkeypatch.setattr(labeller, "SENTENCES_AT_ONCE", 3)
    counter = itertools.count()
    found = made.search(MIXED[next(counter) % len(MIXED)] for _ in itertools.repeat(None))
    for number in range(7):
        sentence, _ = next(found)
        assert sentence == MIXED[number % len(MIXED)]
    assert next(counter) == 9  # and not an endless number of them


def test_probabilities_are_those_of_every_label(made):
    for (_, columns), length in zip(made.search(MIXED, probabilities=True), LENGTHS, strict=True):
        for column, labels in made.codec.labels.items():
            shares = columns[column]["probabilities"]
            assert shares.shape == (length, len(labels))
            np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)


def test_several_sequences_come_with_their_scores(made):
    best = tags(made.search(MIXED))
    for (_, columns), length, one in zip(
        made.search(MIXED, num_best=3), LENGTHS, best, strict=True
    ):
        found = columns["ner"]
        assert found["tags"].shape == ((3, length) if length else (1, 0))
        assert len(found["scores"]) == len(found["tags"])
        assert found["tags"][0].tolist() == one


def test_nothing_is_searched_where_there_is_no_token(made):
    assert tags(made.search(["", []])) == [[], []]
    assert list(made.search([])) == []


def test_the_same_search_is_used_again(made, monkeypatch):
    list(made.search(["fox"]))
    monkeypatch.setattr(labeller, "TagSearch", None)  # no further one may be made
    assert len(tags(made.search(["fox"]))) == 1


def test_a_single_string_is_refused(made):
    with pytest.raises(TypeError, match=r"must be a list\. Received: a string; use `tag`"):
        next(made.search("the fox"))
