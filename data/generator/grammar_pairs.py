"""English sentences of several clauses with their German translations, and the choice of a type."""

from collections.abc import Callable
from dataclasses import replace

from clauses_pairs import Clause, english, german, sentence
from inflect_german import GermanVerb, determiner
from lexicon_pairs import OPPOSITES, STATES, WELCOME, Phrase
from nominals_pairs import KIND_OF
from nouns_pairs import NOUNS
from phrases_pairs import Nominal, NounPhrase, PronounPhrase, take_up
from scenes_pairs import BE
from sentences_pairs import Pair, SimpleSentences
from verbs_pairs import VERBS, Verb


def _verb(english_base: str, *forms: str) -> Verb:
    return Verb(english_base, GermanVerb(*forms), False, (), (), ())


BELIEFS = (
    _verb("think", "glauben", "glaubt", "geglaubt", "haben"),
    _verb("know", "wissen", "weiß", "gewusst", "haben"),
    _verb("hope", "hoffen", "hofft", "gehofft", "haben"),
    _verb("say", "sagen", "sagt", "gesagt", "haben"),
)
EFFORTS = (
    _verb("try", "versuchen", "versucht", "versucht", "haben"),
    _verb("forget", "vergessen", "vergisst", "vergessen", "haben"),
    _verb("promise", "versprechen", "verspricht", "versprochen", "haben"),
    _verb("begin", "fangen", "fängt", "angefangen", "haben", "an"),
)
PURPOSES = frozenset({
    "read", "write", "buy", "sell", "look for", "visit", "paint", "repair", "feed", "pick +up",
    "help", "play", "swim", "rest", "dance", "eat", "wait for", "sing",
})  # fmt: skip
_TRIPS = ("go", "run", "travel")


class PairGrammar(SimpleSentences):
    """All sentence types."""

    def pair(self) -> tuple[str, str]:
        """One English sentence and its German translation."""
        types: dict[Callable[[], Pair], float] = {
            self.statement: 28.0, self.denial: 9.0, self.yes_no: 7.0, self.wh_question: 7.0,
            self.reason: 9.0, self.two_deeds: 6.0, self.contrast: 6.0, self.command: 6.0,
            self.condition: 6.0, self.comparison: 3.0, self.existence: 3.0, self.relative: 5.0,
            self.purpose: 4.0, self.liking: 4.0, self.belief: 3.0, self.effort: 3.0,
            self.state_of: 4.0, self.wellbeing: 1.5, self.luck: 1.0, self.having: 3.0,
        }  # fmt: skip
        english_words, german_words, end = self.weighted(types)()
        return sentence(english_words, end), sentence(german_words, end)

    def _plain_deed(self, subject: Nominal | None, kind: str, tense: str) -> Clause:
        """A deed without adverbials of time."""
        return replace(self.deed(subject, kind, tense), time=None, frequency=None)

    def _joined(self, clause: Clause, links: Phrase, ground: Clause, front: float) -> Pair:
        """A main and a subordinate clause, the latter in front with the given chance."""
        words, german_words = english(ground), german(ground, "subordinate")
        if self.chance(front):
            rest = [",", *german(clause, "verb-first")]
            start = [links.english, *words, ",", *english(clause)]
            return start, [links.german, *german_words, *rest], "."
        return (
            [*english(clause), links.english, *words],
            [*german(clause), ",", links.german, *german_words],
            ".",
        )

    def reason(self) -> Pair:
        """The hedgehog hid because it was raining."""
        past, kind = self.chance(0.6), self.actor()
        tense = "past" if past else self.one(["progressive", "must", "want"])
        clause = replace(self.deed(kind=kind, tense=tense), frequency=None)
        because = Phrase("because", "weil")
        links = self.one([because, because, Phrase("although", "obwohl")])
        ground = self.background(clause.subject, kind, past, deeds=links == because)
        return self._joined(clause, links, ground, 0.3)

    def condition(self) -> Pair:
        """If it rains, she will read; when Emil came back, the owl was asleep."""
        kind = self.actor()
        if self.chance(0.5):
            clause = self.willed_deed(None, kind, self.one(["future", "can", "must", "future"]))
            ground = self.weather(past=False)
            if ground.tense == "progressive":
                ground = replace(ground, tense="present")
            return self._joined(clause, Phrase("if", "wenn"), ground, 0.5)
        clause = self._plain_deed(None, kind, "past")
        links = self.one(
            [Phrase("when", "als"), Phrase("before", "bevor"), Phrase("while", "während")]
        )
        ground = self._plain_deed(None, "person", "past")
        if ground.subject == clause.subject:
            ground = replace(ground, subject=PronounPhrase(clause.subject.key))
        if links.english == "while":
            ground = self.weather(past=True, lasting=True)
        return self._joined(clause, links, ground, 0.5)

    def two_deeds(self) -> Pair:
        """Emil opened the window and sang loudly."""
        tense = self.one(["past", "past", "progressive", "future"])
        first = replace(self.deed(kind="person", tense=tense), frequency=None)
        while first.tense == "present":
            first = replace(self.deed(kind="person", tense=tense), frequency=None)
        second = self.willed_deed(first.subject, "person", first.tense)
        while second.verb == first.verb:
            second = self.willed_deed(first.subject, "person", first.tense)
        words, german_words = english(second, "wh-subject"), german(second, "wh-subject")
        if first.tense in ("progressive", "future"):
            words = words[1:]
        same = german(first, "wh-subject")[0] == german_words[0]
        if first.tense in ("past", "future") and same:
            german_words = german_words[1:]
        return [*english(first), "and", *words], [*german(first), "und", *german_words], "."

    def contrast(self) -> Pair:
        """The lamp is old, but it is beautiful. Anna is tired, but she must work."""
        kind = self.one(["thing", "clothes", "room", "animal", "person", "place", "text"])
        if kind in ("person", "animal"):
            phrase = self.definite_subject(kind)
            word = self.one([word for word in STATES[kind].split() if word not in WELCOME])
            first = Clause(phrase, BE, "present", predicate=self.quality(word))
            tense = self.one(["progressive", "must", "want"])
            second = self.willed_deed(PronounPhrase(phrase.key), kind, tense)
        else:
            thing = self.known(kind)
            states = STATES[kind].split()
            good = self.one([word for word in states if word in WELCOME])
            others = [word for word in states if word not in WELCOME]
            bad = self.one([word for word in others if {word, good} not in OPPOSITES])
            one, other = self.one([(good, bad), (bad, good)])
            first = Clause(thing, BE, "present", predicate=self.quality(one))
            second = Clause(take_up(thing), BE, "present", predicate=self.quality(other))
        words = [*english(first), ",", "but", *english(second)]
        return words, [*german(first), ",", "aber", *german(second)], "."

    def relative(self) -> Pair:
        """The dog that is sleeping under the sofa is hungry. The cake she baked is good."""
        if self.chance(0.5):
            kind = self.one(["person", "animal"])
            noun = self.early(NOUNS[kind])
            who = NounPhrase(noun, plural=self.chance(0.15))
            tense = self.one(["progressive", "past", "past"])
            clause = self._plain_deed(PronounPhrase(who.key), kind, tense)
            link = "who" if kind == "person" else "that"
            words = [link, *english(clause, "wh-subject")]
            _, *rest = german(clause, "subordinate")
            who = replace(who, relative=_relative(words, who, "nom", rest))
            main = self.state(who, kind, self.one(["present", "past"]))
            return english(main), german(main), "."
        verbs = [v for v in VERBS if v.complements[:1] == ("acc:text",) or v.english in _MAKING]
        clause = self._plain_deed(None, "person", "past")
        while clause.verb not in verbs or not isinstance(clause.accusative, NounPhrase):
            clause = self._plain_deed(None, "person", "past")
        kind = KIND_OF[clause.accusative.noun.english]
        thing = NounPhrase(clause.accusative.noun)
        clause = replace(clause, accusative=None)
        rest = german(clause, "subordinate")
        thing = replace(thing, relative=_relative(["that", *english(clause)], thing, "acc", rest))
        main = self.state(thing, kind, self.one(["present", "past"]))
        return english(main), german(main), "."

    def purpose(self) -> Pair:
        """Lena is going to the market to buy apples."""
        trips = [verb for verb in VERBS if verb.english in _TRIPS and "person" in verb.subjects]
        subject = self.subject(("person",))
        tense = self.one(["progressive", "past", "past", "want", "must", "future"])
        trip = Clause(subject, self.one(trips), tense)
        group = trip.verb.complements[0]
        trip = replace(trip, direction=self.place(group, subject, motion=True))
        aim = self._plain_deed(subject, "person", "future")
        while aim.verb.english not in PURPOSES:
            aim = self._plain_deed(subject, "person", "future")
        aim = replace(aim, place=None)
        words = [*english(trip), *english(aim, "infinitive")]
        return words, [*german(trip), ",", "um", *german(aim, "infinitive")], "."

    def belief(self) -> Pair:
        """Anna thinks that the soup is too hot."""
        verb = self.one(BELIEFS)
        past = verb.english in ("say", "think") and self.chance(0.5)
        head = Clause(self.subject(("person",)), verb, "past" if past else "present")
        if verb.english == "hope":
            content = self.willed_deed(None, self.actor(), "future")
        elif self.chance(0.5):
            kind = self.one(["thing", "dish", "vehicle", "clothes"])
            content = self.state(self.known(kind), kind, "past" if past else "present")
        else:
            tenses = ["past"] if past else ["past", "future", "progressive"]
            content = self._plain_deed(None, self.actor(), self.one(tenses))
        words = [*english(head), "that", *english(content)]
        return words, [*german(head), ",", "dass", *german(content, "subordinate")], "."

    def effort(self) -> Pair:
        """Paul forgot to turn off the lamp."""
        verb = self.one(EFFORTS)
        subject = self.subject(("person",))
        tense = "past" if verb.english in ("forget", "promise") else self.one(["past", "present"])
        aim = self.willed_deed(subject, "person", "future")
        head = Clause(subject, verb, tense)
        words = [*english(head), *english(aim, "infinitive")]
        return words, [*german(head), ",", *german(aim, "infinitive")], "."


_MAKING = frozenset({"bake", "buy", "paint", "find", "repair", "cook", "lose", "write"})


def _relative(words: list[str], head: NounPhrase, case: str, rest: list[str]) -> Phrase:
    """A relative clause; its German pronoun has the gender of the head and a case of its own."""
    gender = "pl" if head.plural else head.noun.german.gender
    pronoun = determiner("der", gender, case)
    return Phrase(" ".join(words), " ".join([",", pronoun, *rest, ","]))
