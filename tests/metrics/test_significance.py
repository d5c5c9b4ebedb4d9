import random

import pytest
import sacrebleu
from sacrebleu.significance import PairedTest

from nlpseq.metrics.significance import paired_tests

RANDOM = random.Random(0)
REFERENCES = [" ".join(RANDOM.choices("abcdefgh", k=9)) for _ in range(40)]


def worse(count):
    """The references, with a word left out of the first ones."""
    return [
        text.replace(text[4], "x") if row < count else text for row, text in enumerate(REFERENCES)
    ]


SMALL = {"resamples": 100, "trials": 100}


def test_p_values_are_those_of_sacrebleu():
    systems = {"one": worse(6), "two": worse(4), "three": worse(30)}
    found = paired_tests(systems, REFERENCES, **SMALL)
    assert found["baseline"] == "one"
    assert list(found["systems"]) == ["two", "three"]
    for kind, test in (("bs", "bootstrap"), ("ar", "randomization")):
        metric = {"bleu": sacrebleu.BLEU()}
        signatures, results = PairedTest([*systems.items()], metric, [REFERENCES], kind, 100)()
        for system, expected in zip(("two", "three"), results["BLEU"][1:], strict=True):
            assert found["systems"][system]["bleu"][f"{test}_p"] == pytest.approx(expected.p_value)
        assert found["signatures"]["bleu"][test] == str(signatures["BLEU"])


def test_scores_and_differences_are_those_of_the_metrics():
    one, two = worse(6), worse(4)
    found = paired_tests({"one": one, "two": two}, REFERENCES, **SMALL)["systems"]["two"]
    for name, score in (
        ("bleu", sacrebleu.corpus_bleu),
        ("chrf", sacrebleu.corpus_chrf),
        ("ter", sacrebleu.corpus_ter),
    ):
        expected = score(two, [REFERENCES]).score
        assert found[name]["score"] == pytest.approx(expected)
        difference = expected - score(one, [REFERENCES]).score
        assert found[name]["difference"] == pytest.approx(difference)
        assert found[name]["interval"] > 0


def test_equal_systems_do_not_differ():
    upper = [text.upper() for text in REFERENCES]
    found = paired_tests({"a": REFERENCES, "b": upper}, REFERENCES, **SMALL)["systems"]["b"]
    # TER has no case, so only in the others do they differ.
    assert (found["ter"]["bootstrap_p"], found["ter"]["randomization_p"]) == (1, 1)
    assert found["bleu"]["bootstrap_p"] == found["bleu"]["randomization_p"] == 1 / 101


def test_a_sentence_may_have_several_references():
    references = [[text, "x"] for text in REFERENCES]
    found = paired_tests({"a": worse(3), "b": REFERENCES}, references, **SMALL)
    assert found["systems"]["b"]["bleu"]["score"] == pytest.approx(100)
    assert "nrefs:2|bs:100|" in found["signatures"]["bleu"]["bootstrap"]


def test_what_cannot_be_compared_is_named():
    with pytest.raises(ValueError, match=r"needs two systems\. Received: one"):
        paired_tests({"one": REFERENCES}, REFERENCES)
    with pytest.raises(ValueError, match="39 hypotheses and 40 references"):
        paired_tests({"one": REFERENCES, "two": REFERENCES[1:]}, REFERENCES)
