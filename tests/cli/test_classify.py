import io
import json

import pytest

from nlpseq.cli import lines
from nlpseq.tasks.sequence_classifier import SequenceClassifier
from nlpseq.text.vocabulary import Vocabulary

pytestmark = pytest.mark.usefixtures("models_built_once")

LINES = ["a good film", "", "  \t", "zebra 🎉 é", "a\x85b\u2028c", "bad " * 500, "", "a film ."]
STDIN = "\n".join(LINES).encode()


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_each_line_has_its_label_and_probability(
    run, saved_classifier, classifier, monkeypatch, at_once
):
    monkeypatch.setattr(lines, "LINES_AT_ONCE", at_once)
    code, out, err = run("classify", saved_classifier, stdin=STDIN)
    assert (code, err) == (0, "")
    found = [line.split("\t") for line in out.split("\n")[:-1]]
    assert [label for label, _ in found] == classifier.predict(LINES)
    best = classifier.probabilities(LINES).max(axis=1)
    assert [float(share) for _, share in found] == pytest.approx(best, abs=1e-4)


def test_json_lines_hold_all_that_is_found(run, saved_classifier, classifier):
    code, out, _ = run("classify", saved_classifier, "--format", "jsonl", stdin=STDIN)
    assert code == 0
    found = [json.loads(line) for line in out.split("\n")[:-1]]
    for row, expected in zip(found, classifier.analyze(LINES), strict=True):
        assert row.pop("probability") == pytest.approx(expected.pop("probability"), abs=1e-5)
        assert row.pop("probabilities") == pytest.approx(expected.pop("probabilities"), abs=1e-5)
        assert row == expected


def test_a_file_is_read(run, assert_error, saved_classifier, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("good\nbad\n", encoding="utf-8")
    code, out, _ = run("classify", saved_classifier, "--input", path, stdin=b"never read")
    assert code == 0
    assert [line.split("\t")[0] for line in out.split("\n")] == ["positive", "negative", ""]
    missing = tmp_path / "none.txt"
    assert_error(["classify", saved_classifier, "--input", missing], f"{missing}: No such file")
    assert_error(["classify", saved_classifier], "line 1: not UTF-8", stdin=b"caf\xe9\n")
    assert run("classify", saved_classifier) == (0, "", "")


class Terminal(io.BytesIO):
    def isatty(self):
        return True


def test_a_person_at_a_keyboard_gets_an_answer_to_each_line(
    run, saved_classifier, monkeypatch, tmp_path
):
    sizes = []
    analyze = SequenceClassifier.analyze

    def spy(classifier, texts):
        sizes.append(len(texts))
        return analyze(classifier, texts)

    monkeypatch.setattr(SequenceClassifier, "analyze", spy)
    path = tmp_path / "a.txt"
    path.write_text("good\n" * 3)
    run("classify", saved_classifier, stdin=Terminal(b"good\n" * 3))
    run("classify", saved_classifier, "--input", path, stdin=Terminal())
    assert sizes == [1, 1, 1, 3]


def test_a_label_of_several_lines_is_one_column(run, tmp_path, classifier):
    labels = Vocabulary(["no\tno", "so\nso", "yes", "?"], specials=())
    odd = SequenceClassifier(classifier.model, classifier.tokenizer, labels)
    odd.save_pretrained(tmp_path / "odd")
    _, out, _ = run("classify", tmp_path / "odd", stdin=b"bad\na film .\n")
    assert [line.split("\t")[0] for line in out.split("\n")] == ["no no", "so so", ""]


def test_models_of_other_kinds_are_named(assert_error, saved_tagger, saved_classifier, files):
    message = f"{saved_tagger} is a tagger; `nlpseq classify` needs a classifier"
    assert_error(["classify", saved_tagger], message)
    message = f"{saved_classifier} is a classifier; `nlpseq tag` needs a tagger"
    assert_error(["tag", saved_classifier], message)
    assert_error(["classify", "nowhere"], "No saved model at nowhere")
    data = ["--data", files / "train.conllu"]
    twice = ["evaluate", saved_classifier, saved_classifier, *data]
    assert_error(twice, "An ensemble of classifiers can't be made")
    one = ["evaluate", saved_classifier, *data]
    assert_error([*one, "--errors"], "is a classifier; --errors and --picture need a tagger")
    assert_error([*one, "--beam-size", "4"], "is a classifier; --beam-size needs a translator")
    assert_error(one, "No labels of rows in a column 'label'")


def test_it_is_evaluated_and_shown(run, saved_classifier, classifier, reviews, tmp_path):
    path = tmp_path / "reviews.parquet"
    reviews.to_parquet(path)
    scores = tmp_path / "scores.json"
    code, out, _ = run("evaluate", saved_classifier, "--data", path, "--json", scores)
    assert code == 0
    assert out.startswith("  accuracy: 1.0000\n  macro_f1: 1.0000\n  labels:\n    negative:\n")
    assert json.loads(scores.read_text()) == classifier.evaluate(reviews)
    code, out, _ = run("show", saved_classifier)
    assert code == 0
    assert f"{saved_classifier}: a classifier\n  text: text\n  label: label\n" in out
    assert "labels: negative, neutral, positive, mixed\n" in out


def test_each_line_has_its_number(
    run, assert_error, saved_regressor, saved_classifier, regressor, tmp_path, stars
):
    code, out, err = run("rate", saved_regressor, stdin=STDIN)
    assert (code, err) == (0, "")
    found = [float(line) for line in out.split("\n")[:-1]]
    assert found == pytest.approx(regressor.predict(LINES), rel=1e-4)
    path = tmp_path / "a.txt"
    path.write_text("good\n", encoding="utf-8")
    assert float(run("rate", saved_regressor, "--input", path)[1]) > 40
    message = f"{saved_classifier} is a classifier; `nlpseq rate` needs a regressor"
    assert_error(["rate", saved_classifier], message)
    stars.to_parquet(tmp_path / "stars.parquet")
    _, out, _ = run("evaluate", saved_regressor, "--data", tmp_path / "stars.parquet")
    assert out.startswith("  mse: ")
    assert "  mean: 30.0\n" in run("show", saved_regressor)[1]
