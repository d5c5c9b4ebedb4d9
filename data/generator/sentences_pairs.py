"""Simple English sentences with their German translations: statements, questions, commands."""

from dataclasses import replace

from clauses_pairs import Clause, english, german
from inflect_english import degrees
from inflect_german import GermanVerb, with_preposition
from lexicon_pairs import ADJECTIVES, ATTRIBUTES, PLACES, Phrase
from nominals_pairs import NOUN_OF
from nouns_pairs import NOUNS
from phrases_pairs import PRONOUNS, Nominal, NounPhrase, PronounPhrase
from scenes_pairs import BE, BE_HAVING, HAVE, IDIOMS, Scenes
from verbs_pairs import Verb

Pair = tuple[list[str], list[str], str]  # English words, German words, final mark
GRADED = frozenset({
    "old", "young", "big", "small", "new", "beautiful", "friendly", "clever", "long", "short",
    "heavy", "expensive", "funny", "lazy", "curious", "brave", "warm", "dark",
})  # fmt: skip
NOT_COMMANDED = frozenset(
    {"love", "know", "arrive", "see", "hear", "dream of", "get lost", "fall asleep", "find", "lose"}
)
KEEP = Verb("keep", GermanVerb("drücken", "drückt", "gedrückt", "haben"), False, (), (), ())
LIKE = Verb("like", GermanVerb("mögen", "mag", "gemocht", "haben"), False, (), (), ())


class SimpleSentences(Scenes):
    """Sentences of one clause, each as English words, German words and the final mark."""

    def main(self, clause: Clause) -> tuple[list[str], list[str]]:
        """A statement, now and then with its time in front in both languages."""
        time = clause.time
        if time is None or time.english in ("early", "late") or not self.chance(0.4):
            return english(clause), german(clause)
        return [time.english, *english(replace(clause, time=None))], german(clause, "time")

    def statement(self) -> Pair:
        """The owl flew onto the roof yesterday."""
        return *self.main(self.deed()), "."

    def denial(self) -> Pair:
        """She isn't reading a book."""
        tense = self.one(["progressive", "present", "past", "past", "can", "want", "future"])
        return *self.main(self.denied(self.deed(tense=tense))), "."

    def actor(self) -> str:
        """A kind of subject, mostly persons."""
        return self.one(["person", "person", "animal"])

    def yes_no(self) -> Pair:
        """Did you feed the cat?"""
        tenses = ["progressive", "present", "past", "past", "can", "must", "want", "should"]
        kind = self.actor()
        subject = PronounPhrase("you") if kind == "person" and self.chance(0.6) else None
        clause = self.deed(subject, kind, self.one(tenses))
        return english(clause, "question"), german(clause, "question"), "?"

    def wh_question(self) -> Pair:
        """Where is the bear sleeping? Why did you laugh? What is she cooking?"""
        tense = self.one(["progressive", "past", "past", "must", "want", "future"])
        clause = replace(self.deed(kind=self.actor(), tense=tense), time=None, frequency=None)
        if self.chance(0.15):
            clause = replace(clause, subject=PronounPhrase("he"))
            words = ["wer", *german(clause, "wh-subject")]
            return ["who", *english(clause, "wh-subject")], words, "?"
        options = [("why", "warum", clause), ("when", "wann", clause)]
        if clause.place:
            options += [("where", "wo", replace(clause, place=None))] * 4
        if clause.direction:
            options += [("where", "wohin", replace(clause, direction=None))] * 4
        thing = clause.accusative
        if isinstance(thing, NounPhrase) and thing.noun.pronoun == "it" and not clause.dative:
            options += [("what", "was", replace(clause, accusative=None))] * 4
        word, fragewort, asked = self.one(options)
        return [word, *english(asked, "question")], [fragewort, *german(asked, "question")], "?"

    def command(self) -> Pair:
        """Open the window, please! Don't forget the umbrella!"""
        clause = self.deed(PronounPhrase("you"), "person", "future")
        while clause.verb.english in NOT_COMMANDED:
            clause = self.deed(PronounPhrase("you"), "person", "future")
        clause = replace(clause, time=None, frequency=None)
        if self.chance(0.25):
            clause = self.denied(clause)
            return english(clause, "command"), german(clause, "command"), "!"
        if self.chance(0.5):
            polite = replace(clause, frequency=Phrase("", "bitte"))
            return ["please", *english(clause, "command")], german(polite, "command"), "!"
        return english(clause, "command"), german(clause, "command"), "!"

    def state_of(self) -> Pair:
        """The soup was too hot. Grandmother is in a hurry."""
        kind = self.one(["person", "animal", "dish", "thing", "clothes", "vehicle", "room", "text"])
        tense = self.weighted({"present": 3.0, "past": 3.0, "future": 0.5})
        alive = kind in ("person", "animal")
        subject = self.definite_subject(kind) if alive else self.known(kind)
        if kind == "person" and self.chance(0.4):
            clause = Clause(subject, BE_HAVING, tense, predicate=self.early(IDIOMS))
        else:
            clause = self.state(subject, kind, tense)
            if self.chance(0.25):
                clause = replace(clause, negated=True)
        asked = not clause.negated and self.chance(0.2)
        if asked and tense != "future":
            return english(clause, "question"), german(clause, "question"), "?"
        return english(clause), german(clause), "."

    def definite_subject(self, kind: str) -> Nominal:
        """A person or an animal that is known."""
        subject = self.subject((kind,))
        if isinstance(subject, NounPhrase) and subject.word == "a":
            return replace(subject, word="the")
        return subject

    def comparison(self) -> Pair:
        """Your suitcase is heavier than my bag. This horse is the oldest."""
        kind = self.one(["animal", "thing", "person", "room", "clothes"])
        word = self.one([word for word in ATTRIBUTES[kind].split() if word in GRADED])
        left = self.early(NOUNS[kind])
        right = self.early([noun for noun in NOUNS[kind] if noun != left])
        forms = degrees(word)
        if self.chance(0.3):
            phrase = NounPhrase(left, adjective=word, superlative=True)
            best = phrase.german("nom").rsplit(" ", 1)[0]
            superlative = Phrase(f"the {forms[1] if forms else 'most ' + word}", best)
            clause = Clause(NounPhrase(left, word="this"), BE, "present", predicate=superlative)
            return english(clause), german(clause), "."
        first = NounPhrase(left, word=self.one(["the", "my", "this"]))
        second = NounPhrase(right, word=self.one(["the", "your"]))
        than = Phrase(
            f"{forms[0] if forms else 'more ' + word} than {second.english()}",
            f"{ADJECTIVES[word].comparative} als {second.german('nom')}",
        )
        clause = Clause(first, BE, "present", predicate=than)
        return english(clause), german(clause), "."

    def existence(self) -> Pair:
        """There are two ducks by the lake."""
        name = self.one(list(PLACES))
        place = self.place_of(name)
        kind = self.one(["animal", "animal", "thing", "person"])
        noun = self.early(NOUNS[kind])
        plural = self.chance(0.4)
        some = self.count() if self.chance(0.7) else ""
        phrase = self.described(noun, some if plural else "a", plural)
        past = self.chance(0.4)
        was = ("were", "waren") if plural else ("was", "war")
        be, sein = was if past else ("are", "sind") if plural else ("is", "ist")
        words = ["there", be, phrase.english(), place.english]
        return words, [place.german, sein, phrase.german("nom")], "."

    def place_of(self, name: str) -> Phrase:
        """At the station, in German with the dative."""
        preposition, präposition = PLACES[name].split(", ")[0].split()
        phrase = NounPhrase(NOUN_OF[name])
        german_words = with_preposition(präposition, phrase.german("dat"))
        return Phrase(f"{preposition} {phrase.english()}", german_words)

    def liking(self) -> Pair:
        """I like your hat (your hat pleases me); she likes cheese."""
        person = self.subject(("person",))
        third = PRONOUNS[person.key].english_person == (3, "Sing")
        if self.chance(0.35):
            foods = [noun for kind in ("food", "dish", "drink") for noun in NOUNS[kind]]
            noun = self.early(foods)
            food = NounPhrase(noun, noun.german.plural != "-", word="")
            clause = Clause(person, LIKE, "present", accusative=food)
            if self.chance(0.35):
                clause = self.denied(clause)
            return english(clause), german(clause), "."
        kind = self.one(["clothes", "text", "thing", "instrument", "room"])
        words = {"the": 3.0, "your": 3.0, "this": 2.0, "my": 2.0}
        owned = {word: share for word, share in words.items() if word != _own(person)}
        thing = self.described(self.early(NOUNS[kind]), self.weighted(owned), self.chance(0.15))
        fits = "gefallen" if thing.plural else "gefällt"
        rest = [thing.german("nom"), fits, person.german("dat")]
        if self.chance(0.3):
            do = "doesn't" if third else "don't"
            return [person.english(), do, "like", thing.english()], [*rest, "nicht"], "."
        return [person.english(), "likes" if third else "like", thing.english()], rest, "."

    def wellbeing(self) -> Pair:
        """How is your grandmother? My aunt is doing well."""
        person = self.subject(("person",))
        _, number = PRONOUNS[person.key].english_person
        be = {"I": "am", "you": "are"}.get(person.key, "are" if number == "Plur" else "is")
        if self.chance(0.6):
            return ["how", be, person.english()], ["wie geht es", person.german("dat")], "?"
        how, wie = self.one([("well", "gut"), ("better", "besser"), ("badly", "schlecht")])
        return [person.english(), be, "doing", how], [person.german("dat"), "geht es", wie], "."

    def luck(self) -> Pair:
        """I am keeping my fingers crossed for you."""
        person = self.subject(("person",))
        other = self.object("person", person)
        crossed = f"{PRONOUNS[person.key].possessive} fingers crossed for {other.english('acc')}"
        thumbs = Phrase(crossed, f"{other.german('dat')} die Daumen")
        tense = self.one(["progressive", "past", "future", "must"])
        clause = Clause(person, KEEP, tense, predicate=thumbs)
        if tense == "progressive" and self.chance(0.3):
            return english(clause, "question"), german(clause, "question"), "?"
        return english(clause), german(clause), "."

    def having(self) -> Pair:
        """We don't have a dog. Does the baker have a violin?"""
        person = self.subject(("person",))
        kind = self.one(["animal", "thing", "instrument", "clothes", "drink", "text"])
        noun = self.early(NOUNS[kind])
        phrase = self.described(noun, "" if noun.german.plural == "-" else "a")
        clause = Clause(person, HAVE, self.one(["present", "past"]), accusative=phrase)
        match self.weighted({"no": 2.0, "ask": 1.0, "yes": 2.0}):
            case "no":
                clause = self.denied(clause)
            case "ask":
                return english(clause, "question"), german(clause, "question"), "?"
        return english(clause), german(clause), "."


def _own(person: Nominal) -> str:
    """The possessive of a person."""
    return PRONOUNS[person.key].possessive
