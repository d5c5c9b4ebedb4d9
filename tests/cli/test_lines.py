import pytest

from nlpseq.cli.lines import read_lines


def test_lines_lose_their_ends_and_nothing_else(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("one \r\n\n\u2028two\x85\nlast".encode())
    assert list(read_lines(str(path))) == ["one ", "", "\u2028two\x85", "last"]


def test_a_line_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\ncaf\xe9\n")
    with pytest.raises(ValueError, match=r"a\.txt, line 2: not UTF-8"):
        list(read_lines(str(path)))
