import gzip
import json

import pytest

from nlpseq.datasets.jsonl import read_jsonl


@pytest.mark.parametrize(
    "rows",
    [
        [{"tokens": ["Go", "!"], "upos": [3, 1]}, {"tokens": [], "upos": []}],
        [{"translation": {"en": "Go", "de": "Geh"}}, {"translation": {"en": "x\u2028y", "de": ""}}],
        [{"en": "Go", "de": "Geh"}, {"en": "Hi", "de": None}],
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_rows_are_the_objects_of_the_lines(tmp_path, rows, pack):
    path = tmp_path / "sample.jsonl"
    lines = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_bytes(pack(lines.encode()))
    assert list(read_jsonl(path)) == rows


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_of_objects_is_fine_too(tmp_path, indent):
    path = tmp_path / "sample.json"
    rows = [{"en": "Go", "de": "Geh"}, {"en": "x", "de": None}]
    path.write_text(json.dumps(rows, indent=indent))
    assert list(read_jsonl(path)) == rows


def test_languages_keep_their_order(tmp_path):
    path = tmp_path / "sample.jsonl"
    path.write_text('{"translation": {"fr": "Va", "en": "Go"}}\n')
    assert list(read_jsonl(path).features["translation"]) == ["fr", "en"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1}\n{"a": 1', r"bad\.jsonl:2: not JSON \(.* at column \d+\): '\{\"a\": 1'\. Write"),
        ('["a"]\n["b"]', r"bad\.jsonl:2: not JSON \(Extra data at column 1\)\. Write one object"),
        ('[{"a": 1},\n{"a" 2}]', r"bad\.jsonl:2: not JSON \(Expecting ':' delimiter at column 6\)"),
        ('[{"a": 1}, [2]]', r"bad\.jsonl: object 2: expected a JSON object, found '\[2\]'"),
        ('[{"a": 1}, {"b": 1}]', r"bad\.jsonl: object 2: expected the keys of the first line, a;"),
        ("[]", r"bad\.jsonl:1: the array holds no object"),
        ('"a"', r"bad\.jsonl:1: expected a JSON object, found"),
        ("[" * 100_000, r"bad\.jsonl:1: not JSON \(nested too deep\)"),
        ('{"a": 1}\n{"a": ' + "9" * 5000 + "}", r"bad\.jsonl:2: not JSON \(Exceeds the limit"),
        ('{"a": 1}\n{"a": ' + "9" * 50 + "}", r"bad\.jsonl:2: a key must hold values of the same"),
        ('{"a": "b"}\n{"a": "\\ud800"}', r"bad\.jsonl:2: a key must hold values of the same kind"),
        ('{"a": 1, "b": 2}\n\n{"a": 1, "c": 2}', r"bad\.jsonl:3: .* first line, a, b; found a, c"),
        ('{"a": 1}\n{"a": "x"}', r"bad\.jsonl:2: a key must hold values of the same kind.*'x'"),
        ('{"a": "x"}\n' * 9 + '\n{"a": 7}\n{"a": "x"}', r"bad\.jsonl:11: a key must hold values"),
        ('{"a": [1]}\n{"a": 2}', r"bad\.jsonl:2: a key must hold values of the same kind"),
    ],
)
def test_broken_files_are_located(tmp_path, text, message):
    path = tmp_path / "bad.jsonl"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read_jsonl(path)
