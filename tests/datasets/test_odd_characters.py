import pytest

from nlpseq.datasets.odd_characters import odd_characters


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a\x07b", "control character"),
        ("a\tb", "tab or line end"),
        ("a\u2028b", "line or paragraph separator"),
        ("a\ufeff", "byte order mark"),
        ("a\u200bb", "zero-width space"),
        ("a\u00adb", "soft hyphen"),
        ("a\u200eb", "direction mark"),
        ("a\ufffdb", "replacement character"),
        ("a\ue000b", "private character"),
        ("\u00c3\u00a9t\u00c3\u00a9", "lost encoding"),  # "été" as UTF-8, read as Latin-1
        ("it\u00e2\u20ac\u2122s", "lost encoding"),  # a curly apostrophe, read as Windows-1252
        ("oui\u202f!", "space of another kind"),
        ("a  b", "two spaces in a row"),
        (" a", "space at an edge"),
        ("a ", "space at an edge"),
        ("e\u0301", "not in composed form (NFC)"),
    ],
)
def test_each_kind_is_found_where_it_is(text, kind):
    found = odd_characters([["plain"], ["und", text], [text, text]])
    assert {name: (odd["rows"], odd["first"]) for name, odd in found.items()} == {kind: (2, 1)}
    assert found[kind]["example"] == ascii(text)


@pytest.mark.parametrize(
    "text", ["", "A dog runs.", "Grüße à tous", "你好，世界。", "می‌خواهم", "👩‍👩‍👧", "ÂGE", "Ã"]
)
def test_what_is_usual_in_its_language_is_not_odd(text):
    assert odd_characters([[text]]) == {}


def test_the_example_shows_the_place_in_a_long_text():
    example = odd_characters([["x" * 500 + "\x00" + "y" * 500]])["control character"]["example"]
    assert example == ascii("x" * 20 + "\x00" + "y" * 29)
