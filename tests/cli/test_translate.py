import pytest

import nlpseq
from nlpseq.cli import lines

pytestmark = pytest.mark.usefixtures("models_built_once")

LINES = ["the fox runs .", "", "  \t", "zebra 🎉 é", "a\x85b\u2028c", "the kite flies .", "does"]
STDIN = "\n".join(LINES).encode()


def test_translate_prints_a_line_for_each_line(run, saved_translator):
    stdin = b"the fox runs .\r\nthe kite flies ."  # the last line has no end
    code, out, err = run("translate", saved_translator, stdin=stdin)
    assert (code, out, err) == (0, "der Fuchs läuft.\nder Drachen fliegt.\n", "")


def test_translate_follows_a_beam(run, saved_translator, translator):
    lines = ["the fox runs .", "the kite flies ."]
    _, out, _ = run(
        "translate", saved_translator, "--beam-size", 3, stdin="\n".join(lines).encode()
    )
    assert out.splitlines() == translator.predict(lines, beam_size=3)


def test_words_that_must_be_there_are_read_from_a_file(
    run, assert_error, saved_translator, translator, tmp_path
):
    file, lines = tmp_path / "words.txt", ["the fox runs .", "the kite flies .", "the fox sleeps ."]
    file.write_text("Drachen\tund\n\nläuft der\n", encoding="utf-8")
    stdin = "\n".join(lines).encode()
    flags = ("--beam-size", 4, "--must-include", file)
    _, out, _ = run("translate", saved_translator, *flags, stdin=stdin)
    must_include = [["Drachen", "und"], [], ["läuft der"]]
    found = translator.predict(lines, beam_size=4, must_include=must_include)
    assert out.splitlines() == found
    assert "Drachen" in found[0]
    file.write_text("Zebra\n\n\n", encoding="utf-8")
    message = "sentence 0 must include has a token that the model doesn't know: 'Zebra'"
    assert_error(["translate", saved_translator, *flags], message, stdin=stdin)


@pytest.mark.parametrize("at_once", [3, 1000])
def test_translations_keep_their_places(run, saved_translator, translator, monkeypatch, at_once):
    monkeypatch.setattr(lines, "LINES_AT_ONCE", at_once)
    _, out, _ = run("translate", saved_translator, stdin=STDIN)
    assert out.split("\n")[:-1] == translator.predict(LINES)


def test_a_translation_with_a_line_end_stays_in_its_line(run, saved_translator, monkeypatch):
    monkeypatch.setattr(nlpseq.Translator, "stream", lambda *_, **__: ["one\ntwo", "three"])
    assert run("translate", saved_translator, stdin=b"a\nb\n")[1] == "one two\nthree\n"


def test_n_best_are_lines_of_score_and_text(run, saved_translator, translator):
    stdin = b"the fox runs .\n\nthe kite flies .\n"
    code, out, _ = run("translate", saved_translator, "--n-best", 2, stdin=stdin)
    best = translator.nbest(["the fox runs .", "", "the kite flies ."], 2)
    expected = [[f"{score:.4f}\t{text}\n" for text, score in row] for row in best]
    assert (code, out) == (0, "\n".join("".join(row) for row in expected) + "\n")


def test_options_of_the_search_are_read(run, assert_error, saved_translator, translator):
    options = {"beam_size": 2, "length_penalty": "average", "min_length_factor": 1.5}
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    _, out, _ = run("translate", saved_translator, *flags, stdin=b"the fox runs .")
    assert out.rstrip("\n") == translator.translate("the fox runs .", **options)
    flags = ["--sampling", "--temperature=2", "--seed=3"]
    _, out, _ = run("translate", saved_translator, *flags, stdin=STDIN)
    sampled = translator.predict(LINES, sampling=True, temperature=2, seed=3)
    assert out.split("\n")[:-1] == sampled
    message = "`length_penalty` must be a number or \"average\". Received: 'mean'"
    assert_error(["translate", saved_translator, "--length-penalty=mean"], message)


def test_translations_begin_with_the_prefixes_of_a_file(
    run, assert_error, saved_translator, tmp_path
):
    path = tmp_path / "prefixes"
    path.write_text("der Drachen\n\n", encoding="utf-8")
    stdin = b"the fox runs .\nthe fox runs .\n"
    _, out, _ = run("translate", saved_translator, "--prefixes", path, stdin=stdin)
    first, second = out.splitlines()
    assert (first.startswith("der Drachen"), second) == (True, "der Fuchs läuft.")
    message = "must have one for each sentence. Received: 2 prefixes, and more of the other"
    assert_error(["translate", saved_translator, "--prefixes", path], message, stdin=stdin * 2)
