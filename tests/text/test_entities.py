import json

import numpy as np
import pytest

from nlpseq.text.entities import entities, join_tokens
from nlpseq.text.words import Token, WordTokenizer


def test_entities_are_those_marked_by_hand():
    text = "In  New\nYork, Ada's dog ran."
    tokens = WordTokenizer(lowercase=True).tokenize_with_offsets(text)
    tags = ["O", "B-LOC", "I-LOC", "O", "B-PER", "O", "O", "O", "O"]
    chances = [0.1, 0.5, 0.75, 0.1, 0.875, 0.1, 0.1, 0.1, 0.1]
    assert entities(text, tokens, tags, chances) == [
        {"entity_group": "LOC", "score": 0.625, "word": "New\nYork", "start": 4, "end": 12},
        {"entity_group": "PER", "score": 0.875, "word": "Ada", "start": 14, "end": 17},
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["B-creative-work", "I-creative-work", "O"], [("creative-work", "a b")]),
        (["B-X", "B-X", "I-Y"], [("X", "a"), ("X", "b"), ("Y", "c")]),
        (["O", "S-X", "S-X"], [("X", "b"), ("X", "c")]),
        (["B-X", "I-X", "E-X"], [("X", "a b c")]),
        (["O", "O", "O"], []),
    ],
)
def test_every_scheme_is_read(tags, expected):
    text, tokens = join_tokens(["a", "b", "c"])
    found = entities(text, tokens, tags)
    assert [(entity["entity_group"], entity["word"]) for entity in found] == expected
    assert {entity["score"] for entity in found} <= {None}


def test_offsets_count_characters_and_not_bytes():
    text = "👩\u200d👧 Zoë"
    (entity,) = entities(text, WordTokenizer().tokenize_with_offsets(text), ["O", "B-PER"])
    assert (entity["start"], entity["end"], entity["word"]) == (4, 7, "Zoë")


def test_joined_tokens_are_where_they_say():
    text, tokens = join_tokens(["New York", "", "."])
    assert text == "New York  ."
    assert tokens == [Token("New York", 0, 8), Token("", 9, 9), Token(".", 10, 11)]
    assert join_tokens([]) == ("", [])
    assert entities(*join_tokens([]), []) == []


def test_numpy_probabilities_give_what_json_can_hold():
    text, tokens = join_tokens(["a"])
    found = entities(text, tokens, ["B-X"], np.array([0.5], np.float32))
    assert json.loads(json.dumps(found))[0]["score"] == 0.5


def test_uneven_tags_and_probabilities_are_refused():
    text, tokens = join_tokens(["a", "b"])
    with pytest.raises(ValueError, match=r"`tags` must have .* each of the 2 tokens\. Received: 1"):
        entities(text, tokens, ["O"])
    with pytest.raises(ValueError, match=r"`probabilities` must have .* 2 tokens\. Received: 3"):
        entities(text, tokens, ["O", "O"], [1, 1, 1])
