import gzip
import json

import pytest

ENGLISH = ["A dog.", "OK", "A dog.", "", "A cat."]
GERMAN = ["Ein Hund.", "OK", "Ein Hund.", "Leer.", "Eine Katze."]


@pytest.fixture
def dirty(tmp_path):
    """A function that gives the command line but for what follows the data."""
    (tmp_path / "raw.en").write_text("\n".join(ENGLISH) + "\n")
    (tmp_path / "raw.de").write_text("\n".join(GERMAN) + "\n")
    return ["clean", tmp_path / "raw.en", tmp_path / "raw.de", "--output"]


def test_what_is_left_is_written_and_what_is_gone_counted(run, dirty, tmp_path):
    code, out, err = run(*dirty, tmp_path / "new.en", tmp_path / "new.de.gz")
    assert (code, err) == (0, "")
    assert (tmp_path / "new.en").read_text() == "A dog.\nA cat.\n"
    assert gzip.decompress((tmp_path / "new.de.gz").read_bytes()) == b"Ein Hund.\nEine Katze.\n"
    assert out == (
        "empty: 1 of 5 pairs removed\n"
        "too long: 0 of 5 pairs removed\n"
        "unbalanced: 0 of 5 pairs removed\n"
        "identical sides: 1 of 5 pairs removed\n"
        "duplicates: 1 of 5 pairs removed\n"
        f"2 pairs written to {tmp_path / 'new.en'} and {tmp_path / 'new.de.gz'}\n"
    )


def test_one_file_holds_pairs(run, dirty, tmp_path):
    run(*dirty, tmp_path / "a.tsv", "--keep-copies", "--max-length", "1")
    assert (tmp_path / "a.tsv").read_text() == "OK\tOK\n"
    run(*dirty, tmp_path / "a.jsonl", "--source", "de", "--keep-duplicates")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert rows[1] == {"translation": {"de": "Ein Hund.", "en": "A dog."}}
    assert list(rows[1]["translation"]) == ["de", "en"]


def test_tabs_and_line_ends_of_json_become_spaces(run, tmp_path):
    data = tmp_path / "raw.jsonl"
    data.write_text('{"en": "a\\nb c", "de": "d\\te f"}\n')
    assert run("clean", data, "--output", tmp_path / "new.tsv")[0] == 0
    assert (tmp_path / "new.tsv").read_text() == "a b c\td e f\n"


def test_nothing_is_overwritten(assert_error, dirty, tmp_path):
    there = tmp_path / "there.de"
    there.write_text("mine")
    message = f"{there} is there already; nothing is overwritten"
    assert_error([*dirty, tmp_path / "new.en", there], message)
    assert there.read_text() == "mine"
    assert not (tmp_path / "new.en").exists()


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a.en"], "two files for parallel text, or one that ends in .tsv or .jsonl"),
        (["a.en", "a.en"], "--output takes one file, or two different ones"),
        (["a", "b", "c"], "--output takes one file, or two different ones"),
    ],
)
def test_output_that_can_not_be_is_explained(assert_error, dirty, tmp_path, names, message):
    assert_error([*dirty, *(tmp_path / name for name in names)], message)
