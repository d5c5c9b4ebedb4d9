import gzip

import pytest

from nlpseq.datasets.line_check import check_lines


def check(tmp_path, content):
    path = tmp_path / "a.conll"
    path.write_bytes(content)
    return {kind: (odd["lines"], odd["first"]) for kind, odd in check_lines(path).items()}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\tO\n\t\nb\tO\n \n\n", {"white space only": (2, [2, 4])}),
        (b"one \ntwo\nthree\t\n", {"white space at the end": (2, [1, 3])}),
        (b"one\r\ntwo\n", {"carriage return": (1, [1])}),
        (b"\xe9t\xe9\n\xc3\xa9t\xc3\xa9\n", {"not UTF-8": (1, [1])}),
        (b"a\tO\nb\nc\tO\td\nd\tO\n", {"1 column": (1, [2]), "3 columns": (1, [3])}),
        (b"# text = a\n1\ta\n2\tb\n\n", {}),
        (b"one sentence\nanother\n", {}),
        (b" \n" * 7, {"white space only": (7, [1, 2, 3, 4, 5])}),
        (b"", {}),
    ],
)
def test_odd_lines_are_counted_with_their_numbers(tmp_path, content, expected):
    assert check(tmp_path, content) == expected
    assert check(tmp_path, gzip.compress(content)) == expected


def test_gzip_that_breaks_off_is_said(tmp_path):
    whole = gzip.compress(bytes(range(65, 91)) + b"\n" + b"x\n" * 10)
    assert list(check(tmp_path, whole[:-6])) == ["damaged gzip"]
    assert list(check(tmp_path, b"\x1f\x8bjunk")) == ["damaged gzip"]
