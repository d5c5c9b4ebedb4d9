import pytest
import sacrebleu

from nlpseq.metrics.quality import quality_report

SOURCES = ["eins zwei", "w " * 11, "drei", "", "w " * 60]
OUTPUTS = ["The dog runs home today. ", "a b c d e", "two men sit", "A bird sings.", "x y z x y"]
FIRST = ["The dog runs home today.", "a b c d x", "Two Men Sit", "A fox sleeps.", "p q r s t"]
SECOND = ["A dog runs.", "f g h i j", "They sit", "A bird sings. ", "x y z p"]


@pytest.fixture
def report():
    return quality_report(OUTPUTS, list(zip(FIRST, SECOND, strict=True)), SOURCES, num_worst=2)


def test_scores_are_those_of_sacrebleu(report):
    streams = [FIRST, SECOND]
    expected = {
        "bleu": sacrebleu.corpus_bleu(OUTPUTS, streams).score,
        "bleu_lowercase": sacrebleu.corpus_bleu(OUTPUTS, streams, lowercase=True).score,
        "chrf": sacrebleu.corpus_chrf(OUTPUTS, streams).score,
        "ter": sacrebleu.corpus_ter(OUTPUTS, streams).score,
    }
    assert {name: report[name] for name in expected} == pytest.approx(expected)
    assert report["bleu"] < report["bleu_lowercase"]
    assert report["ter_signature"].startswith("nrefs:2|case:lc|tok:tercom|")
    assert "case:mixed" in report["bleu_signature"]
    assert "case:lc" in report["bleu_lowercase_signature"]


def test_edit_rate_of_a_sentence_computed_by_hand():
    # "b a c" to "a b d": one shift and one substitution, over three words.
    report = quality_report(["b a c"], ["a b d"], ["x"])
    assert report["ter"] == pytest.approx(100 * 2 / 3)


def test_right_and_repeated_words_are_counted(report):
    assert report["sentences"] == 5
    assert report["exact_matches"] == 2 / 5  # the first, and the fourth but for a space
    assert report["repeated_bigrams"] == pytest.approx(1 / 16)  # "x y", of 4 + 4 + 2 + 2 + 4
    assert report["reference_repeated_bigrams"] == 0


def test_groups_of_lengths_have_the_scores_of_their_sentences(report):
    groups = report["by_source_length"]
    assert [(group["least"], group["most"], group["sentences"]) for group in groups] == [
        (0, 5, 3),  # the empty source too
        (11, 15, 1),
        (51, None, 1),
    ]
    rows = [0, 2, 3]
    outputs, *streams = ([texts[row] for row in rows] for texts in (OUTPUTS, FIRST, SECOND))
    bleu = sacrebleu.corpus_bleu(outputs, streams)
    assert groups[0]["bleu"] == pytest.approx(bleu.score)
    assert groups[0]["length_ratio"] == pytest.approx(bleu.ratio)
    assert groups[0]["chrf"] == pytest.approx(sacrebleu.corpus_chrf(outputs, streams).score)


def test_the_worst_sentences_are_shown_the_worst_first(report):
    chrf = [
        sacrebleu.sentence_chrf(output, list(right)).score
        for output, *right in zip(OUTPUTS, FIRST, SECOND, strict=True)
    ]
    lowest = sorted(range(5), key=chrf.__getitem__)[:2]
    assert [sentence["line"] for sentence in report["worst"]] == [row + 1 for row in lowest]
    assert report["worst"][0] == {
        "line": lowest[0] + 1,
        "chrf": pytest.approx(min(chrf)),
        "source": SOURCES[lowest[0]],
        "references": [FIRST[lowest[0]], SECOND[lowest[0]]],
        "output": OUTPUTS[lowest[0]],
    }


def test_a_single_reference_needs_no_list():
    one = quality_report(OUTPUTS, FIRST, SOURCES)
    assert one == quality_report(OUTPUTS, [[text] for text in FIRST], SOURCES)


def test_a_missing_source_is_named():
    with pytest.raises(ValueError, match=r"its source\. Received: 2 outputs and 1 sources"):
        quality_report(["a", "b"], ["a", "b"], ["x"])
