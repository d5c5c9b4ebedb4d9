import datasets as hf
import pytest

from nlpseq.datasets.values import text_and_value_columns, values_of


def rows(**columns):
    return hf.Dataset.from_dict(columns)


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (rows(text=["a"], label=[1]), ("text", "label")),
        (rows(review=["a"], score=["4.5"]), ("review", "score")),  # as from CSV
        (rows(id=[3], sentence=["a"], stars=[4.5]), ("sentence", "stars")),
        (rows(tokens=[["a"]], labels=[0.5], weight=[0.1]), ("tokens", "labels")),
    ],
)
def test_text_and_number_are_found(dataset, expected):
    assert text_and_value_columns(dataset) == expected


def test_named_columns_win():
    dataset = rows(text=["a"], title=["b"], label=[1.0], length=[3])
    assert text_and_value_columns(dataset, "title", "length") == ("title", "length")


@pytest.mark.parametrize(
    ("dataset", "named", "message"),
    [
        (rows(text=["a"], x=[0.1], y=[0.2]), {}, r"with label=\. Columns that can be: text, x, y"),
        (rows(text=["a"], n=[3]), {}, r"with label=\. Columns that can be: text, n"),
        (rows(text=["a"], y=[[1]]), {"label": "y"}, r"No numbers in a column 'y'\. .*: text"),
        (rows(text=["a"], y=[0.1]), {"label": "text", "text": "text"}, "text=label='text'"),
        (rows(a=["a"], b=["b"], label=[0.1]), {}, 'with text=, such as text="a"'),
    ],
)
def test_without_one_choice_the_argument_is_named(dataset, named, message):
    with pytest.raises(ValueError, match=message):
        text_and_value_columns(dataset, **named)


def test_numbers_are_read():
    assert values_of(rows(y=[1, -2]), "y") == [1.0, -2.0]
    assert values_of(rows(y=["4.5", " 1e3"]), "y") == [4.5, 1000.0]
    assert values_of(rows(y=[0.5, 2.0]).with_format("numpy"), "y") == [0.5, 2.0]


@pytest.mark.parametrize("wrong", ["", "many", None, "nan", "inf"])
def test_what_is_no_number_is_refused_with_its_row(wrong):
    with pytest.raises(ValueError, match=rf"dataset\[1\]: 'y' must be a number.*: {wrong!r}"):
        values_of(rows(y=["1", wrong]), "y")
