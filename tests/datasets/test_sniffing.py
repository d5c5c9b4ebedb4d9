import pytest

from nlpseq.datasets.load import load_dataset
from nlpseq.datasets.sniffing import sniff_format


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo NNP O\n\nOk UH O\n", "columns"),
        ("Oslo\tNNP\n\nOk\tUH\n", "columns"),
        ("-DOCSTART- -X- O\n" + "\nOslo NNP O\nis VB O\nso UH O\n" * 9, "columns"),
        ("Oslo\n\nOk\n", "text"),
        ("Kites hum.\tIls vibrent.\nTar rusts.\tIl rouille.\n", "pairs"),
        ("Kites hum.\tIls vibrent.\n\nTar rusts.\tIl rouille.\n", "pairs"),
        ("Kites hum.\nTar rusts all day.\n", "text"),
        ("Kites hum.\n\nTar rusts all day.\n", "text"),
        ("Kites hum.\nTar rusts.\n", "text"),  # no blank line between sentences of tokens
    ],
)
def test_the_format_is_told_from_the_lines(tmp_path, text, expected):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert sniff_format(path) == expected
    assert {"columns": "tokens", "pairs": "translation", "text": "text"}[expected] in load_dataset(
        path
    ).column_names


def test_a_line_that_is_cut_short_is_still_found_by_the_reader(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Oslo NNP O\nis VB O\n\n" * 9 + "cut\n")
    assert sniff_format(path) == "columns"
    with pytest.raises(ValueError, match=r"a\.txt:28: expected 3 space-separated columns"):
        load_dataset(path)
