import gzip
from itertools import count, islice

import datasets as hf
import pytest

from nlpseq.datasets.conllu import conllu_lines, read_conllu, write_conllu

# Hand-written; every quirk of real treebanks is in it once.
SAMPLE = """\
# newdoc id = d1
# sent_id = 1
# text = Don't _ 3 500 evs.
1-2 Don't _ _ _ _ _ _ _ SpaceAfter=No
1 Do do AUX VB Mood=Imp 3 aux 3:aux _
2 n't not PART RB _ 3 advmod 3:advmod _
3 _ _ PUNCT NFP _ 0 root 0:root _
3.1 go go VERB VB _ _ _ 0:root _
3.2 on on ADV RB _ _ _ 3.1:advmod _
4 3~500 3~500 NUM CD Case=Acc,Nom|NumType=Card 5 nummod _ _
5 evs ev NOUN NN Number[psor]=Sing|Number=Plur 3 obj _ SpaceAfter=No
6 . . PUNCT . _ 3 punct _ _

0.1 x x X X _ _ _ _ _
1 # # SYM $ _ 0 root _ _

""".replace(" ", "\t").replace("~", " ")
SAMPLE = "\n".join(
    line.replace("\t", " ") if line.startswith("#") else line for line in SAMPLE.split("\n")
)


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "sample.conllu"
    path.write_bytes(SAMPLE.encode())
    return path


def test_ranges_and_empty_nodes_are_not_tokens(sample):
    assert read_conllu(sample)["tokens"][:] == [["Do", "n't", "_", "3 500", "evs", "."], ["#"]]


def test_columns_are_those_of_the_file(sample):
    dataset = read_conllu(sample)
    fourth = {name: dataset[0][name][3] for name in dataset.column_names[:9]}
    assert fourth == {
        "tokens": "3 500",
        "lemmas": "3 500",
        "upos": "NUM",
        "xpos": "CD",
        "feats": "Case=Acc,Nom|NumType=Card",
        "heads": "5",
        "deprels": "nummod",
        "deps": "_",
        "misc": "_",
    }


def test_literal_underscore_is_a_token_with_its_tag(sample):
    first = read_conllu(sample)[0]
    assert (first["tokens"][2], first["upos"][2]) == ("_", "PUNCT")


def test_no_features_is_a_value_and_others_stay_whole(sample):
    assert read_conllu(sample)[0]["feats"] == [
        "Mood=Imp", "_", "_", "Case=Acc,Nom|NumType=Card", "Number[psor]=Sing|Number=Plur", "_",
    ]  # fmt: skip


def test_comments_are_kept_beside_the_sentence(sample):
    assert read_conllu(sample)["comments"][:] == [
        ["# newdoc id = d1", "# sent_id = 1", "# text = Don't _ 3 500 evs."],
        [],
    ]


@pytest.mark.parametrize("name", ["copy.conllu", "copy.conllu.gz"])
def test_written_file_is_the_read_file_byte_for_byte(sample, tmp_path, name):
    write_conllu(read_conllu(sample), tmp_path / name)
    copy = (tmp_path / name).read_bytes()
    assert (gzip.decompress(copy) if name.endswith(".gz") else copy) == SAMPLE.encode()


def test_shuffled_sentences_are_written_in_their_new_order(sample, tmp_path):
    write_conllu(read_conllu(sample).select([1, 0]), tmp_path / "copy.conllu")
    first, second, _ = SAMPLE.split("\n\n")
    assert (tmp_path / "copy.conllu").read_text() == f"{second}\n\n{first}\n\n"


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: text.rstrip("\n"),
    lambda text: text.replace("\n\n", "\n\t\n\n"),
])  # fmt: skip
def test_line_ends_marks_and_blank_lines_do_not_change_the_sentences(sample, change):
    expected = read_conllu(sample)[:]
    sample.write_bytes(change(SAMPLE).encode())
    assert read_conllu(sample)[:] == expected


def test_tokens_and_class_labels_are_enough_to_write(tmp_path):
    features = hf.Features(
        {"tokens": hf.List(hf.Value("string")), "upos": hf.List(hf.ClassLabel(names=["X", "Y"]))}
    )
    dataset = hf.Dataset.from_dict({"tokens": [["a", "b"]], "upos": [[1, 0]]}, features)
    write_conllu(dataset, tmp_path / "tiny.conllu")
    assert (tmp_path / "tiny.conllu").read_text() == (
        "1\ta\t_\tY" + "\t_" * 6 + "\n" + "2\tb\t_\tX" + "\t_" * 6 + "\n\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# c\n1\ta\n", r"bad\.conllu:2: expected 10 tab-separated columns, found 2: '1\\ta'"),
        ("2" + "\t_" * 9, r"bad\.conllu:1: expected word number 1, found '2'"),
        ("1" + "\t_" * 9 + "\n1" + "\t_" * 9, r"bad\.conllu:2: expected word number 2, found '1'"),
        ("# c\n\n1" + "\t_" * 9, r"bad\.conllu:2: expected a sentence after '# c', found no words"),
    ],
)
def test_broken_files_are_located(tmp_path, text, message):
    path = tmp_path / "bad.conllu"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read_conllu(path)


def test_what_conllu_cannot_hold_is_not_written(tmp_path):
    path = tmp_path / "bad.conllu"
    with pytest.raises(ValueError, match=r"dataset\[0\]: a value of word 1 holds a tab"):
        write_conllu(hf.Dataset.from_dict({"tokens": [["a\tb"]]}), path)
    uneven = hf.Dataset.from_dict({"tokens": [["a"], ["b"]], "upos": [["X"], ["X", "Y"]]})
    with pytest.raises(ValueError, match=r"dataset\[1\]: `tokens` has 1 values, but `upos` has 2"):
        write_conllu(uneven, path)
    assert not path.exists()


UNTAGGED = """\
# sent_id = 1
# text = Don't go.
1-2 Don't _ _ _ _ _ _ _ SpaceAfter=No
1 Do do _ _ _ 3 aux 3:aux A=_|B=
2 n't not _ _ _ 3 advmod _ _
# in between
2.1 x x X XX Case=Nom _ _ 0:root _
3 go go _ _ _ 0 root _ SpaceAfter=No
4 _ _ _ _ _ 3 punct _ _
# after the last word

# sent_id = 2
1 _ _ _ _ _ 0 root _ _

"""
TAGGED = """\
# sent_id = 1
# text = Don't go.
1-2 Don't _ _ _ _ _ _ _ SpaceAfter=No
1 Do do AUX _ Mood=Imp 3 aux 3:aux A=_|B=
2 n't not PART _ _ 3 advmod _ _
# in between
2.1 x x X XX Case=Nom _ _ 0:root _
3 go go VERB _ A=B|C=D 0 root _ SpaceAfter=No
4 _ _ PUNCT _ _ 3 punct _ _
# after the last word

# sent_id = 2
1 _ _ SYM _ _ 0 root _ _

"""
PREDICTED = {
    "upos": [["AUX", "PART", "VERB", "PUNCT"], ["SYM"]],
    "feats": [["Mood=Imp", "_", "A=B|C=D", "_"], ["_"]],
}


def with_tabs(text):
    lines = text.split("\n")
    return "\n".join(line if line[:1] == "#" else line.replace(" ", "\t") for line in lines)


def predicted_rows(path):
    for row, upos, feats in zip(read_conllu(path), *PREDICTED.values(), strict=True):
        yield {**row, "upos": upos, "feats": feats}


def test_predicted_columns_take_their_places_and_all_else_stays(tmp_path):
    path, whole = tmp_path / "untagged.conllu", tmp_path / "whole.conllu"
    path.write_text(with_tabs(UNTAGGED))
    dataset = read_conllu(path).remove_columns(list(PREDICTED))
    for name, values in PREDICTED.items():
        dataset = dataset.add_column(name, values)
    write_conllu(dataset, whole)
    assert whole.read_text() == with_tabs(TAGGED)
    write_conllu(predicted_rows(path), path)  # rows one at a time, and onto the file itself
    assert path.read_text() == with_tabs(TAGGED)


def test_lines_come_as_soon_as_their_row_does():
    endless = ({"tokens": ["a"], "comments": [f"# {number}"]} for number in count())
    lines = list(islice(conllu_lines(endless), 4))
    assert lines == ["# 0", "1\ta" + "\t_" * 8, "", "# 1"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"upos": ["X"]}, r"dataset\[1\]: there is no column `tokens`: \['upos'\]"),
        ({"tokens": ["a"], "upos": []}, r"dataset\[1\]: `tokens` has 1 values, but `upos` has 0"),
        ({"tokens": ["a"], "heads": [0]}, r"dataset\[1\]: the values of word 1 must be strings"),
        ({"tokens": ["a", "b\n"]}, r"dataset\[1\]: a value of word 2 holds a tab or a line end"),
    ],
)
def test_rows_that_conllu_cannot_hold_are_named(row, message):
    with pytest.raises(ValueError, match=message):
        list(conllu_lines([{"tokens": ["a"]}, row]))
