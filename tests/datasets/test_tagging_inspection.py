import json

import datasets as hf

from nlpseq.datasets.tagging_inspection import inspect_tagging


def make(*sentences):
    words = [[word.split("/") for word in sentence.split()] for sentence in sentences]
    columns = {"tokens": 0, "tags": 1}
    return hf.Dataset.from_dict(
        {
            name: [[word[i] for word in sentence] for sentence in words]
            for name, i in columns.items()
        }
    )


TRAIN = make(
    "Ada/B-PER Lovelace/I-PER slept/O",
    "Bob/B-PER slept/O",
    "Bob/B-PER slept/O",
    "",
    "/O fine/O",
    "Oslo/B-LOC is/O in/O Norway/B-LOC ./O",
)
TEST = make("Bob/B-PER slept/O", "in/O Rome/I-LOC is/O Acme/B-ORG")


def test_rows_are_counted_and_placed():
    found = inspect_tagging({"train": TRAIN}, "tokens", ["tags"], max_length=4)["train"]
    assert (found["rows"], found["tokens"], found["blank_tokens"]) == (6, 14, 1)
    places = ("empty_rows", "overlong_rows", "blank_token_rows", "duplicates")
    assert {name: found[name]["first"] for name in places} == {
        "empty_rows": [3],
        "overlong_rows": [5],
        "blank_token_rows": [4],
        "duplicates": [2],
    }
    assert found["labels"]["tags"]["counts"] == {"O": 8, "B-PER": 3, "B-LOC": 2, "I-PER": 1}
    assert "also_in_train" not in found


def test_another_split_is_compared_with_the_first():
    found = inspect_tagging({"a": TRAIN, "b": TEST}, "tokens", ["tags"])["b"]
    assert found["also_in_train"] == {"rows": 1, "first": [0]}
    assert found["unknown_words"]["most"] == ["Rome", "Acme"]
    labels = found["labels"]["tags"]
    assert labels["unseen"]["most"] == ["I-LOC", "B-ORG"]
    assert labels["scheme"] == "IOB2"  # of the first split
    assert labels["malformed"] == {
        "labels": 1,
        "first": [{"row": 1, "token": 1, "tag": "I-LOC", "expected": "B-LOC"}],
    }
    assert json.loads(json.dumps(found)) == found


def test_a_label_that_is_no_span_tag_among_many_that_are_is_named():
    sentences = ["Ada/B-PER slept/O here/O"] * 10
    found = inspect_tagging({"train": make(*sentences, "Bob/b-per")}, "tokens", ["tags"])
    assert found["train"]["labels"]["tags"]["no_span_tags"] == {"b-per": 1}
    words = inspect_tagging({"train": make("I/B the/DET fox/NOUN")}, "tokens", ["tags"])
    assert words["train"]["labels"]["tags"]["no_span_tags"] == {}
