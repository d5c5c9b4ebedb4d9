"""BLEU and chrF of translations, computed by sacrebleu, with the recipe beside the number."""

from collections.abc import Sequence
from typing import TypedDict

from nlpseq.metrics.references import reference_streams


class CorpusScores(TypedDict):
    """Scores of a set of translations.

    Attributes:
        bleu: BLEU, between 0 and 100.
        chrf: chrF2, between 0 and 100.
        length_ratio: Tokens of the translations over tokens of the references, as BLEU
            counts them; below 1 BLEU has a brevity penalty.
        bleu_signature: All settings of `bleu`; publish it with the score.
        chrf_signature: All settings of `chrf`.
    """

    bleu: float
    chrf: float
    length_ratio: float
    bleu_signature: str
    chrf_signature: str


def corpus_scores(
    hypotheses: Sequence[str],
    references: Sequence[str] | Sequence[Sequence[str]],
    lowercase: bool = False,
) -> CorpusScores:
    """Scores translations with sacrebleu's default BLEU (13a tokens, cased) and chrF2.

    Args:
        hypotheses: Translations, detokenized text.
        references: One right translation for each hypothesis, or a list of several for
            each; not tokenized either.
        lowercase: Whether case is ignored.

    Returns:
        The scores and their signatures, a dictionary with the keys of `CorpusScores`.

    Raises:
        ValueError: If there is no hypothesis, not one reference entry for each, or an
            entry without any reference.
        TypeError: If `hypotheses` or `references` is a single string.

    Example:
        >>> scores = corpus_scores(["A dog runs home ."], ["A dog runs home."])
        >>> round(scores["bleu"], 1), round(scores["chrf"], 1), scores["length_ratio"]
        (100.0, 100.0, 1.0)

    Reference:
        Post (2018), A Call for Clarity in Reporting BLEU Scores,
        https://aclanthology.org/W18-6319
    """
    # Imported here: evaluation needs it, training and translating do not.
    from sacrebleu.metrics import BLEU, CHRF

    streams = reference_streams(hypotheses, references)
    bleu, chrf = BLEU(lowercase=lowercase), CHRF(lowercase=lowercase)
    bleu_score = bleu.corpus_score(hypotheses, streams)
    chrf_score = chrf.corpus_score(hypotheses, streams)
    return {
        "bleu": bleu_score.score,
        "chrf": chrf_score.score,
        "length_ratio": bleu_score.ratio,
        "bleu_signature": str(bleu.get_signature()),
        "chrf_signature": str(chrf.get_signature()),
    }
