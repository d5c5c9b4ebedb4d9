import json
import subprocess
import sys
from pathlib import Path

import pytest
import sacrebleu

from nlpseq.cli import report as module
from nlpseq.metrics.significance import paired_tests

pytestmark = pytest.mark.usefixtures("models_built_once")


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """Files of four lines: sources, two references, and two systems; and a shorter one."""
    lines = {
        "source": ["the fox runs .", "the kite flies .", "fox", "does the fox run ?"],
        "reference": ["der Fuchs läuft.", "der Drachen fliegt.", "Fuchs", "läuft der Fuchs?"],
        "other": ["ein Fuchs läuft.", "ein Drachen fliegt.", "der Fuchs", "läuft ein Fuchs?"],
        "one": ["der Fuchs läuft.", "der Fuchs", "", "läuft der der der Fuchs?"],
        "two": ["der Fuchs läuft.", "der Drachen fliegt", "Fuchs", "läuft der Fuchs?"],
        "short": ["der Fuchs"],
    }
    for name, content in lines.items():
        (tmp_path / name).write_text("".join(f"{line}\n" for line in content), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "paired_tests", lambda *a: paired_tests(*a, 50, 50))
    return lines


def test_a_system_is_scored_against_several_references(run, texts):
    arguments = ["--sources", "source", "--references", "reference", "other", "--systems", "one"]
    code, out, err = run("report", *arguments, "--json", "report.json")
    assert (code, err) == (0, "")
    found = json.loads(Path("report.json").read_text(encoding="utf-8"))
    streams = [texts["reference"], texts["other"]]
    bleu = sacrebleu.corpus_bleu(texts["one"], streams).score
    assert found["systems"]["one"]["bleu"] == pytest.approx(bleu)
    assert found["systems"]["one"]["worst"][0]["output"] == ""
    assert "comparison" not in found
    assert f"{bleu:.2f}\n" in out
    assert "nrefs:2|case:mixed" in out


def test_systems_are_compared_with_the_first(run, texts):
    arguments = ["--sources", "source", "--references", "reference", "--systems", "two", "one"]
    code, out, _ = run("report", *arguments, "--json", "report.json")
    assert code == 0
    found = json.loads(Path("report.json").read_text(encoding="utf-8"))
    systems = {name: texts[name] for name in ("two", "one")}
    assert found["comparison"] == paired_tests(systems, texts["reference"], 50, 50)
    assert "against two" in out
    assert "BLEU of one" in out


def test_a_model_is_translated_with(run, texts, saved_translator, translator):
    arguments = ["--sources", "source", "--references", "reference"]
    code, out, _ = run("report", *arguments, "--systems", saved_translator, "--beam-size", 2)
    assert code == 0
    found = translator.predict(texts["source"], beam_size=2)
    score = sacrebleu.corpus_bleu(found, [texts["reference"]]).score
    assert f"{score:.2f}\n" in out


def test_what_cannot_be_reported_is_named(assert_error, texts, saved_tagger):
    start = ["report", "--sources", "source", "--references", "reference", "--systems"]
    counts = "source has 4, reference has 4, one has 4, short has 1"
    assert assert_error([*start, "one", "short"], f"as many lines: {counts}") == ""
    assert_error([*start, "one", "one"], "--systems must differ. Received: one one")
    assert_error([*start, "none"], "none: No such file")
    message = f"{saved_tagger} is a tagger; `nlpseq report` needs a translator"
    assert_error([*start, saved_tagger], message)


def test_a_report_on_files_needs_no_keras(texts):
    code = (
        "import sys; from nlpseq.cli.main import main; "
        "main(['report', '--sources', 'source', '--references', 'reference', '--systems', 'one']); "
        "sys.exit('keras' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
