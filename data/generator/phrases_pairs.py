"""Noun phrases in English and German at once: pronouns, names, nouns with their determiners."""

from dataclasses import dataclass
from typing import NamedTuple

from inflect_english import degrees, indefinite
from inflect_german import adjective_form, determiner, noun_form
from lexicon_pairs import ADJECTIVES, Phrase
from nouns_pairs import Noun


class Pronoun(NamedTuple):
    """A person of both grammars, for pronouns, possessives and verb endings.

    Attributes:
        subject: English nominative; `it` and German gender are told apart by the key.
        object: English accusative.
        possessive: English possessive before a noun.
        german: Nominative, accusative, dative, reflexive, stem of the possessive.
        person: German verb form: `ich`, `du`, `er` or `wir`, which stands for all plurals.
        english_person: English person and number.
    """

    subject: str
    object: str
    possessive: str
    german: tuple[str, ...]
    person: str
    english_person: tuple[int, str]


def _pronoun(english: str, german: str, person: str, english_person: tuple[int, str]) -> Pronoun:
    subject, other, possessive = english.split()
    forms = tuple(german.split())
    return Pronoun(subject, other, possessive, forms, person, english_person)


PRONOUNS = {
    "I": _pronoun("I me my", "ich mich mir mich mein", "ich", (1, "Sing")),
    "you": _pronoun("you you your", "du dich dir dich dein", "du", (2, "Sing")),
    "he": _pronoun("he him his", "er ihn ihm sich sein", "er", (3, "Sing")),
    "she": _pronoun("she her her", "sie sie ihr sich ihr", "er", (3, "Sing")),
    "it-m": _pronoun("it it its", "er ihn ihm sich sein", "er", (3, "Sing")),
    "it-f": _pronoun("it it its", "sie sie ihr sich ihr", "er", (3, "Sing")),
    "it-n": _pronoun("it it its", "es es ihm sich sein", "er", (3, "Sing")),
    "we": _pronoun("we us our", "wir uns uns uns unser", "wir", (1, "Plur")),
    "they": _pronoun("they them their", "sie sie ihnen sich ihr", "wir", (3, "Plur")),
}
_DETERMINERS = {
    "the": "der", "a": "ein", "this": "dies", "my": "mein", "your": "dein", "her": "ihr",
    "our": "unser", "": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PronounPhrase:
    """A personal pronoun.

    Attributes:
        key: Key of `PRONOUNS`.
    """

    key: str

    def english(self, case: str = "nom") -> str:
        """The English words; `case` is `nom` or another one."""
        pronoun = PRONOUNS[self.key]
        return pronoun.subject if case == "nom" else pronoun.object

    def german(self, case: str) -> str:
        """The German words in `nom`, `acc` or `dat`."""
        return PRONOUNS[self.key].german[("nom", "acc", "dat").index(case)]

    @property
    def definite(self) -> bool:
        """Whether it stands early among the objects of a German clause: always."""
        return True


@dataclass(frozen=True, slots=True)
class NamePhrase:
    """A person's name.

    Attributes:
        name: English and German.
        key: `he` or `she`.
    """

    name: Phrase
    key: str

    def english(self, case: str = "nom") -> str:
        """The English name, alike in all cases."""
        return self.name.english

    def german(self, case: str) -> str:
        """The German name; Herr becomes Herrn in the oblique cases."""
        return self.name.german if case == "nom" else self.name.german.replace("Herr ", "Herrn ")

    @property
    def definite(self) -> bool:
        """Whether it stands early among the objects of a German clause: always."""
        return True


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun with what stands before it and after it.

    Attributes:
        noun: The noun.
        plural: Whether it is plural.
        word: English determiner: the, a, this, my, your, her, our or none (`""`); the `Pronoun` of
            an owner named before; a `Phrase` for a number or a name in the genitive.
        adjective: English adjective, or `""`.
        owner: Whose it is, after the noun in German (der Hund des Nachbarn).
        relative: A relative clause, German with its commas.
        superlative: Whether the adjective is a superlative.
        negated: Whether German says kein, where English says not.
    """

    noun: Noun
    plural: bool = False
    word: str | Phrase | Pronoun = "the"
    adjective: str = ""
    owner: "NounPhrase | None" = None
    relative: Phrase | None = None
    superlative: bool = False
    negated: bool = False

    @property
    def key(self) -> str:
        """The key of `PRONOUNS` that takes it up."""
        if self.plural:
            return "they"
        return self.noun.pronoun if self.noun.pronoun != "it" else f"it-{self.noun.german.gender}"

    @property
    def definite(self) -> bool:
        """Whether it stands early among the objects of a German clause."""
        return not self.negated and self.word not in ("", "a")

    def english(self, case: str = "nom") -> str:
        """The English words, alike in all cases."""
        adjective = self.adjective
        if self.superlative:
            adjective = _english_superlative(adjective)
        noun = self.noun.english_plural if self.plural else self.noun.english
        words = [adjective, noun] if adjective else [noun]
        if self.owner:
            words.insert(0, f"{self.owner.english()}'s")
        elif isinstance(self.word, Phrase):
            words.insert(0, self.word.english)
        elif isinstance(self.word, Pronoun):
            words.insert(0, self.word.possessive)
        elif self.word == "a":
            words.insert(0, indefinite(words[0]))
        elif self.word:
            words.insert(0, "these" if self.word == "this" and self.plural else self.word)
        return " ".join([*words, *([self.relative.english] if self.relative else [])])

    def german(self, case: str) -> str:
        """The German words in any case."""
        gender = "pl" if self.plural else self.noun.german.gender
        word, words = "", []
        if isinstance(self.word, Phrase):
            words.append(self.word.german)
        elif isinstance(self.word, Pronoun):
            word = self.word.german[4]
        else:
            word = "kein" if self.negated else _DETERMINERS[self.word]
        if word:
            words.append(determiner(word, gender, case))
        if self.adjective:
            adjective = ADJECTIVES[self.adjective]
            lemma = adjective.superlative if self.superlative else adjective.german
            words.append(adjective_form(lemma, word, gender, case))
        words.append(noun_form(self.noun.german, "pl" if self.plural else "sg", case))
        if self.owner:
            words.append(self.owner.german("gen"))
        return " ".join([*words, *([self.relative.german] if self.relative else [])])


Nominal = PronounPhrase | NamePhrase | NounPhrase


def _english_superlative(adjective: str) -> str:
    forms = degrees(adjective)
    return forms[1] if forms else f"most {adjective}"


def take_up(phrase: Nominal) -> PronounPhrase:
    """The pronoun for something named before.

    Args:
        phrase: What was named.

    Returns:
        The pronoun, in German of the noun's gender.

    Example:
        >>> from nouns_pairs import NOUNS
        >>> lamp = NounPhrase(NOUNS["light"][0], adjective="old")
        >>> lamp.german("dat"), take_up(lamp).german("nom"), take_up(lamp).english()
        ('der alten Lampe', 'sie', 'it')
    """
    return PronounPhrase(phrase.key)
