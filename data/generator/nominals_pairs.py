"""Choosing noun phrases and adverbials that make sense together, in both languages."""

from choice import Choice
from inflect_german import with_preposition
from lexicon_pairs import ATTRIBUTES, NAMES, NUMBERS, PLACES, TITLES, Phrase
from nouns_pairs import NOUNS, Noun
from phrases_pairs import PRONOUNS, NamePhrase, Nominal, NounPhrase, Pronoun, PronounPhrase
from verbs_pairs import GROUPS

NOUN_OF = {noun.english: noun for nouns in NOUNS.values() for noun in nouns}
KIND_OF = {noun.english: kind for kind, nouns in NOUNS.items() for noun in nouns}
KIND_OF |= {noun.english: "person" for noun in NOUNS["relative"]}
OWNABLE = (
    "thing",
    "clothes",
    "instrument",
    "text",
    "light",
    "opening",
    "room",
    "animal",
    "vehicle",
)
WILD = ("bear", "hare", "hedgehog", "owl", "mouse", "bird")
NOT_OWNED = (*WILD, "fairy tale", "train", "bus")
SUBJECTS = ("I", "you", "he", "she", "we", "they", "he", "she")


class Nominals(Choice):
    """Noun phrases and adverbials by kind."""

    def nouns(self, kinds: str) -> tuple[Noun, ...]:
        """All nouns of some kinds or groups, joined by `/`."""
        return tuple(
            noun
            for kind in kinds.split("/")
            for noun in (NOUNS.get(kind) or [NOUN_OF[word] for word in GROUPS[kind]])
        )

    def subject(self, kinds: tuple[str, ...]) -> Nominal:
        """Somebody or something that does something."""
        kind = self.one(kinds)
        if kind == "person":
            return self.somebody(SUBJECTS)
        noun = self.early(self.nouns(kind))
        words = {"the": 8.0, "this": 1.0, "a": 1.0}
        if noun.english not in WILD and KIND_OF[noun.english] == "animal":
            words |= {"my": 1.5, "your": 0.8, "our": 0.8}
        return self.described(noun, self.weighted(words), plural=self.chance(0.1))

    def somebody(self, pronouns: tuple[str, ...]) -> Nominal:
        """A person: a pronoun, a name, a relative, the baker."""
        match self.weighted({"pronoun": 3.0, "name": 3.0, "relative": 2.0, "person": 4.0}):
            case "pronoun" if pronouns:
                return PronounPhrase(self.one(pronouns))
            case "relative":
                word = self.weighted({"my": 4.0, "your": 2.0, "her": 1.0, "our": 1.0})
                return NounPhrase(self.early(NOUNS["relative"]), word=word)
            case "person":
                noun = self.early(NOUNS["person"])
                return self.described(noun, self.weighted({"the": 8.0, "a": 1.0, "this": 1.0}))
        if self.chance(0.15):
            english, german, key = self.one(TITLES)
            return NamePhrase(Phrase(english, german), key)
        name = self.early(list(NAMES))
        return NamePhrase(Phrase(name, name), NAMES[name])

    def described(
        self, noun: Noun, word: str | Phrase | Pronoun, plural: bool = False
    ) -> NounPhrase:
        """A noun with its determiner, sometimes with an adjective."""
        plural = plural and noun.german.plural != "-"
        if plural and word == "a":
            word = "the"
        kind = KIND_OF[noun.english]
        chosen = self.early(ATTRIBUTES[kind].split()) if self.chance(0.12) else ""
        if chosen == "old" and noun.english in ("child", "boy"):
            chosen = "small"
        return NounPhrase(noun, plural, word, chosen)

    def object(self, kinds: str, subject: Nominal) -> Nominal:
        """Somebody or something that something is done to."""
        kind = self.one(kinds.split("/"))
        if kind in ("person", "relative"):
            others = tuple(key for key in SUBJECTS if _may_meet(subject.key, key))
            return self.somebody(others)
        noun = self.early(self.nouns(kind))
        kind = KIND_OF[noun.english]
        if noun.german.plural == "-":
            return self.described(noun, self.one(["", "", "the"]))
        if kind == "food" and self.chance(0.5):
            return self.described(noun, self.count() if self.chance(0.5) else "", plural=True)
        words: dict[str | Pronoun, float] = {"the": 5.0, "a": 3.0, "this": 1.0}
        if kind in OWNABLE and noun.english not in (*NOT_OWNED, *self._beasts(subject)):
            words[PRONOUNS[subject.key]] = 3.0
        word = self.weighted(words)
        if kind in OWNABLE and noun.english not in NOT_OWNED and self.chance(0.06):
            return self._owned(noun)
        return self.described(noun, word, plural=self.chance(0.07))

    def _beasts(self, subject: Nominal) -> list[str]:
        """What an it does not own: animals."""
        return [noun.english for noun in NOUNS["animal"]] if subject.key.startswith("it") else []

    def count(self) -> Phrase:
        """Two, three, four or five."""
        number = self.one(list(NUMBERS))
        return Phrase(number, NUMBERS[number])

    def known(self, kind: str) -> NounPhrase:
        """The soup, my hat, the train: something of a kind that everybody knows."""
        own = kind in OWNABLE and kind not in ("vehicle", "animal")
        word = self.one(["the", "the", "my", "your"] if own else ["the", "the", "this"])
        return NounPhrase(self.early(NOUNS[kind]), word=word)

    def _owned(self, noun: Noun) -> NounPhrase:
        """Anna's bicycle; the neighbour's bicycle."""
        if self.chance(0.5):
            name = self.early(list(NAMES))
            return NounPhrase(noun, word=Phrase(f"{name}'s", f"{name}s"))
        return NounPhrase(noun, owner=NounPhrase(self.early(NOUNS["person"])))

    def place(self, group: str, subject: Nominal, motion: bool = False) -> Phrase:
        """Where, or where to."""
        name = self.early([noun.english for noun in self.nouns(group) if noun.english in PLACES])
        rest, towards = (part.split() for part in PLACES[name].split(", "))
        own = KIND_OF[name] == "room" and self.chance(0.25)
        word: str | Pronoun = PRONOUNS[subject.key] if own else "the"
        phrase = self.described(NOUN_OF[name], word) if self.chance(0.4) else None
        phrase = phrase or NounPhrase(NOUN_OF[name], word=word)
        if not motion:
            english, german = rest
            return Phrase(
                f"{english} {phrase.english()}", with_preposition(german, phrase.german("dat"))
            )
        english, german, case = towards
        return Phrase(
            f"{english} {phrase.english()}", with_preposition(german, phrase.german(case))
        )

    def company(self, subject: Nominal) -> Phrase:
        """With whom."""
        other = self.object("pet" if self.chance(0.3) else "person", subject)
        return Phrase(f"with {other.english('acc')}", f"mit {other.german('dat')}")


def _may_meet(subject: str, other: str) -> bool:
    """Whether a pronoun can be the object beside a subject: not I and us."""
    first, second = {"I", "we"}, {"you"}
    if subject in first:
        return other not in first
    return other not in second if subject in second else other != subject
