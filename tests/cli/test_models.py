import pytest

pytestmark = pytest.mark.usefixtures("models_built_once")


def test_several_translators_are_an_ensemble(run, saved_translator):
    alone = run("translate", saved_translator, stdin=b"the fox runs .\n")
    again = run("translate", saved_translator, saved_translator, stdin=b"the fox runs .\n")
    assert again == alone
    assert alone[0] == 0


def test_several_taggers_are_an_ensemble(run, saved_tagger, files):
    alone = run("tag", saved_tagger, stdin=b"the fox runs\n")
    assert run("tag", saved_tagger, saved_tagger, stdin=b"the fox runs\n") == alone
    one, several = (
        run("evaluate", *folders, "--data", files / "train.conllu")
        for folders in ([saved_tagger], [saved_tagger, saved_tagger])
    )
    assert one == several
    assert one[0] == 0


def test_models_of_two_kinds_are_no_ensemble(assert_error, saved_translator, saved_tagger):
    message = f"{saved_tagger} is a tagger, and {saved_translator} a translator: an ensemble is"
    assert assert_error(["translate", saved_translator, saved_tagger], message) == ""


@pytest.mark.parametrize("command", ["translate", "score"])
def test_a_tagger_translates_nothing(assert_error, saved_tagger, command):
    more = ["--data", "x"] if command == "score" else []
    message = f"{saved_tagger} is a tagger; `nlpseq {command}` needs a translator"
    assert assert_error([command, saved_tagger, *more], message) == ""
