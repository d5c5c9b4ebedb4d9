"""Every oddity of public corpora by its name, from a file to what a model learns from."""

import pytest

from nlpseq.datasets.load import load_dataset
from nlpseq.datasets.roles import tokens_and_labels
from nlpseq.datasets.sides import pair_texts
from nlpseq.text.tag_schemes import detect_scheme, malformed, read_spans


def words(*lines):
    """Lines of CoNLL-U: number, form and features of each word."""
    fields = (line.split("|", 2) for line in lines)
    return "".join(f"{n}\t{form}\t_\tX\t_\t{feats}\t0\tx\t_\t_\n" for n, form, feats in fields)


# name of the quirk, features of Universal Dependencies: file, tokens and labels
TREEBANKS = {
    "multiword_token_ranges_are_no_words": (
        words("1|I|_", "2-3|don't|_", "2|do|A=1", "3|n't|A=2") + "\n",
        [[("I", "_"), ("do", "A=1"), ("n't", "A=2")]],
    ),
    "empty_nodes_are_no_words": (
        words("0.1|x|_", "1|a|_", "1.1|go|B=1", "2|b|C=1") + "\n",
        [[("a", "_"), ("b", "C=1")]],
    ),
    "a_literal_underscore_is_a_token": (
        words("1|_|_", "2|_|A=1") + "\n",
        [[("_", "_"), ("_", "A=1")]],
    ),
    "no_features_is_a_value": (words("1|a|_") + "\n", [[("a", "_")]]),
    "a_value_may_hold_a_comma": (words("1|a|Case=Acc,Nom") + "\n", [[("a", "Case=Acc,Nom")]]),
    "several_features_stay_whole": (words("1|a|A=x|B=y") + "\n", [[("a", "A=x|B=y")]]),
    "a_name_may_hold_brackets": (
        words("1|a|Number[psor]=Sing") + "\n",
        [[("a", "Number[psor]=Sing")]],
    ),
    "a_form_may_hold_a_space": (words("1|3 500|A=1") + "\n", [[("3 500", "A=1")]]),
    "comments_are_no_words_but_a_hash_may_be_one": (
        "# text = #\n" + words("1|#|A=1") + "\n",
        [[("#", "A=1")]],
    ),
    "no_blank_line_at_the_end": (
        words("1|a|A=1") + "\n" + words("1|b|A=2"),
        [[("a", "A=1")], [("b", "A=2")]],
    ),
    "a_sentence_of_159_words": (
        words(*(f"{n}|w{n}|A={n}" for n in range(1, 160))) + "\n",
        [[(f"w{n}", f"A={n}") for n in range(1, 160)]],
    ),
}

ENTITIES = {
    "a_separator_may_be_a_single_tab": ("a\tO\n\t\nb\tO\n", [[("a", "O")], [("b", "O")]]),
    "a_line_of_one_space_is_a_separator": (
        "a\tO\nx\tO\n \nb\tB-LOC\n",
        [[("a", "O"), ("x", "O")], [("b", "B-LOC")]],
    ),
    "a_type_may_hold_a_hyphen": (
        "Moby\tB-creative-work\nDick\tI-creative-work\n",
        [[("Moby", "B-creative-work"), ("Dick", "I-creative-work")]],
    ),
    "a_form_may_end_in_a_byte_order_mark": (
        "end\ufeff\tO\nb\tO\n",
        [[("end\ufeff", "O"), ("b", "O")]],
    ),
    "a_byte_order_mark_at_the_start_is_none": ("\ufeffa\tO\n", [[("a", "O")]]),
    "a_form_may_be_empty": ("a\tO\n\tO\nb\tB-PER\n", [[("a", "O"), ("", "O"), ("b", "B-PER")]]),
    "two_entities_may_touch": ("@\tB-PER\nada\tB-PER\n", [[("@", "B-PER"), ("ada", "B-PER")]]),
    "a_hash_at_the_start_of_a_line_is_data": (
        "#\tO\n#tag\tO\n# x\tO\n",
        [[("#", "O"), ("#tag", "O"), ("# x", "O")]],
    ),
    "text_need_not_be_nfc": (
        "\u05e9\u05c1\tO\ne\u0301\tO\n\ufb2a\tO\n",
        [[("\u05e9\u05c1", "O"), ("e\u0301", "O"), ("\ufb2a", "O")]],
    ),
    "other_line_separators_are_data": (
        "a\u2028b\tO\nc\x85d\tO\n",
        [[("a\u2028b", "O"), ("c\x85d", "O")]],
    ),
    "windows_line_ends": ("a\tO\r\n\r\nb\tB-LOC\r\n", [[("a", "O")], [("b", "B-LOC")]]),
}


def read(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text.encode())
    return load_dataset(path)


@pytest.mark.parametrize("quirk", TREEBANKS)
def test_treebank(tmp_path, quirk):
    text, expected = TREEBANKS[quirk]
    tokens, feats = tokens_and_labels(read(tmp_path, "a.conllu", text), label="feats")
    assert [list(zip(*row, strict=True)) for row in zip(tokens, feats, strict=True)] == expected


@pytest.mark.parametrize("quirk", ENTITIES)
def test_entities(tmp_path, quirk):
    text, expected = ENTITIES[quirk]
    tokens, tags = tokens_and_labels(read(tmp_path, "a.conll", text))
    assert [list(zip(*row, strict=True)) for row in zip(tokens, tags, strict=True)] == expected
    if any(tag != "O" for row in tags for tag in row):
        assert detect_scheme(tags) == "IOB2"
        assert malformed(tags, "IOB2") == []


def test_types_with_hyphens_and_touching_entities_are_read_as_spans():
    (work,) = read_spans(["B-creative-work", "I-creative-work"])
    assert (work.type, work.start, work.end) == ("creative-work", 0, 2)
    assert len(read_spans(["B-PER", "B-PER"])) == 2


# name of the quirk: file of pairs, sides
PAIRS = {
    "spaces_at_the_ends_are_stripped": ("a b \t c\n", [("a b", "c")]),
    "two_spaces_in_a_row_stay": ("a  b\tc  d\n", [("a  b", "c  d")]),
    "typographic_spaces_stay": (
        "Hey!\tOh\u202f!\u00a0Ah\u2009?\n",
        [("Hey!", "Oh\u202f!\u00a0Ah\u2009?")],
    ),
    "zero_width_spaces_stay": ("on\tsur \u200b\u200bla\n", [("on", "sur \u200b\u200bla")]),
    "one_sentence_may_have_several_translations": (
        "Go.\tVa.\nGo.\tAllez.\n",
        [("Go.", "Va."), ("Go.", "Allez.")],
    ),
    "an_empty_side_drops_no_row": ("a.\t\nb.\tc.\n\td.\n", [("a.", ""), ("b.", "c."), ("", "d.")]),
    "other_line_separators_are_data": (
        "a\u2028b\tc\x85d\ne\tf\n",
        [("a\u2028b", "c\x85d"), ("e", "f")],
    ),
}


@pytest.mark.parametrize("quirk", PAIRS)
def test_pairs(tmp_path, quirk):
    text, expected = PAIRS[quirk]
    _, _, *sides = pair_texts(read(tmp_path, "a.tsv", text))
    assert list(zip(*sides, strict=True)) == expected
    lines = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    for side, name in enumerate(("a.en", "a.fr")):  # the same as two files of one side each
        content = "".join(f"{line[side]}\n" for line in lines)
        (tmp_path / name).write_bytes(content.encode())
    _, _, *sides = pair_texts(load_dataset(tmp_path / "a.en", tmp_path / "a.fr"))
    assert list(zip(*sides, strict=True)) == expected
