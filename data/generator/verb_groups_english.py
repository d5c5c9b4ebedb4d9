"""Verb groups: tense, aspect, modals, do-support, negation, passive and contractions."""

from dataclasses import replace
from typing import NamedTuple

from closed_english import closed
from forms_english import Agreement, finite, nonfinite
from tokens import Token
from word_lists import word_set


class VerbGroup(NamedTuple):
    """The finite auxiliary, if any, with its negation, and the verb forms after it."""

    auxiliary: list[Token]
    rest: list[Token]


# What stands before the main verb in each tense. The first of it is finite.
HELPERS: dict[str, tuple[str, ...]] = {
    "Pres": (),
    "Past": (),
    "Pres+ing": ("be",),
    "Past+ing": ("be",),
    "Pres+perfect": ("have",),
    "Past+perfect": ("have",),
    "can": ("can",),
    "will": ("will",),
    "would": ("would",),
    "may": ("may",),
    "might": ("might",),
    "must": ("must",),
    "should": ("should",),
    "could": ("could",),
}
# Verbs without a progressive, and among them those that stay in the plain past and present.
STATIVE = word_set(
    "be know like love want need belong have seem understand believe think hope remember forget"
    " mean cost trust doubt hear see miss find promise become please surprise lie notice hate"
    " interest let open close sell lose reach wonder taste smell decide look sound arrive leave"
    " hurt hang feel"
)
PLAIN = word_set(
    "know like love want need belong seem believe trust doubt interest hate mean hope look"
)
_NEGATED_STEMS = {"can": "ca", "will": "wo"}
_NEVER_CONTRACTED = ("am", "may", "might")
_SHORT = {
    "am": "'m", "is": "'s", "are": "'re", "has": "'s", "have": "'ve", "had": "'d", "will": "'ll",
    "would": "'d",
}  # fmt: skip


def verb_group(
    verb: str,
    agreement: Agreement,
    tense: str,
    *,
    passive: bool = False,
    needs_auxiliary: bool = False,
) -> VerbGroup:
    """The verb of a clause.

    Args:
        verb: Base form of the main verb.
        agreement: The subject's.
        tense: A key of `HELPERS`.
        passive: Whether the main verb is a passive participle.
        needs_auxiliary: Whether there must be one (questions, not), if need be a form of do.

    Returns:
        The auxiliary, empty if there is none, and the rest.

    Example:
        >>> group = verb_group("write", Agreement(3, "Plur"), "Past+perfect", passive=True)
        >>> [token.form for token in group.auxiliary + group.rest]
        ['had', 'been', 'written']
    """
    lemmas = [*HELPERS[tense], *(["be"] if passive else []), verb]
    if needs_auxiliary and len(lemmas) == 1 and verb != "be":
        lemmas.insert(0, "do")
    upos = ["AUX"] * (len(lemmas) - 1) + ["AUX" if verb == "be" else "VERB"]
    tokens = [_first(lemmas[0], agreement, tense.partition("+")[0], upos[0])]
    for i in range(1, len(lemmas)):
        form = {"have": "VBN", "be": "VBG"}.get(lemmas[i - 1], "VB")
        if passive and i == len(lemmas) - 1:
            form = "Pass"
        tokens.append(nonfinite(lemmas[i], form, upos[i]))
    if upos[0] == "AUX":
        return VerbGroup(tokens[:1], tokens[1:])
    return VerbGroup([], tokens)


def tense_for(verb: str, tense: str) -> str:
    """The tense that a verb really takes.

    Args:
        verb: Base form.
        tense: A key of `HELPERS`.

    Returns:
        The same tense, or the plain past or present for verbs of being and liking.

    Example:
        >>> tense_for("know", "Past+ing"), tense_for("run", "Past+ing")
        ('Past', 'Past+ing')
    """
    if verb in PLAIN or (verb in STATIVE and tense.endswith("+ing")):
        return tense.partition("+")[0]
    return tense


def _first(lemma: str, agreement: Agreement, tense: str, upos: str) -> Token:
    if lemma in HELPERS:
        return closed(lemma, "MD")
    return finite(lemma, tense, agreement, upos)


def negated(auxiliary: Token, contracted: bool) -> list[Token]:
    """The auxiliary with not or n't.

    Args:
        auxiliary: A finite auxiliary.
        contracted: Whether n't is wanted; am, may and might take not all the same.

    Returns:
        The auxiliary and the negation.

    Example:
        >>> [token.form for token in negated(closed("can", "MD"), contracted=True)]
        ['ca', "n't"]
    """
    if not contracted or auxiliary.form in _NEVER_CONTRACTED:
        joins = "word" if auxiliary.form == "can" else ""  # cannot
        return [auxiliary, replace(closed("not", "RB"), joins=joins)]
    stem = replace(auxiliary, form=_NEGATED_STEMS.get(auxiliary.form, auxiliary.form))
    return [stem, Token("n't", "not", "PART", "RB", "Polarity=Neg", "word")]


def shortened(auxiliary: Token) -> Token:
    """The auxiliary as it hangs on a pronoun: 's, 're, 'll, where there is such a form.

    Args:
        auxiliary: A finite auxiliary.

    Returns:
        The short token, or the same one.

    Example:
        >>> shortened(closed("will", "MD")).form, shortened(closed("must", "MD")).form
        ("'ll", 'must')
    """
    if auxiliary.form not in _SHORT:
        return auxiliary
    return replace(auxiliary, form=_SHORT[auxiliary.form], joins="word")
