import io
import json
import re

import pytest

from nlpseq.cli import lines, predict

pytestmark = pytest.mark.usefixtures("models_built_once")


def test_tag_prints_a_token_a_line_and_a_blank_line_after_each_sentence(run, saved_tagger):
    code, out, err = run("tag", saved_tagger, stdin=b"the fox runs .\nstop!\n")
    expected = "the\tDET\nfox\tNOUN\nruns\tVERB\n.\tPUNCT\n\nstop\tVERB\n!\tPUNCT\n\n"
    assert (code, out, err) == (0, expected, "")


def test_tag_reads_a_file(run, assert_error, saved_tagger, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("the fox\n", encoding="utf-8")
    found = run("tag", saved_tagger, "--input", path, stdin=b"never read")
    assert found == (0, "the\tDET\nfox\tNOUN\n\n", "")
    missing = tmp_path / "none.txt"
    assert assert_error(["tag", saved_tagger, "--input", missing], f"{missing}: No such file") == ""
    path.write_bytes(b"caf\xe9\n")
    assert_error(["tag", saved_tagger, "--input", path], f"{path}, line 1: not UTF-8")


def test_text_that_is_split_already_is_not_split_again(run, saved_tagger):
    stdin = b"the fox. runs\n\n"
    _, out, _ = run("tag", saved_tagger, "--split-on-spaces", stdin=stdin)
    tokens = [line.split("\t")[0] for line in out.split("\n")]
    assert tokens == ["the", "fox.", "runs", "", "", ""]
    _, out, _ = run("tag", saved_tagger, stdin=stdin)
    assert out.startswith("the\tDET\nfox\tNOUN\n.\t")


def test_tag_prints_json_lines(run, saved_joint_tagger, joint_tagger):
    stdin = "Bob left.\n\nNoël met Ada Lovelace\n".encode()
    code, out, err = run("tag", saved_joint_tagger, "--format", "jsonl", stdin=stdin)
    assert (code, err) == (0, "")
    expected = list(joint_tagger.analyze(stdin.decode().split("\n")[:-1]))
    assert [json.loads(line) for line in out.split("\n")[:-1]] == expected


def test_tag_prints_coloured_text(run, saved_entity_tagger):
    _, out, _ = run("tag", saved_entity_tagger, "--format", "color", stdin=b"Bob left .\n\n")
    assert re.fullmatch(r"Bob\033\[3[1-6]m/I-PER\033\[0m left \.\n\n", out)


def test_tag_completes_a_treebank(run, assert_error, saved_tagger, saved_entity_tagger, files):
    whole = (files / "train.conllu").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in whole.split("\n")]
    empty = ["\t".join([*line[:3], "_", *line[4:]]) if line[1:] else "" for line in lines]
    path = files.parent / "empty.conllu"
    path.write_text("\n".join(empty), encoding="utf-8")
    assert run("tag", saved_tagger, "--conllu", path) == (0, whole, "")  # the tagger knows them all
    message = "CoNLL-U has no column ner, which this tagger predicts"
    assert assert_error(["tag", saved_entity_tagger, "--conllu", path], message) == ""
    missing = files / "none.conllu"
    assert_error(["tag", saved_tagger, "--conllu", missing], f"{missing}: No such file")


class Terminal(io.BytesIO):
    def isatty(self):
        return True


def test_a_person_at_a_keyboard_gets_an_answer_to_each_line(
    run, saved_tagger, monkeypatch, tmp_path
):
    sizes = []
    columns = predict.TAG_FORMATS["columns"]

    def spy(tagger, sentences):
        sizes.append(len(sentences))
        return columns(tagger, sentences)

    monkeypatch.setitem(predict.TAG_FORMATS, "columns", spy)
    path = tmp_path / "a.txt"
    path.write_text("the fox\n" * 3)
    run("tag", saved_tagger, stdin=Terminal(b"the fox\n" * 3))
    run(
        "tag", saved_tagger, "--input", path, stdin=Terminal()
    )  # nobody waits for the single lines of a file
    assert sizes == [1, 1, 1, 3]


LINES = ["the fox", "", "  \t", "zebra 🎉 é", "a\x85b\u2028c", "kite " * 5000, "", "stop !"]
STDIN = "\n".join(LINES).encode()


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_tagged_sentences_keep_their_places(run, saved_tagger, tagger, monkeypatch, at_once):
    monkeypatch.setattr(lines, "LINES_AT_ONCE", at_once)
    _, out, _ = run("tag", saved_tagger, stdin=STDIN)
    found = [[]]
    for line in out.split("\n")[:-1]:
        if line:
            found[-1].append(tuple(line.split("\t")))
        else:
            found.append([])
    assert found.pop() == []
    assert found == tagger.predict(LINES)


def test_no_input_gives_no_output(run, saved_tagger, saved_translator):
    assert run("tag", saved_tagger) == (0, "", "")
    assert run("translate", saved_translator) == (0, "", "")


def test_input_that_is_not_utf8_is_named_by_its_line(assert_error, saved_tagger):
    stdin = "the fox\ncafé\n".encode("latin-1")
    message = "standard input, line 2: not UTF-8 (invalid continuation byte, byte 0xe9). Convert"
    out = assert_error(["tag", saved_tagger], message, stdin=stdin)
    assert out == ""


def test_a_model_of_the_other_kind_is_named(assert_error, saved_tagger, saved_translator):
    message = f"{saved_translator} is a translator; `nlpseq tag` needs a tagger"
    assert_error(["tag", saved_translator], message)
    message = f"{saved_tagger} is a tagger; `nlpseq translate` needs a translator"
    assert_error(["translate", saved_tagger], message)


@pytest.mark.parametrize("command", ["tag", "translate"])
def test_a_missing_model_is_named(assert_error, command):
    assert_error([command, "nowhere"], "No saved model at nowhere: there is no such folder")
