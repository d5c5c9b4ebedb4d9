"""German word forms: articles, adjective endings, noun cases, verbs, contracted prepositions.

Cases are `nom`, `acc`, `dat`, `gen`; genders `m`, `f`, `n` in the singular and `pl` in the plural.
"""

from typing import NamedTuple

CASES = ("nom", "acc", "dat", "gen")
GENDERS = ("m", "f", "n", "pl")


def _table(rows: str) -> dict[tuple[str, str], str]:
    """A paradigm from one line per case, genders in the order m f n pl; `-` is no ending."""
    lines = [row.split() for row in rows.strip().splitlines()]
    return {
        (case, gender): form.replace("-", "")
        for case, line in zip(CASES, lines, strict=True)
        for gender, form in zip(GENDERS, line, strict=True)
    }


_DEFINITE = _table("""
    der die das die
    den die das die
    dem der dem den
    des der des der
""")
# dies-, jed-
_DER_WORD = _table("""
    er e es e
    en e es e
    em er em en
    es er es er
""")
# ein, kein, mein, ...
_EIN_WORD = _table("""
    - e - e
    en e - e
    em er em en
    es er es er
""")
_WEAK = _table("""
    e  e  e  en
    en e  e  en
    en en en en
    en en en en
""")
_MIXED = _table("""
    er e  es en
    en e  es en
    en en en en
    en en en en
""")
_STRONG = _table("""
    er e  es e
    en e  es e
    em er em en
    en er en er
""")
_EIN_WORDS = frozenset({"ein", "kein", "mein", "dein", "sein", "ihr", "unser"})
_STEMS = {"dunkel": "dunkl", "teuer": "teur", "hoch": "hoh"}


class GermanNoun(NamedTuple):
    """A noun with the forms that cannot be guessed."""

    singular: str
    gender: str
    plural: str
    genitive: str

    @property
    def is_weak(self) -> bool:
        """Whether it ends in -n in every case but the nominative: der Junge, den Jungen."""
        return self.gender == "m" and self.genitive == self.plural and self.genitive.endswith("n")


def noun_form(noun: GermanNoun, number: str, case: str) -> str:
    """A noun in its case.

    Args:
        noun: The noun.
        number: `sg` or `pl`.
        case: One of `CASES`.

    Returns:
        The form.

    Example:
        >>> noun_form(GermanNoun("Bär", "m", "Bären", "Bären"), "sg", "acc")
        'Bären'
        >>> noun_form(GermanNoun("Kind", "n", "Kinder", "Kindes"), "pl", "dat")
        'Kindern'
    """
    if number == "pl":
        dative = case == "dat" and not noun.plural.endswith(("n", "s"))
        return noun.plural + ("n" if dative else "")
    if case == "gen":
        return noun.genitive
    return noun.genitive if noun.is_weak and case != "nom" else noun.singular


def determiner(word: str, gender: str, case: str) -> str:
    """An article, a possessive or a demonstrative before a noun.

    Args:
        word: `der`, `ein`, `kein`, `mein` and the other possessives, `dies` or `jed`.
        gender: The noun's, or `pl`.
        case: One of `CASES`.

    Returns:
        The form.

    Example:
        >>> determiner("der", "f", "dat"), determiner("dies", "m", "acc")
        ('der', 'diesen')
    """
    if word == "der":
        return _DEFINITE[case, gender]
    endings = _EIN_WORD if word in _EIN_WORDS else _DER_WORD
    return word + endings[case, gender]


def adjective_form(lemma: str, word: str, gender: str, case: str) -> str:
    """An adjective before its noun, with the ending that the determiner leaves to it.

    Args:
        lemma: Plain form, or the stem of a superlative (`ältest`).
        word: The determiner as for `determiner`, or `""` for none.
        gender: The noun's, or `pl`.
        case: One of `CASES`.

    Returns:
        The form.

    Example:
        >>> [adjective_form("müde", word, "m", "nom") for word in ("der", "ein", "")]
        ['müde', 'müder', 'müder']
        >>> adjective_form("dunkel", "mein", "f", "dat"), adjective_form("alt", "", "n", "dat")
        ('dunklen', 'altem')
    """
    endings = _MIXED if word in _EIN_WORDS else _WEAK if word else _STRONG
    stem = _STEMS.get(lemma, lemma.removesuffix("e"))
    return stem + endings[case, gender]


class GermanVerb(NamedTuple):
    """A verb with the forms that cannot be guessed."""

    infinitive: str
    third_person: str
    participle: str
    auxiliary: str
    prefix: str = ""


# ich, du, er, wir and they.
_FINITE = {
    "sein": "bin bist ist sind",
    "war": "war warst war waren",
    "haben": "habe hast hat haben",
    "hatte": "hatte hattest hatte hatten",
    "werden": "werde wirst wird werden",
    "wissen": "weiß weißt weiß wissen",
    "mögen": "mag magst mag mögen",
    "können": "kann kannst kann können",
    "konnte": "konnte konntest konnte konnten",
    "müssen": "muss musst muss müssen",
    "musste": "musste musstest musste mussten",
    "wollen": "will willst will wollen",
    "wollte": "wollte wolltest wollte wollten",
    "dürfen": "darf darfst darf dürfen",
    "sollte": "sollte solltest sollte sollten",
}


def irregular_form(word: str, person: str) -> str:
    """A finite form of sein, haben, werden, wissen, mögen or a modal verb.

    Args:
        word: Infinitive for the present, first person for the past: `sein`, `war`, `können`.
        person: `ich`, `du`, `er` or `wir`.

    Returns:
        The form.

    Example:
        >>> irregular_form("können", "du"), irregular_form("war", "wir")
        ('kannst', 'waren')
    """
    return _FINITE[word].split()[("ich", "du", "er", "wir").index(person)]


def present(verb: GermanVerb, person: str) -> str:
    """The present tense, without a separable prefix.

    Args:
        verb: The verb.
        person: `ich`, `du`, `er` or `wir`, which stands for all plurals.

    Returns:
        The form.

    Example:
        >>> read = GermanVerb("lesen", "liest", "gelesen", "haben")
        >>> [present(read, person) for person in ("ich", "du", "er", "wir")]
        ['lese', 'liest', 'liest', 'lesen']
    """
    if verb.infinitive in _FINITE:
        return irregular_form(verb.infinitive, person)
    if person == "wir":
        return verb.infinitive
    if person == "er":
        return verb.third_person
    if person == "ich":
        return ich_form(verb.infinitive)
    stem = verb.third_person[:-1]
    return verb.third_person if stem[-1] in "sßzx" else stem + "st"


def ich_form(infinitive: str) -> str:
    """The first person singular of a regular present.

    Args:
        infinitive: Without a separable prefix.

    Returns:
        The form.

    Example:
        >>> ich_form("kaufen"), ich_form("füttern"), ich_form("klettern")
        ('kaufe', 'füttere', 'klettere')
    """
    if infinitive.endswith("ern"):
        return infinitive[:-1] + "e"
    return infinitive.removesuffix("en") + "e"


def imperative(verb: GermanVerb) -> str:
    """The command to one friend, without a separable prefix.

    Args:
        verb: The verb.

    Returns:
        The form: with the changed vowel of e verbs (lies!), with -e after d and t (warte!).

    Example:
        >>> imperative(GermanVerb("lesen", "liest", "gelesen", "haben"))
        'lies'
        >>> imperative(GermanVerb("warten", "wartet", "gewartet", "haben"))
        'warte'
    """
    stem = verb.infinitive.removesuffix("en")
    if verb.infinitive.endswith("ern"):
        return verb.infinitive[:-1] + "e"
    changed = verb.third_person[:-1]
    if "e" in stem and changed != stem and changed != stem + "e" and "i" in changed:
        return changed
    return stem + ("e" if stem.endswith(("d", "t")) else "")


_CONTRACTED = {
    "in dem": "im", "an dem": "am", "bei dem": "beim", "von dem": "vom", "zu dem": "zum",
    "zu der": "zur", "in das": "ins", "an das": "ans",
}  # fmt: skip


def with_preposition(preposition: str, phrase: str) -> str:
    """A preposition before a noun phrase, contracted with its article where German does so.

    Args:
        preposition: For instance `in`.
        phrase: The noun phrase in its case.

    Returns:
        The words.

    Example:
        >>> with_preposition("zu", "der alten Brücke"), with_preposition("auf", "dem Dach")
        ('zur alten Brücke', 'auf dem Dach')
    """
    first, _, rest = phrase.partition(" ")
    contracted = _CONTRACTED.get(f"{preposition} {first}")
    return f"{contracted} {rest}" if contracted and rest else f"{preposition} {phrase}"
