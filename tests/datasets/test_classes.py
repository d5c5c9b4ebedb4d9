import datasets as hf
import pytest

from nlpseq.datasets.classes import class_names, classes_of, text_and_class_columns

SENTIMENT = hf.ClassLabel(names=["pos", "neg", "none"])


def rows(features=None, **columns):
    dataset = hf.Dataset.from_dict(columns)
    for name, feature in (features or {}).items():
        dataset = dataset.cast_column(name, feature)
    return dataset


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (rows(text=["a"], label=["x"]), ("text", "label")),
        (rows(label=["x"], review=["a"]), ("review", "label")),  # the other one is the text
        (rows(sentence=["a"], labels=[3], id=[7]), ("sentence", "labels")),
        (rows({"kind": SENTIMENT}, text=["a"], kind=[1], id=[7]), ("text", "kind")),
        (rows({"labels": SENTIMENT}, text=["a"], labels=[1], label=[0.5]), ("text", "labels")),
        (rows(tokens=[["a", "b"]], label=[True], upos=[["X", "Y"]]), ("tokens", "label")),
    ],
)
def test_text_and_label_are_found(dataset, expected):
    assert text_and_class_columns(dataset) == expected


def test_named_columns_win():
    dataset = rows(text=["a"], title=["b"], label=["x"], topic=["y"])
    assert text_and_class_columns(dataset, "title", "topic") == ("title", "topic")
    assert text_and_class_columns(dataset, label="text", text="title") == ("title", "text")


@pytest.mark.parametrize(
    ("dataset", "named", "message"),
    [
        (rows(text=["a"], x=["b"]), {}, r"with label=\. Columns that can be: text, x"),
        (rows(text=["a"], y=[0.5]), {"label": "y"}, "No labels of rows in a column 'y'. .*: text"),
        (rows(n=[[1]]), {}, "with label=. Columns that can be: none"),
        (rows(text=["a"], label=["b"]), {"label": "text", "text": "text"}, "text=label='text'"),
        (rows(label=["a"], en=["b"], de=["c"]), {}, 'with text=, such as text="en"'),
        (
            rows({"a": SENTIMENT, "b": SENTIMENT}, text=["a"], a=[0], b=[0]),
            {},
            "with label=. Columns that can be: text, a, b",
        ),
    ],
)
def test_without_one_choice_the_argument_is_named(dataset, named, message):
    with pytest.raises(ValueError, match=message):
        text_and_class_columns(dataset, **named)


def test_labels_are_read_as_strings():
    assert classes_of(rows(label=["b", "a"]), "label") == ["b", "a"]
    assert classes_of(rows(label=[10, -1]), "label") == ["10", "-1"]
    assert classes_of(rows(label=[True, False]), "label") == ["True", "False"]
    dataset = rows({"label": SENTIMENT}, label=[2, 0])
    assert classes_of(dataset, "label") == ["none", "pos"]
    assert classes_of(dataset.with_format("numpy"), "label") == ["none", "pos"]


def test_all_labels_are_listed():
    assert class_names(rows(label=["b", "a", "b"]), "label") == ["a", "b"]
    assert class_names(rows(label=[10, 9, -1, 9]), "label") == ["-1", "9", "10"]
    assert class_names(rows({"label": SENTIMENT}, label=[2, 0]), "label") == SENTIMENT.names


@pytest.mark.parametrize(
    ("dataset", "received"),
    [
        (rows(label=["a", None]), "missing"),
        (rows(label=["a", ""]), "missing"),
        (rows(label=[0, None]), "missing"),
        (rows({"label": SENTIMENT}, label=[0, None]), "missing"),
        (rows({"label": SENTIMENT}, label=[0, -1]), "-1, which has no name"),
    ],
)
def test_a_missing_label_is_refused_with_its_row(dataset, received):
    with pytest.raises(ValueError, match=rf"dataset\[1\]: the label in 'label' is {received}"):
        classes_of(dataset, "label")
