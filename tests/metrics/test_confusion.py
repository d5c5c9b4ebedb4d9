import subprocess
import sys
from itertools import chain

import numpy as np
import pytest
from matplotlib.image import imread
from sklearn import metrics

from nlpseq.metrics.confusion import (
    LabelError,
    confusion_matrix,
    confusion_picture,
    confusion_text,
    frequent_errors,
)

SENTENCES = [["the", "dog", "barks"], ["barks", "end"], ["set"]]
REFERENCE = [["DET", "NOUN", "VERB"], ["VERB", "VERB"], ["NOUN"]]
PREDICTED = [["DET", "NOUN", "NOUN"], ["NOUN", "NOUN"], ["X"]]


def test_the_matrix_is_that_of_sklearn():
    rng = np.random.default_rng(0)
    lengths = rng.integers(0, 9, size=30)
    predicted, reference = (
        [rng.choice(list("cabd"), size=length).tolist() for length in lengths] for _ in range(2)
    )
    labels, matrix = confusion_matrix(predicted, reference)
    assert labels == list("abcd")
    np.testing.assert_array_equal(
        matrix, metrics.confusion_matrix([*chain(*reference)], [*chain(*predicted)])
    )


def test_a_row_is_a_reference_label_and_a_column_a_predicted_one():
    labels, matrix = confusion_matrix(PREDICTED, REFERENCE)
    assert labels == ["DET", "NOUN", "VERB", "X"]
    assert matrix.tolist() == [[1, 0, 0, 0], [0, 1, 0, 1], [0, 3, 0, 0], [0, 0, 0, 0]]


def test_errors_come_with_their_words_the_most_frequent_first():
    errors = frequent_errors(PREDICTED, REFERENCE, SENTENCES)
    assert errors == [
        LabelError("VERB", "NOUN", 3, ("barks", "end")),
        LabelError("NOUN", "X", 1, ("set",)),
    ]
    assert frequent_errors(PREDICTED, REFERENCE, SENTENCES, n=1) == errors[:1]
    assert frequent_errors(PREDICTED, REFERENCE)[0] == LabelError("VERB", "NOUN", 3, ())


def test_no_more_than_five_words_are_named():
    [error] = frequent_errors([["A"] * 9], [["B"] * 9], [list("abcdefggg")])
    assert error == LabelError("B", "A", 9, ("g", "a", "b", "c", "d"))


def test_the_table_is_aligned():
    text = confusion_text(*confusion_matrix(PREDICTED, REFERENCE))
    assert text.splitlines() == [
        "reference  DET  NOUN  VERB  X",
        "DET          1     .     .  .",
        "NOUN         .     1     .  1",
        "VERB         .     3     .  .",
        "X            .     .     .  .",
    ]


def test_a_table_of_many_labels_has_those_with_the_most_errors():
    # A frequent label without errors gives way to rare ones with some.
    matrix = np.array([[1000, 0, 0], [0, 1, 1], [0, 0, 1]])
    assert confusion_text(["A", "B", "C"], matrix, max_labels=2).split()[1:3] == ["B", "C"]
    text = confusion_text(*confusion_matrix(PREDICTED, REFERENCE), max_labels=2)
    assert text.splitlines() == [
        "reference  NOUN  VERB",
        "NOUN          1     .",
        "VERB          3     .",
        "The 2 of 4 labels with the most errors.",
    ]


def test_the_picture_shows_shares_of_the_reference_label(tmp_path):
    # "B" is rare and half wrong, "A" frequent and always right.
    matrix = np.array([[1000, 0], [1, 1]])
    confusion_picture(["A", "B"], matrix, tmp_path / "a.png")
    confusion_picture(["A", "B"], matrix * [[7], [1]], tmp_path / "b.png")
    first, second = imread(tmp_path / "a.png"), imread(tmp_path / "b.png")
    assert first.shape == second.shape
    # Only the count in the field of "A" differs: the colours are the same.
    rows, columns, _ = np.nonzero(first != second)
    assert 0 < np.ptp(rows) < 0.1 * first.shape[0]
    assert 0 < np.ptp(columns) < 0.2 * first.shape[1]


@pytest.mark.parametrize(("count", "written"), [(25, True), (26, False)])
def test_the_picture_names_its_axes_and_few_labels_have_counts(
    tmp_path, monkeypatch, count, written
):
    # With text as text, so that the picture can be searched.
    monkeypatch.setitem(sys.modules["matplotlib"].rcParams, "svg.fonttype", "none")
    labels = [f"PRP${number}$" for number in range(count)]
    confusion_picture(labels, np.eye(count, dtype=int) * 4321, tmp_path / "a.svg")
    svg = (tmp_path / "a.svg").read_text()
    for text in ("reference", "predicted", "PRP$0$", f"PRP${count - 1}$"):
        assert f">{text}</text>" in svg
    assert (">4321</text>" in svg) == written


def test_a_picture_of_many_labels_has_those_with_the_most_errors(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules["matplotlib"].rcParams, "svg.fonttype", "none")
    labels, matrix = confusion_matrix(PREDICTED, REFERENCE)
    confusion_picture(labels, matrix, tmp_path / "a.svg", max_labels=2)
    svg = (tmp_path / "a.svg").read_text()
    assert ">VERB</text>" in svg
    assert ">DET</text>" not in svg
    assert "the 2 of 4 labels with the most errors" in svg


def test_drawing_leaves_pyplot_alone(tmp_path):
    code = (
        "import sys, numpy as np; from nlpseq.metrics.confusion import confusion_picture; "
        "confusion_picture(['A'], np.array([[1]]), sys.argv[1]); "
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "a.png"], check=True)


def test_without_matplotlib_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r"pip install nlpseq\[plots\]"):
        confusion_picture(["A"], np.array([[1]]), tmp_path / "a.png")


def test_no_labels_make_an_empty_matrix(tmp_path):
    labels, matrix = confusion_matrix([[]], [[]])
    assert labels == []
    assert matrix.shape == (0, 0)
    assert confusion_text(labels, matrix) == "reference"
    with pytest.raises(ValueError, match="at least one label"):
        confusion_picture(labels, matrix, tmp_path / "a.png")


def test_sentences_of_different_length_are_named():
    with pytest.raises(ValueError, match="Received: 1 and 2 in sentence 0"):
        confusion_matrix([["A"]], [["A", "A"]])
    with pytest.raises(ValueError, match="2 tokens and 1 labels in sentence 0"):
        frequent_errors([["A"]], [["A"]], [["a", "b"]])
    with pytest.raises(ValueError, match=r"as many sentences\. Received: 0 and 1"):
        frequent_errors([["A"]], [["A"]], [])
