import math

import pytest
import sacrebleu

from nlpseq.metrics.bleu import corpus_scores

HYPOTHESES = ["The dog runs across the wide field.", "Two men sit on a bench", "a cat sleeps ."]
REFERENCES = [
    "A dog runs across the wide field.",
    "Two men are sitting on a bench.",
    "A cat sleeps.",
]
OTHERS = ["The dog runs over the field.", "Two people sit on a bench.", "The cat is asleep."]


@pytest.mark.parametrize("lowercase", [False, True])
def test_scores_are_those_of_sacrebleu(lowercase):
    scores = corpus_scores(HYPOTHESES, REFERENCES, lowercase=lowercase)
    bleu = sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES], lowercase=lowercase)
    chrf = sacrebleu.CHRF(lowercase=lowercase).corpus_score(HYPOTHESES, [REFERENCES])
    assert scores["bleu"] == pytest.approx(bleu.score)
    assert scores["chrf"] == pytest.approx(chrf.score)
    assert scores["length_ratio"] == pytest.approx(bleu.sys_len / bleu.ref_len)


def test_bleu_of_a_sentence_computed_by_hand():
    # "a b c d e" against "a b c d x": 4 of 5 words, 3 of 4 pairs, 2 of 3 triples and
    # 1 of 2 quadruples occur; the lengths are equal, so there is no brevity penalty.
    scores = corpus_scores(["a b c d e"], ["a b c d x"])
    expected = 100 * math.prod([4 / 5, 3 / 4, 2 / 3, 1 / 2]) ** (1 / 4)
    assert scores["bleu"] == pytest.approx(expected)
    assert scores["length_ratio"] == 1.0


def test_several_references_for_each_hypothesis():
    scores = corpus_scores(HYPOTHESES, list(zip(REFERENCES, OTHERS, strict=True)))
    expected = sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES, OTHERS])
    assert scores["bleu"] == pytest.approx(expected.score)
    assert "nrefs:2" in scores["bleu_signature"]


def test_hypotheses_may_differ_in_the_number_of_references():
    references = [[REFERENCES[0], OTHERS[0]], [REFERENCES[1]], [REFERENCES[2]]]
    expected = sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES, [OTHERS[0], None, None]])
    assert corpus_scores(HYPOTHESES, references)["bleu"] == pytest.approx(expected.score)


def test_signatures_name_the_settings():
    version = sacrebleu.__version__
    scores = corpus_scores(HYPOTHESES, REFERENCES)
    assert (
        scores["bleu_signature"]
        == f"nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:{version}"
    )
    assert (
        scores["chrf_signature"]
        == f"nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:{version}"
    )
    assert "case:lc" in corpus_scores(HYPOTHESES, REFERENCES, lowercase=True)["bleu_signature"]
