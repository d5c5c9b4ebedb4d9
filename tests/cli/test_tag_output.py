import json
import re

import pytest

from nlpseq.cli.tag_output import TAG_FORMATS, conllu_output

ANSI = re.compile(r"\033\[(\d+)m(.*?)\033\[0m")
TREEBANK = """\
# newdoc
# sent_id = 1
1\tBob\tBob\tX\tNNP\tCase=Nom\t2\tnsubj\t_\tSpaceAfter=No
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tsaw\tsee\tX\tVBD\t_\t0\troot\t0:root\t_
3\tParis\tParis\tX\tNNP\t_\t2\tobj\t2:obj\tNoël=été
3.1\tleft\tleave\tX\t_\t_\t_\t_\t2:conj\t_

# text = \u2028 fox
1\tfox\t_\t_\t_\t_\t_\t_\t_\t_

"""


def test_columns_are_a_line_a_token(joint_tagger):
    lines = TAG_FORMATS["columns"](joint_tagger, ["Bob left.", "", ["Paris"]])
    expected = "Bob\tPROPN\tI-PER\nleft\tVERB\tO\n.\tPUNCT\tO\n\n\nParis\tPROPN\tI-LOC\n"
    assert "\n".join(lines) == expected


def test_json_lines_are_the_analyses(joint_tagger):
    sentences = ["Bob  left Noël.", "", ["New York", "City"]]
    lines = list(TAG_FORMATS["jsonl"](joint_tagger, sentences))
    assert [json.loads(line) for line in lines] == list(joint_tagger.analyze(sentences))
    assert "Noël" in lines[0]  # and not No\\u00ebl
    assert not any("\n" in line for line in lines)


def test_colours_follow_the_type_of_a_label(entity_tagger):
    sentences = ["Bob Ada left .", "the fox saw Paris"]
    first, second = TAG_FORMATS["color"](entity_tagger, sentences)
    assert ANSI.sub(r"\2", first) == "Bob/I-PER Ada/B-PER left ."
    assert ANSI.sub(r"\2", second) == "the fox saw Paris/I-LOC"
    (bob, _), (ada, _) = ANSI.findall(first)
    ((paris, _),) = ANSI.findall(second)
    assert bob == ada != paris
    assert {int(color) for color in (bob, paris)} <= set(range(31, 37))


def test_colours_show_every_column(joint_tagger):
    (line,) = TAG_FORMATS["color"](joint_tagger, [["Bob", "left"]])
    assert ANSI.sub(r"\2", line) == "Bob/PROPN/I-PER left/VERB/O"


@pytest.fixture
def treebank(tmp_path):
    path = tmp_path / "in.conllu"
    path.write_bytes(TREEBANK.encode())
    return path


def with_upos(text, tags):
    """The text with other values in the fourth column of its words."""
    tags, lines = iter(tags), []
    for line in text.split("\n"):
        fields = line.split("\t")
        if fields[0].isdigit():
            fields[3] = next(tags)
        lines.append("\t".join(fields))
    return "\n".join(lines)


def test_a_treebank_is_written_back_with_only_the_column_changed(tagger, treebank):
    labels = [
        label
        for tagged in tagger.predict([["Bob", "saw", "Paris"], ["fox"]])
        for _, label in tagged
    ]
    found = "".join(f"{line}\n" for line in conllu_output(tagger, str(treebank)))
    assert found == with_upos(TREEBANK, labels)


def test_a_treebank_has_no_place_for_other_columns(entity_tagger, joint_tagger, treebank):
    for made in (entity_tagger, joint_tagger):
        with pytest.raises(
            ValueError, match=r"CoNLL-U has no column ner, which this tagger .*feats"
        ):
            list(conllu_output(made, str(treebank)))
