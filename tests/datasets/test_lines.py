import gzip

import pytest

from nlpseq.datasets.lines import read_aligned_lines, read_lines, write_lines, wrong_columns


def test_lines_end_at_line_feeds_only(tmp_path):
    path = tmp_path / "text"
    path.write_bytes("a\u0085b\u2028c\x0bd\r\ne\rf\n\n g ".encode())
    assert read_lines(path) == ["a\u0085b\u2028c\x0bd", "e\rf", "", " g "]


def test_gzip_is_recognised_by_its_content(tmp_path):
    zipped, plain = tmp_path / "zipped.txt", tmp_path / "plain.gz"
    zipped.write_bytes(gzip.compress(b"one\ntwo\n"))
    plain.write_bytes(b"one\ntwo\n")
    assert read_lines(zipped) == read_lines(plain) == ["one", "two"]


def test_byte_order_mark_is_dropped_at_the_start_only(tmp_path):
    path = tmp_path / "text"
    path.write_bytes("\ufeffone\n\ufefftwo\n".encode())
    assert read_lines(path) == ["one", "\ufefftwo"]


def test_text_that_is_not_utf8_is_located(tmp_path):
    path = tmp_path / "latin1.txt"
    path.write_bytes("\ufeffä\nüb".encode() + "er été\n".encode("latin-1"))
    with pytest.raises(
        ValueError, match=r"latin1\.txt:2: not UTF-8 \(byte 0xe9 at column 6\).*iconv"
    ):
        read_lines(path)


@pytest.mark.parametrize("text", ["a\nb\0c", "ab\n"])
def test_zero_bytes_and_utf_16_are_located(tmp_path, text):
    path = tmp_path / "wide.txt"
    path.write_bytes(text.encode() if "\0" in text else text.encode("utf-16-le"))
    line = 2 if "\0" in text else 1
    with pytest.raises(ValueError, match=rf"wide\.txt:{line}: not text \(byte 0x00\).*iconv"):
        read_lines(path)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_empty_file_is_an_error(tmp_path, content):
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    with pytest.raises(
        ValueError, match=r"empty\.txt: the file is empty or holds only blank lines"
    ):
        read_lines(path)


@pytest.mark.parametrize("damage", [lambda raw: raw[:-9], lambda raw: raw[:12] + b"?" + raw[13:]])
def test_damaged_gzip_names_the_file(tmp_path, damage):
    path = tmp_path / "half.gz"
    path.write_bytes(damage(gzip.compress(b"one\ntwo\n" * 9)))
    with pytest.raises(ValueError, match=r"half\.gz: truncated or damaged gzip file"):
        read_lines(path)


def test_aligned_files_have_as_many_lines(tmp_path):
    for name, text in (("a", "1\n\n3\n"), ("b", "one\ntwo\nthree"), ("c", "eins\n")):
        (tmp_path / name).write_text(text)
    a, b, c = (tmp_path / name for name in "abc")
    assert read_aligned_lines([a, b]) == [["1", "", "3"], ["one", "two", "three"]]
    with pytest.raises(ValueError, match=f"as many lines: {a} has 3, {c} has 1, {b} has 3"):
        read_aligned_lines([a, c, b])


def test_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.txt"):
        read_lines(tmp_path / "nowhere.txt")


def test_written_lines_are_gzip_by_name_and_always_the_same_bytes(tmp_path):
    for name in ("a.gz", "b.gz", "c"):
        write_lines(tmp_path / name, ["Ä", "e\rf\u2028", ""])
    written = "Ä\ne\rf\u2028\n\n".encode()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == written
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert (tmp_path / "a.gz").read_bytes()[3:8] == bytes(5)  # no name, no time, RFC 1952
    assert (tmp_path / "c").read_bytes() == written


@pytest.mark.parametrize("name", ["text", "text.gz"])
def test_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, name):
    path = tmp_path / name
    path.write_text("old")

    def lines():
        yield "new"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_lines(path, lines())
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(name, "old")]


def test_long_lines_are_cut_in_the_message():
    message = str(wrong_columns("a.tsv", 3, "x" * 500, 1, "2 columns"))
    assert message == f"a.tsv:3: expected 2 columns, found 1: '{'x' * 80}...'"
