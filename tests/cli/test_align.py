import pytest

from nlpseq.cli import align
from nlpseq.tasks.translator import Translator

pytestmark = pytest.mark.usefixtures("models_built_once")


@pytest.fixture(scope="module")
def aligner(pairs):
    settings = {"units": 8, "embedding_dim": 8, "decoder": "attention"}
    return Translator.from_dataset(pairs, tokenizer="words", **settings)


@pytest.fixture(scope="module")
def saved(aligner, tmp_path_factory):
    folder = tmp_path_factory.mktemp("saved") / "aligner"
    aligner.save_pretrained(folder)
    return folder


@pytest.fixture
def data(tmp_path):
    """Two parallel files, with an empty line."""
    (tmp_path / "a.en").write_text("the fox runs .\n\nthe kite\nkite\n")
    (tmp_path / "a.de").write_text("der Fuchs läuft .\nder\nder Drachen\n\n", encoding="utf-8")
    return tmp_path / "a.en", tmp_path / "a.de"


@pytest.mark.parametrize("at_once", [3, 1000])
def test_the_links_of_each_pair_are_a_line(run, saved, aligner, data, monkeypatch, at_once):
    monkeypatch.setattr(align, "PAIRS_AT_ONCE", at_once)
    code, out, err = run("align", saved, "--data", *data)
    assert (code, err) == (0, "")
    sources, targets = (path.read_text(encoding="utf-8").split("\n")[:-1] for path in data)
    found = aligner.align(sources, targets)
    lines = [" ".join(f"{s}-{t}" for s, t in pair.links) for pair in found]
    assert out == "".join(f"{line}\n" for line in lines)
    assert [len(line.split()) for line in lines] == [4, 0, 2, 0]


def test_one_pair_is_drawn(run, saved, data, monkeypatch, tmp_path):
    drawn = []
    monkeypatch.setattr(align, "PAIRS_AT_ONCE", 2)
    monkeypatch.setattr(align, "alignment_picture", lambda *arguments: drawn.append(arguments))
    run("align", saved, "--data", *data, "--picture", "a.png", "--row", 3)
    [(pair, path)] = drawn
    assert (pair.target_words, path) == (["der", "Drachen"], "a.png")
    monkeypatch.undo()
    run("align", saved, "--data", *data, "--picture", tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_aligned_is_named(assert_error, saved, saved_translator, saved_tagger, data):
    arguments = ["--data", *data]
    message = f"{saved_tagger} is a tagger; `nlpseq align` needs a translator"
    assert assert_error(["align", saved_tagger, *arguments], message) == ""
    assert_error(["align", saved_translator, *arguments], "decoder='state_handoff'")
    message = "--row must be from 1 to 4. Received: 5"
    assert_error(["align", saved, *arguments, "--row", 5], message)
