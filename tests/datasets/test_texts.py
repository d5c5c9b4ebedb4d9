import datasets as hf
import pytest

from nlpseq.datasets.texts import text_column, texts_of


def rows(**columns):
    return hf.Dataset.from_dict(columns)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"id": ["1"], "text": ["a"]}, "text"),
        ({"sentence": ["a"], "source": ["b"]}, "sentence"),
        ({"stars": [1], "review": ["a"]}, "review"),
        ({"comments": ["x"], "tokens": [["a"]], "upos": [["X"]]}, "tokens"),
        ({"words": [["a"]], "n": [1]}, "words"),
    ],
)
def test_the_text_is_found(columns, expected):
    assert text_column(rows(**columns)) == expected


def test_a_named_column_wins():
    dataset = rows(text=["a"], title=["b"], tokens=[["c", "d"]])
    assert text_column(dataset, "title") == "title"
    assert text_column(dataset, "tokens") == "tokens"


def test_two_choices_are_refused_with_the_argument_to_give():
    with pytest.raises(ValueError, match=r'text=, such as text="en"\. .*can be: en, de'):
        text_column(rows(en=["a"], de=["b"]))


def test_no_text_is_refused():
    with pytest.raises(ValueError, match=r"Name the column .* can be: none"):
        text_column(rows(n=[1]))
    with pytest.raises(ValueError, match=r"No text in a column 'n'\. Columns that can be: a"):
        text_column(rows(n=[1], a=["x"]), "n")


def test_texts_and_tokens_are_read():
    dataset = rows(text=["a b", ""], tokens=[["c", "d"], []])
    assert texts_of(dataset, "text") == ["a b", ""]
    assert texts_of(dataset, "tokens") == ["c d", ""]


@pytest.mark.parametrize("column", [{"text": ["a", None]}, {"text": [["a"], ["b", None]]}])
def test_a_missing_text_is_refused_with_its_row(column):
    with pytest.raises(ValueError, match=r"dataset\[1\]: the text of 'text' is missing"):
        texts_of(rows(**column), "text")
