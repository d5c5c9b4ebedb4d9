import pytest

from nlpseq.datasets.csv_table import read_csv


def read(tmp_path, text):
    path = tmp_path / "sample.csv"
    path.write_bytes(text.encode())
    return read_csv(path)


def test_header_names_the_columns_and_values_stay_strings(tmp_path):
    text = '\ufeffen,de\r\n"Yes, ""now"".",Ja\r\n\r\n12,\r\n"two\nlines",x\r\n'
    assert list(read(tmp_path, text)) == [
        {"en": 'Yes, "now".', "de": "Ja"},
        {"en": "12", "de": ""},
        {"en": "two\nlines", "de": "x"},
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a,b\n1,2\n1,2,3\n",
            r"csv:3: expected 2 comma-separated values \(a, b\), found 3: '1,2,3'",
        ),
        ('a,b\n"1,2\n', r"sample\.csv:2: not CSV: unexpected end of data"),
        ("a,a\n1,2\n", r"sample\.csv:1: expected different column names, found \['a', 'a'\]"),
    ],
)
def test_broken_files_are_located(tmp_path, text, message):
    with pytest.raises(ValueError, match=message):
        read(tmp_path, text)
