import datasets as hf

from nlpseq.cli.inspection_text import inspection_text, lines_text
from nlpseq.datasets.inspection import inspect_splits


def text_of(**columns):
    report = inspect_splits({"train": hf.Dataset.from_dict(columns)})
    return inspection_text({**report, "lines": {}})


def test_lengths_and_labels_are_plotted():
    text = text_of(tokens=[["a", "b"], ["c"]], tags=[["X", "X"], ["Y"]])
    assert "Tokens of a row, train:\n  0          0    0.0%\n  1          1   50.0%  ████" in text
    assert "Labels of tags, train:\n  X          2   66.7%  ████" in text
    assert text.endswith("Nothing is odd.")


def test_of_many_labels_the_most_frequent_are_shown_with_shares_of_all():
    labels = [f"L{number}" for number in range(30)]
    text = text_of(tokens=[labels * 2, ["x"]], tags=[labels * 2, ["L" * 50]])
    assert "  and 11 more, each rarer" in text
    assert "  L0          2    3.3%" in text


def test_both_sides_have_rows_of_their_own():
    text = " ".join(text_of(en=["a dog runs"], de=["ein Hund"]).split())
    assert "en: words of a row, median 3 of 95 in 100 at most 3 at most 3" in text
    assert "de: words of a row, median 2 of 95 in 100 at most 2 at most 2" in text


def test_what_to_look_at_has_its_places():
    text = text_of(en=["a  b", "", "c"], de=["x\u200b", "y", "c"])
    _, _, notes = text.partition("To look at (rows are counted from 0, lines from 1):\n")
    assert notes.split("\n") == [
        "  train: 1 row with identical sides: 2",
        "  train: 1 row en empty: 1",
        "  train, en: two spaces in a row in 1 row, the first 0: 'a  b'",
        "  train, de: zero-width space in 1 row, the first 0: 'x\\u200b'",
    ]


def test_more_lines_than_are_shown_end_in_dots():
    odd = {"a.en": {"not UTF-8": {"lines": 7, "first": [1, 2]}}}
    assert lines_text(odd) == ["a.en: not UTF-8 in 7 lines: 1, 2, ..."]
