import itertools

import pytest

from nlpseq.datasets.columns import column_lines, read_columns, write_columns
from nlpseq.datasets.load import load_dataset


def read(tmp_path, text, **options):
    path = tmp_path / "sample.conll"
    path.write_bytes(text.encode())
    dataset = read_columns(path, **options)
    return dataset["tokens"][:], dataset[dataset.column_names[-1]][:]


def test_blank_lines_end_sentences_and_repeat_harmlessly(tmp_path):
    text = "\nAda\tB-PER\nslept\tO\n\n\nGo\tO"
    assert read(tmp_path, text) == ([["Ada", "slept"], ["Go"]], [["B-PER", "O"], ["O"]])


def test_separator_may_hold_a_single_tab(tmp_path):
    assert read(tmp_path, "a\tO\n\t\nb\tO\n") == ([["a"], ["b"]], [["O"], ["O"]])


def test_line_with_a_single_space_ends_the_sentence(tmp_path):
    text = "a\tO\n \n\tO\nb\tB-LOC\n\n"
    assert read(tmp_path, text) == ([["a"], ["", "b"]], [["O"], ["O", "B-LOC"]])


def test_form_may_be_empty(tmp_path):
    text = "RT\tO\n\tO\n@\tB-PER\nada\tB-PER\n"
    assert read(tmp_path, text) == ([["RT", "", "@", "ada"]], [["O", "O", "B-PER", "B-PER"]])


def test_hash_at_the_start_of_a_line_is_a_token(tmp_path):
    assert read(tmp_path, "#\tO\n# tag\tO\n") == ([["#", "# tag"]], [["O", "O"]])


def test_type_with_a_hyphen_stays_whole(tmp_path):
    assert read(tmp_path, "Hamlet\tB-creative-work\n")[1] == [["B-creative-work"]]


def test_forms_keep_their_characters(tmp_path):
    forms = ["end\ufeff", "e\u0301", "3 500", "a\u00a0b", "x\u2028y", "\u05e9\u05c1"]
    text = "\ufeff" + "".join(f"{form}\tO\n" for form in forms)
    assert read(tmp_path, text)[0] == [forms]


def test_windows_line_ends_and_trailing_spaces_are_no_part_of_a_label(tmp_path):
    assert read(tmp_path, "a\tO\r\nb\tB-X \r\n\r\n") == ([["a", "b"]], [["O", "B-X"]])


def test_a_first_line_without_its_tab_does_not_make_spaces_the_separators(tmp_path):
    with pytest.raises(ValueError, match=r"conll:1: expected a token and its labels, found 1"):
        read(tmp_path, "3 500_NUM\na b\tO\nc\tO\n")


CONLL_2003 = """\
-DOCSTART- -X- -X- O

Oslo NNP B-NP B-ORG
said VBD  B-VP\tO

-DOCSTART- -X- -X- O

Ok UH O O
"""


def test_space_separated_columns_give_first_and_last(tmp_path):
    assert read(tmp_path, CONLL_2003) == ([["Oslo", "said"], ["Ok"]], [["B-ORG", "O"], ["O"]])


@pytest.mark.parametrize("columns", [("tokens", "pos", None, "ner"), ["tokens", "pos", "_", "ner"]])
def test_columns_are_named_or_skipped(tmp_path, columns):
    path = tmp_path / "sample.conll"
    path.write_text(CONLL_2003)
    assert read_columns(path, columns)[:] == {
        "tokens": [["Oslo", "said"], ["Ok"]],
        "pos": [["NNP", "VBD"], ["UH"]],
        "ner": [["B-ORG", "O"], ["O"]],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tO\nb\n", r"sample\.conll:2: expected 2 tab-separated columns, found 1: 'b'"),
        (
            "a O\n\nb x O\n",
            r"sample\.conll:3: expected 2 space-separated columns, found 3: 'b x O'",
        ),
        ("a\n", r"sample\.conll:1: expected a token and its labels, found 1 column"),
        ("a\tO\nb\t\n", r"sample\.conll:2: the column 'tags' is empty"),
        ("-DOCSTART- O\n", r"sample\.conll: the file holds no token"),
    ],
)
def test_broken_files_are_located(tmp_path, text, message):
    with pytest.raises(ValueError, match=message):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (("tokens", "pos", "ner"), r"sample\.conll:1: `columns` names 3 columns, the line has 2"),
        (("words", "ner"), r'one of them "tokens"\. Received: columns=\(\'words\', \'ner\'\)'),
        (("tokens", "tokens"), r"`columns` must name different columns"),
    ],
)
def test_columns_that_do_not_fit_are_rejected(tmp_path, columns, message):
    with pytest.raises(ValueError, match=message):
        read(tmp_path, "a\tO\n", columns=columns)


def test_written_file_is_as_by_hand(tmp_path):
    write_columns(
        [[("Ada", "NNP", "B-PER"), ("ran", "VBD", "O")], [("Go", "VB", "O")]], tmp_path / "a"
    )
    assert (tmp_path / "a").read_bytes() == b"Ada\tNNP\tB-PER\nran\tVBD\tO\n\nGo\tVB\tO\n\n"


@pytest.mark.parametrize("name", ["copy.conll", "copy.conll.gz"])
def test_what_is_written_is_read_again(tmp_path, name):
    forms = ["New York", "", " ", "#", "a\u00a0b", "x\u2028y", "e\u0301", "\u0085", "end "]
    sentences = [[(form, "B-a b") for form in forms], [("b", "O")]]
    write_columns(sentences, tmp_path / name)
    dataset = load_dataset(tmp_path / name)
    assert dataset["tokens"][:] == [forms, ["b"]]
    assert dataset["tags"][:] == [["B-a b"] * len(forms), ["O"]]


def test_lines_come_as_soon_as_their_sentence_does():
    endless = ([("a", "O")] for _ in itertools.count())
    assert list(itertools.islice(column_lines(endless), 3)) == ["a\tO", "", "a\tO"]
    assert list(column_lines([[], []])) == ["", ""]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (("a\tb", "O"), r"sentence 2, token 2: a value holds a tab or a line end.*'a\\tb'"),
        (("a\nb", "O"), r"sentence 2, token 2: a value holds a tab or a line end"),
        (("a", "O\r"), r"sentence 2, token 2: a value holds a tab or a line end"),
        (("a", ""), r"sentence 2, token 2: a label must not be empty"),
        (("a", "O "), r"sentence 2, token 2: a label must not be empty or end in white space"),
        (("a",), r"sentence 2, token 2: expected a form and 1 labels\. Received: \('a',\)"),
        (("a", "X", "O"), r"sentence 2, token 2: expected a form and 1 labels"),
    ],
)
def test_what_columns_cannot_hold_is_not_written(tmp_path, fields, message):
    path = tmp_path / "bad.conll"
    with pytest.raises(ValueError, match=message):
        write_columns([[("a", "O")], [("b", "O"), fields]], path)
    assert not list(tmp_path.iterdir())


def test_form_without_a_label_is_not_written():
    with pytest.raises(ValueError, match="sentence 1, token 1: expected a form and 1 labels"):
        list(column_lines([[("a",)]]))
