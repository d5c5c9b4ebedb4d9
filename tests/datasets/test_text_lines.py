import gzip

from nlpseq.datasets.load import load_dataset
from nlpseq.datasets.text_lines import read_text


def test_lines_are_rows(tmp_path):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress("Grün \n\nnot so\n".encode()))
    assert read_text(path)["text"][:] == ["Grün ", "", "not so"]


def test_any_file_can_be_read_as_text(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("a\tb\n")
    assert load_dataset(path, format="text")[:] == {"text": ["a\tb"]}
