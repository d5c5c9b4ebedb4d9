import json

import pytest

from nlpseq.text.specials import SPECIALS
from nlpseq.text.vocabulary_file import format_vocabulary, parse_vocabulary, read_utf8

# What could break a line, a column, a string in quotes, or a reader that strips.
TROUBLE = [
    *["", " ", "\t", "\n", "\r\n", '"', "\\", "\\n", "\x00", "\u2028", "\x85", "\ufeff", "\xa0x "],
    *["�", "[1, 2]", "null", "#", "Ünïcode", "e\u0301", "👩\u200d👧", "עברית"],
]


def test_any_token_comes_back():
    counts = {token: number for number, token in enumerate(TROUBLE) if number % 3}
    text = format_vocabulary(TROUBLE, counts, SPECIALS)
    assert parse_vocabulary(text, "x") == (TROUBLE, counts, SPECIALS)


def test_a_person_can_read_it():
    text = format_vocabulary(["Straße", "日本", "\xa0"], {"Straße": 3, "日本": 2}, ())
    assert text == (
        '{"nlpseq_vocabulary": 1, "tokens": 3, "specials": []}\n'
        '["Straße", 3]\n["日本", 2]\n["\\u00a0", null]\n'
    )


def test_every_line_is_json_and_visible():
    for line in format_vocabulary(TROUBLE, {}, SPECIALS).splitlines():
        json.loads(line)
        assert line.isprintable()


def test_a_file_saved_with_windows_line_ends_or_without_the_last_one_is_read():
    text = format_vocabulary(["fox", "dog"], {}, ())
    assert parse_vocabulary(text.replace("\n", "\r\n"), "x") == parse_vocabulary(text, "x")
    assert parse_vocabulary(text.rstrip("\n"), "x") == parse_vocabulary(text, "x")


def test_a_file_cut_anywhere_is_refused_with_its_line():
    text = format_vocabulary(["fox", "dog"], {"fox": 12}, SPECIALS)
    for end in range(len(text) - 1):
        with pytest.raises(ValueError, match=r"^cut.jsonl:[123]: "):
            parse_vocabulary(text[:end], "cut.jsonl")


def test_a_missing_token_is_noticed_at_the_line_where_it_should_be():
    text = format_vocabulary(["fox", "dog"], {}, ())
    with pytest.raises(ValueError, match=r"^v:12: the vocabulary ends after 1 of 2 tokens.*cut"):
        parse_vocabulary(text[: text.index('["dog"')], "v", first_line=10)


@pytest.mark.parametrize(
    "line",
    [
        *['"dog"', '["dog"]', '["dog", 1, 2]', "[1, 1]", '["dog", 1.5]', '["dog", -1]'],
        *['["dog", true]', '["dog", "1"]', "dog\t1", "{}", ""],
    ],
)
def test_a_malformed_line_is_shown_with_its_number(line):
    text = format_vocabulary(["fox", "dog"], {}, ()).replace('["dog", null]', line)
    with pytest.raises(ValueError, match=r"^v:3: (expected \[\"token\", count\]|.* ends after 1)"):
        parse_vocabulary(text, "v")


@pytest.mark.parametrize("heading", ["", "fox", "[]", "1", '{"tokens": 1}', '["fox", 1]'])
def test_another_kind_of_file_is_not_taken_for_a_vocabulary(heading):
    with pytest.raises(ValueError, match=r"^v:1: not a vocabulary: expected a heading"):
        parse_vocabulary(heading + '\n["fox", 1]\n', "v")


def test_a_wrong_number_of_tokens_is_refused():
    text = format_vocabulary(["fox", "dog"], {}, ())
    with pytest.raises(ValueError, match=r"^v:3: expected the end after 1 tokens, found more"):
        parse_vocabulary(text.replace('"tokens": 2', '"tokens": 1'), "v")
    with pytest.raises(ValueError, match=r"^v:1: .*number of tokens. Received: -1"):
        parse_vocabulary(text.replace('"tokens": 2', '"tokens": -1'), "v")


def test_a_later_format_is_named():
    text = format_vocabulary([], {}, ()).replace('vocabulary": 1', 'vocabulary": 2')
    with pytest.raises(ValueError, match=r"^v:1: .*format version 2.*newer nlpseq"):
        parse_vocabulary(text, "v")


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path):
    path = tmp_path / "latin1.txt"
    path.write_bytes("ein\nMädchen\n".encode("latin-1"))
    with pytest.raises(ValueError, match=r"latin1\.txt:2: not UTF-8"):
        read_utf8(path)


def test_line_ends_are_not_changed_by_reading(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(b"a\r\nb\rc\n")
    assert read_utf8(path) == "a\r\nb\rc\n"
