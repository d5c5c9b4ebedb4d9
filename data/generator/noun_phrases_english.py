"""Noun phrases: determiners, adjectives, possessors, numbers, compounds, coordination."""

from typing import NamedTuple

from choice import Choice
from closed_english import article, closed, demonstrative
from forms_english import Agreement, adjective, adverb, compared, noun, numeral, pronoun, proper
from lexicon_english import (
    ADJECTIVES,
    CITIES,
    COMPARABLE,
    COMPOUNDS,
    FEMALE,
    FIRST_NAMES,
    LAST_NAMES,
    MASS_NOUNS,
    NOT_OWNED,
    NOUNS,
    NUMERALS,
    PLACE_PREPOSITIONS,
    RELATIVES,
    WAYS,
)
from tokens import Token
from word_lists import word_set

THE = closed("the", "DT")
AND = closed("and", "CC")
OF = closed("of", "IN")
POSSESSIVE = closed("'s", "POS")
MASS_SHARE = {"food": 0.4, "light": 0.0}
PERSONS = (
    Agreement(1, "Sing"),
    Agreement(2, "Sing"),
    Agreement(3, "Sing", "Masc"),
    Agreement(3, "Sing", "Fem"),
    Agreement(3, "Sing", "Fem"),
    Agreement(1, "Plur"),
    Agreement(3, "Plur"),
)
PLURAL_THEY = Agreement(3, "Plur")
EVERYBODY = {"everyone": "Tot", "everybody": "Tot", "someone": "Ind", "nobody": "Neg"}
NOT_GRADED = word_set(
    "own other first last next left right wooden square open empty broken full white blue red"
    " green yellow orange black brown grey purple crimson delicious sure ready fine awake"
)
ONLY_ONE = word_set("mother father grandmother grandfather")
DEFINITE = ("the", "my", "this", "name")
ATTRIBUTES = {
    "person": ("with:clothes", "with:animal", "from:city", "in:clothes"),
    "text": ("about:person", "about:animal", "from:person", "about:place", "for:person"),
    "place": ("near:place", "behind:place", "by:place"),
    "food": ("with:food", "for:person"),
    "vehicle": ("to:city", "from:city"),
    "idea": ("about:person", "about:event"),
    "event": ("after:meal", "before:meal"),
    "thing": ("from:person", "for:person", "on:furniture"),
}


class NounPhrase(NamedTuple):
    """The words of a noun phrase and what it passes on to a verb."""

    tokens: list[Token]
    agreement: Agreement


class NounPhrases(Choice):
    """Noun phrases by the kind of thing they stand for."""

    def np(
        self, kind: str, case: str = "Acc", depth: int = 0, subject: Agreement | None = None
    ) -> NounPhrase:
        """A noun phrase.

        Args:
            kind: A key of `NOUNS` or `MASS_NOUNS`, `city`, several of these joined by `+`, or
                `[cup,plate]` for one of these nouns.
            case: `Nom` or `Acc`, for pronouns.
            depth: How deep it stands in others; deep ones stay simple.
            subject: The subject's agreement where this is an object: what is his is often meant,
                and the two are not the same pronoun.

        Returns:
            The words and the agreement.
        """
        if kind.startswith("["):
            core = [noun(self.one(kind[1:-1].split(",")))]
            return NounPhrase([*self._simple_determiner(core), *core], Agreement())
        kind = self.one(kind.split("+"))
        if kind == "city":
            return NounPhrase([proper(self.pick(CITIES))], Agreement())
        if kind == "person" and self.chance(0.45 if case == "Nom" else 0.3):
            agreement = self.one([who for who in PERSONS if not _clash(who, subject)])
            return NounPhrase([pronoun(agreement, case)], agreement)
        if kind == "person" and self.chance(0.4):
            return self.someone()
        if case == "Acc" and kind in ("thing", "animal", "food", "text") and self.chance(0.07):
            return self._stand_in()
        if depth == 0 and kind in ("person", "animal", "food") and self.chance(0.07):
            return self._coordination(kind)
        known = kind in ("place", "business", "event", "sky", "sound", "meal") and self.chance(0.75)
        return self.common(kind, depth, subject, definite=known)

    def person_name(self) -> NounPhrase:
        """A name, with or without a title."""
        gender = self.one(["Fem", "Masc"])
        first = proper(self.pick(FIRST_NAMES[gender]))
        last = proper(self.pick(LAST_NAMES))
        title = proper("Mrs." if gender == "Fem" else self.one(["Mr.", "Dr."]))
        tokens = self.weighted({(first,): 5.0, (title, last): 3.0, (first, last): 1.0})
        return NounPhrase(list(tokens), Agreement(3, "Sing", gender))

    def someone(self) -> NounPhrase:
        """A name, or now and then someone, nobody and the like."""
        if self.chance(0.88):
            return self.person_name()
        word = self.one(list(EVERYBODY))
        features = f"Number=Sing|PronType={EVERYBODY[word]}"
        return NounPhrase([Token(word, word, "PRON", "NN", features)], Agreement(3, "Sing", "Com"))

    def _stand_in(self) -> NounPhrase:
        """It, them, this or that for something that is not a person."""
        agreement = self.one([Agreement(), Agreement(), PLURAL_THEY])
        if self.chance(0.4):
            lemma = self.one(["this", "that", "that"])
            return NounPhrase([demonstrative(lemma, agreement.number, "PRON")], agreement)
        return NounPhrase([pronoun(agreement, "Acc")], agreement)

    def _coordination(self, kind: str) -> NounPhrase:
        """Two noun phrases with and."""
        left, right = self.common(kind, depth=2).tokens, self.common(kind, depth=2).tokens
        if kind == "person" and self.chance(0.6):
            left = self.person_name().tokens
        both = [closed("both", "CC")] if self.chance(0.25) else []
        return NounPhrase([*both, *left, AND, *right], PLURAL_THEY)

    def common(
        self, kind: str, depth: int = 0, subject: Agreement | None = None, definite: bool = False
    ) -> NounPhrase:
        """A noun phrase with a common noun; the deeper it stands, the plainer."""
        mass = kind not in NOUNS or (kind in MASS_NOUNS and self.chance(MASS_SHARE.get(kind, 0.0)))
        number = "Sing" if mass or self.chance(0.78 if depth else 0.68) else "Plur"
        lemma = self.pick(MASS_NOUNS[kind] if mass else NOUNS[kind])
        number = "Sing" if lemma in ONLY_ONE else number
        gender = "Neut" if kind != "person" else "Fem" if lemma in FEMALE else "Masc"
        if number == "Plur" and depth < 2 and self.chance(0.07):
            return self._one_of(lemma, gender)
        core = [*self._adjectives(kind, depth), noun(lemma, number)]
        if lemma in COMPOUNDS and self.chance(0.15):
            core[-1:] = [noun(self.one(COMPOUNDS[lemma].split())), core[-1]]
        if kind in ("clothes", "vehicle", "dish") and depth and self.chance(0.06):
            core = [adjective(self.pick(ADJECTIVES["colour"])), noun("one", number)]
        shares = self._determiner_shares(kind, lemma, number, mass, depth)
        if definite:
            shares = {name: share for name, share in shares.items() if name in DEFINITE}
        tokens = [*self._determiner(shares, core, mass, subject), *core]
        if depth == 0 and kind in ATTRIBUTES and self.chance(0.12):
            tokens += self.prepositional(self.one(ATTRIBUTES[kind]), depth=2)
        return NounPhrase(tokens, Agreement(3, number, gender))

    def _one_of(self, lemma: str, gender: str) -> NounPhrase:
        """One of the, two of my, many of these + plural."""
        these = demonstrative("this", "Plur", "DET")
        rest = self.one([THE, THE, these])
        if lemma not in NOT_OWNED and self.chance(0.4):
            rest = self.owner()
        one = numeral("one")
        head = self.one([one, one, numeral("two"), closed("many", "JJ"), closed("some", "DT")])
        number = "Sing" if head == one else "Plur"
        return NounPhrase([head, OF, rest, noun(lemma, "Plur")], Agreement(3, number, gender))

    def _adjectives(self, kind: str, depth: int) -> list[Token]:
        """No adjective, one, or two; sometimes with very."""
        if kind not in ADJECTIVES or not self.chance(0.25 if depth > 1 else 0.4):
            return []
        if kind in COMPARABLE and self.chance(0.07):
            return compared(self.pick(COMPARABLE[kind]), "Sup")
        lemma = self.pick(ADJECTIVES[kind])
        if self.chance(0.08):
            other = self.pick(ADJECTIVES["colour"])
            if kind in ("clothes", "thing", "dish", "plant") and other != lemma:
                return [adjective(lemma), adjective(other)]
        if self.chance(0.07) and lemma not in NOT_GRADED:
            return [adverb(self.one(["very", "very", "really", "rather"])), adjective(lemma)]
        return [adjective(lemma)]

    def _simple_determiner(self, core: list[Token]) -> list[Token]:
        """The, a or my before a singular."""
        return [self.one([THE, THE, article(core[0].form), pronoun(self.one(PERSONS), "Gen")])]

    def _determiner_shares(
        self, kind: str, lemma: str, number: str, mass: bool, depth: int
    ) -> dict[str, float]:
        """How often each determiner stands before such a noun."""
        if lemma in RELATIVES:
            return {"the": 15.0, "my": 50.0, "name": 12.0, "a": 15.0 if number == "Sing" else 0.0}
        shares = {"the": 40.0, "this": 6.0 if depth < 2 else 2.0}
        if kind != "person" and lemma not in NOT_OWNED:
            shares |= {"my": 12.0, "name": 5.0 if depth < 2 else 1.0}
        if mass:
            return shares | {"bare": 20.0, "no": 8.0}
        if number == "Sing":
            return shares | {"a": 26.0, "every": 5.0 if depth == 0 else 1.0}
        return shares | {"some": 12.0, "three": 9.0, "bare": 4.0, "all the": 3.0}

    def _determiner(
        self, shares: dict[str, float], core: list[Token], mass: bool, subject: Agreement | None
    ) -> list[Token]:
        """What stands before the adjectives and the noun."""
        number = "Plur" if core[-1].xpos == "NNS" else "Sing"
        if "Sup" in core[0].feats or core[0].form in ("most", "first", "last", "next"):
            return [THE]
        match self.weighted(shares):
            case "my":
                return [self.owner(subject)]
            case "this":
                return [demonstrative(self.one(["this", "that"]), number, "DET")]
            case "name":
                return [*self.person_name().tokens, POSSESSIVE]
            case "no" if mass:
                return [closed(self.one(["some", "some", "no"]), "DT")]
            case "some":
                return [self.quantity()]
            case "three":
                return [self.number()]
            case "all the":
                rest = THE if core[-1].lemma in NOT_OWNED else self.one([THE, self.owner(subject)])
                return [closed(self.one(["all", "all", "both"]), "PDT"), rest]
            case "a":
                return [article(core[0].form)]
            case "every":
                return [closed(self.one(["every", "each", "another", "no"]), "DT")]
            case "bare":
                return []
        return [THE]

    def owner(self, subject: Agreement | None = None) -> Token:
        """My, her, their: mostly the subject's own in an object."""
        if subject is not None and subject.gender != "Neut" and self.chance(0.75):
            return pronoun(subject, "Gen")
        return pronoun(self.one(PERSONS), "Gen")

    def quantity(self) -> Token:
        """Many, some, both, several, ... before a plural."""
        some, both = closed("some", "DT"), closed("both", "DT")
        return self.one([some, some, both, closed("many", "JJ"), closed("several", "JJ")])

    def number(self) -> Token:
        """A number above one, mostly in letters."""
        digits = self.chance(0.15)
        return numeral(str(self.whole(11, 60)) if digits else self.pick(NUMERALS))

    def prepositional(
        self, complement: str, depth: int = 1, subject: Agreement | None = None
    ) -> list[Token]:
        """A preposition and its noun, such as `by,near:place`."""
        prepositions, _, kind = complement.partition(":")
        preposition = closed(self.one(prepositions.split(",")), "IN")
        return [preposition, *self.np(kind, depth=depth, subject=subject).tokens]

    def place(self) -> list[Token]:
        """A place with a preposition that suits it: at the station, on the hill."""
        lemma = self.pick(NOUNS["place"])
        fitting = [p for p, nouns in PLACE_PREPOSITIONS.items() if lemma in nouns] or ["in"]
        near = self.one(["near", "outside", "behind"])
        preposition = closed(near if self.chance(0.15) else self.one(fitting), "IN")
        mine = lemma not in NOT_OWNED and self.chance(0.25)
        return [preposition, self.owner() if mine else THE, noun(lemma)]

    def way(self) -> list[Token]:
        """A path: through the park, past the old church."""
        preposition = self.one(list(WAYS))
        return [closed(preposition, "IN"), THE, noun(self.pick(WAYS[preposition]))]


def _clash(one: Agreement, other: Agreement | None) -> bool:
    """Whether both cannot be pronouns of one clause: I saw me, we saw me."""
    return other is not None and one.person == other.person and (one.person < 3 or one == other)
