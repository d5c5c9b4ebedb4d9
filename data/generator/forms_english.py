"""Pronouns, verbs, nouns and adjectives of English in their tagged forms."""

from typing import NamedTuple

from closed_english import closed
from inflect_english import degrees, ing_form, past_forms, plural, third_person
from tokens import Token


class Agreement(NamedTuple):
    """What a subject passes on to its verb and to pronouns.

    The gender is `Fem`, `Masc`, `Neut` or, for someone who may be either, `Com`, whose pronoun is
    they.
    """

    person: int = 3
    number: str = "Sing"
    gender: str = "Neut"


# Nominative, accusative, possessive before a noun, possessive alone, reflexive.
_PRONOUNS = {
    "1 Sing": "I me my mine myself",
    "2 Sing": "you you your yours yourself",
    "3 Sing Masc": "he him his his himself",
    "3 Sing Fem": "she her her hers herself",
    "3 Sing Neut": "it it its its itself",
    "1 Plur": "we us our ours ourselves",
    "3 Plur": "they them their theirs themselves",
}
# Of each column above: the column of its lemma, Penn tag, features around those of the person.
_PRONOUN_CASES = {
    "Nom": (0, "PRP", "Case=Nom|{}|PronType=Prs"),
    "Acc": (0, "PRP", "Case=Acc|{}|PronType=Prs"),
    "Gen": (2, "PRP$", "Case=Gen|{}|Poss=Yes|PronType=Prs"),
    "Alone": (2, "PRP", "{}|Poss=Yes|PronType=Prs"),
    "Reflex": (4, "PRP", "Case=Acc|{}|PronType=Prs|Reflex=Yes"),
}


def pronoun(agreement: Agreement, case: str) -> Token:
    """A personal, possessive or reflexive pronoun.

    Args:
        agreement: Whom it stands for.
        case: `Nom` (she), `Acc` (her), `Gen` (her walk), `Alone` (hers) or `Reflex` (herself).

    Returns:
        The token. Possessives are PRON, as in the UD English treebanks.

    Example:
        >>> her = pronoun(Agreement(3, "Sing", "Fem"), "Gen")
        >>> her.form, her.upos, her.xpos
        ('her', 'PRON', 'PRP$')
    """
    person, number, gender = agreement
    number = "Plur" if gender == "Com" else number
    features = f"Number={number}|Person={person}"
    key = f"{person} {number}"
    if key == "3 Sing":
        key += f" {gender}"
        features = f"Gender={gender}|{features}"
    row = _PRONOUNS[key].split()
    lemma, xpos, pattern = _PRONOUN_CASES[case]
    form = row[list(_PRONOUN_CASES).index(case)]
    return Token(form, row[lemma], "PRON", xpos, pattern.format(features))


def noun(lemma: str, number: str = "Sing") -> Token:
    """A common noun.

    Args:
        lemma: Singular.
        number: `Sing` or `Plur`.

    Returns:
        The token.

    Example:
        >>> noun("leaf", "Plur").form
        'leaves'
    """
    if number == "Sing":
        return Token(lemma, lemma, "NOUN", "NN", "Number=Sing")
    return Token(plural(lemma), lemma, "NOUN", "NNS", "Number=Plur")


def proper(name: str, number: str = "Sing") -> Token:
    """A name.

    Args:
        name: As it is written in the singular.
        number: `Sing` or `Plur` (on Mondays).

    Returns:
        The token.

    Example:
        >>> proper("Monday", "Plur").form
        'Mondays'
    """
    if number == "Sing":
        return Token(name, name, "PROPN", "NNP", "Number=Sing")
    return Token(name + "s", name, "PROPN", "NNPS", "Number=Plur")


def numeral(text: str) -> Token:
    """A cardinal number in letters or digits.

    Args:
        text: For instance `"three"` or `"9:30"`.

    Returns:
        The token.

    Example:
        >>> numeral("three").feats
        'NumForm=Word|NumType=Card'
    """
    form = "Digit" if text[0].isdigit() else "Word"
    return Token(text, text, "NUM", "CD", f"NumForm={form}|NumType=Card")


def adjective(lemma: str) -> Token:
    """An adjective in its plain form.

    Args:
        lemma: That form.

    Returns:
        The token.

    Example:
        >>> adjective("big").feats
        'Degree=Pos'
    """
    return Token(lemma, lemma, "ADJ", "JJ", "Degree=Pos")


def compared(lemma: str, degree: str) -> list[Token]:
    """A comparative or superlative.

    Args:
        lemma: Plain form of an adjective.
        degree: `Cmp` or `Sup`.

    Returns:
        One token, or two with more and most.

    Example:
        >>> [token.form for token in compared("big", "Cmp") + compared("expensive", "Sup")]
        ['bigger', 'most', 'expensive']
    """
    forms = degrees(lemma)
    if forms is None:
        more = closed("more", "RBR") if degree == "Cmp" else closed("most", "RBS")
        return [more, adjective(lemma)]
    form, xpos = (forms[0], "JJR") if degree == "Cmp" else (forms[1], "JJS")
    return [Token(form, lemma, "ADJ", xpos, f"Degree={degree}")]


def adverb(lemma: str) -> Token:
    """An open-class adverb.

    Args:
        lemma: Its one form.

    Returns:
        The token.

    Example:
        >>> adverb("fast").upos
        'ADV'
    """
    return Token(lemma, lemma, "ADV", "RB", "_")


_BE = {"Pres": {"1 Sing": "am", "3 Sing": "is"}, "Past": {"1 Sing": "was", "3 Sing": "was"}}


def finite(lemma: str, tense: str, agreement: Agreement, upos: str = "VERB") -> Token:
    """A finite verb that agrees with its subject.

    Args:
        lemma: Base form, `be`, `have` and `do` included; modals are closed-class tokens.
        tense: `Pres` or `Past`.
        agreement: The subject's.
        upos: `VERB` or `AUX`.

    Returns:
        The token.

    Example:
        >>> finite("be", "Past", Agreement(3, "Plur")).form
        'were'
    """
    person, number, _ = agreement
    third = tense == "Pres" and (person, number) == (3, "Sing")
    if lemma == "be":
        form = _BE[tense].get(f"{person} {number}", "are" if tense == "Pres" else "were")
    elif tense == "Past":
        form = past_forms(lemma)[0]
    else:
        form = third_person(lemma) if third else lemma
    xpos = "VBD" if tense == "Past" else "VBZ" if third else "VBP"
    features = f"Mood=Ind|Number={number}|Person={person}|Tense={tense}|VerbForm=Fin"
    return Token(form, lemma, upos, xpos, features)


_NONFINITE = {
    "VB": "VerbForm=Inf",
    "Imp": "Mood=Imp|VerbForm=Fin",
    "VBG": "Tense=Pres|VerbForm=Part",
    "Ger": "VerbForm=Ger",
    "VBN": "Tense=Past|VerbForm=Part",
    "Pass": "Tense=Past|VerbForm=Part|Voice=Pass",
}


def nonfinite(lemma: str, form: str, upos: str = "VERB") -> Token:
    """An infinitive, imperative, participle or gerund.

    Args:
        lemma: Base form.
        form: `VB`, `Imp`, `VBG`, `Ger`, `VBN` or `Pass` (the participle of a passive).
        upos: `VERB` or `AUX`.

    Returns:
        The token.

    Example:
        >>> nonfinite("write", "Pass").form
        'written'
    """
    written = lemma
    if form in ("VBG", "Ger"):
        written = ing_form(lemma)
    elif form in ("VBN", "Pass"):
        written = past_forms(lemma)[1]
    xpos = {"Imp": "VB", "Ger": "VBG", "Pass": "VBN"}.get(form, form)
    return Token(written, lemma, upos, xpos, _NONFINITE[form])
