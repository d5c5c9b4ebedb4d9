"""Small scenes: what may be said in one English sentence and its German translation."""

from dataclasses import replace

from clauses_pairs import Clause
from inflect_german import GermanNoun, GermanVerb
from lexicon_pairs import (
    ADJECTIVES,
    ADVERBS,
    FREQUENCIES,
    NUMBERS,
    SET_OBJECTS,
    STATES,
    TIMES,
    Phrase,
)
from nominals_pairs import Nominals
from nouns_pairs import Noun
from phrases_pairs import Nominal, NounPhrase, PronounPhrase
from verbs_pairs import VERBS, Verb

BE = Verb("be", GermanVerb("sein", "ist", "gewesen", "sein"), False, (), (), ())
HAVE = Verb("have", GermanVerb("haben", "hat", "gehabt", "haben"), False, (), (), ())
BE_HAVING = Verb("be", HAVE.german, False, (), (), ())
RAIN = Verb("rain", GermanVerb("regnen", "regnet", "geregnet", "haben"), False, (), (), ())
SNOW = Verb("snow", GermanVerb("schneien", "schneit", "geschneit", "haben"), False, (), (), ())
SHINE = Verb("shine", GermanVerb("scheinen", "scheint", "geschienen", "haben"), False, (), (), ())
SUN = NounPhrase(Noun("sun", GermanNoun("Sonne", "f", "Sonnen", "Sonne"), "it"))
IT = PronounPhrase("it-n")
STATIVE = frozenset({"love", "know", "see", "hear", "forget", "remember", "like"})
PRESENT_ONLY = frozenset({"love", "know"})
IDIOMS = (
    Phrase("in a hurry", "es eilig"),
    Phrase("right", "recht"),
    Phrase("lucky", "Glück"),
    Phrase("in a good mood", "gute Laune"),
    Phrase("thirsty", "Durst"),
    Phrase("in a bad mood", "schlechte Laune"),
)
CATS_AND_DOGS = Phrase("cats and dogs", "in Strömen")
NOT_GRADED = frozenset({"broken", "open", "empty", "full"})
DELAYED = Phrase("late", "Verspätung")
TIME_OF = {
    "progressive": "now", "present": "habit", "like": "habit", "past": "past", "future": "future",
    "can": "future", "must": "future", "want": "future", "should": "future", "may": "future",
    "could": "past", "had to": "past", "wanted": "past", "perfect": "now",
}  # fmt: skip
TENSES = {
    "progressive": 6.0, "present": 4.0, "past": 7.0, "future": 2.0, "can": 0.7, "must": 1.5,
    "want": 1.5, "wanted": 0.5, "like": 1.0,
}  # fmt: skip
ACTORS = ("person",) * 9 + ("animal",) * 4 + ("bird", "vehicle", "climber", "swimmer")
MODAL = ("can", "could", "must", "had to", "want", "wanted", "should", "may", "like")
NOT_WILLED = frozenset({
    "remember", "think of", "dream of", "look forward to", "get lost", "forget", "lose", "find",
    "see", "hear", "laugh about", "wake up", "fall asleep", "know", "love", "laugh", "arrive",
    "leave",
})  # fmt: skip


class Scenes(Nominals):
    """Clauses about persons and animals that make sense."""

    def tense(self) -> str:
        """A tense by its frequency."""
        return self.weighted(TENSES)

    def deed(self, subject: Nominal | None = None, kind: str = "", tense: str = "") -> Clause:
        """Somebody does something.

        Args:
            subject: Who, or `None` for anybody that suits.
            kind: Kind of the subject, with `subject`.
            tense: A tense, or `""` for any.

        Returns:
            The clause.
        """
        kind = kind or self.one(ACTORS)
        verb = self.early([verb for verb in VERBS if kind in verb.subjects])
        subject = subject or self.subject((kind,))
        tense = tense or self.tense()
        if verb.english in PRESENT_ONLY or (tense == "progressive" and verb.english in STATIVE):
            tense = "present"
        if verb.english in NOT_WILLED and tense in MODAL:
            tense = "past" if tense in ("could", "wanted", "had to") else "present"
        if kind != "person" and tense in ("should", "may", "like", "had to"):
            tense = "past"
        clause = self._with_objects(Clause(subject, verb, tense))
        return self._with_adverbials(clause)

    def _with_objects(self, clause: Clause) -> Clause:
        for complement in clause.verb.complements:
            case, _, kinds = complement.partition(":")
            if case in SET_OBJECTS:
                clause = replace(clause, predicate=self.one(SET_OBJECTS[case]))
                continue
            if not kinds:
                motion = self.place(case, clause.subject, motion=True)
                if clause.verb.english == "sit down":
                    motion = motion._replace(english=motion.english.replace("onto", "on"))
                clause = replace(clause, direction=motion)
                continue
            thing = self.object(kinds, clause.subject)
            if clause.dative and case == "acc":
                while isinstance(thing, PronounPhrase):
                    thing = self.object(kinds, clause.subject)
            if case == "acc":
                clause = replace(clause, accusative=thing)
            elif case == "dat":
                clause = replace(clause, dative=thing)
            else:
                clause = replace(clause, prepositional=thing)
        return clause

    def _with_adverbials(self, clause: Clause) -> Clause:
        """The clause, sometimes with how, where, when or how often."""
        if clause.verb.extras and self.chance(0.25):
            clause = self._with_extra(clause, self.one(clause.verb.extras).replace("_", " "))
        if clause.time or clause.verb.english in PRESENT_ONLY:
            return clause
        usual = clause.tense == "present"
        if usual and self.chance(0.5):
            return replace(clause, frequency=self.early(FREQUENCIES))
        if usual or self.chance(0.25):
            return replace(clause, time=self.early(TIMES[TIME_OF[clause.tense]]))
        return clause

    def _with_extra(self, clause: Clause, name: str) -> Clause:
        """The clause with an adverbial that suits its verb."""
        if name in SET_OBJECTS:
            return replace(clause, place=self.one(SET_OBJECTS[name]))
        if name == "together" and clause.subject.key not in ("we", "they"):
            return clause
        if name in ADVERBS:
            return replace(clause, manner=ADVERBS[name])
        if name == "clock":
            return replace(clause, time=self.early(TIMES["clock"]))
        if name == "by":
            vehicle = self.one([Phrase("by train", "mit dem Zug"), Phrase("by bus", "mit dem Bus")])
            return replace(clause, company=vehicle)
        if name == "with":
            return replace(clause, company=self.company(clause.subject))
        return replace(clause, place=self.place(name, clause.subject))

    def denied(self, clause: Clause) -> Clause:
        """The clause with not, in German with kein where an object is indefinite."""
        target = clause.accusative
        if isinstance(target, NounPhrase):
            counted = isinstance(target.word, Phrase) and target.word.english in NUMBERS
            target = replace(target, word="") if counted else target
            target = replace(target, negated=not target.definite)
        time = clause.time if clause.time and "every" not in clause.time.english else None
        return replace(clause, accusative=target, negated=True, frequency=None, time=time)

    def state(self, subject: Nominal, kind: str, tense: str = "present") -> Clause:
        """Somebody or something is old, tired, broken; a train is late."""
        if kind == "vehicle" and self.chance(0.4):
            return Clause(subject, BE_HAVING, tense, predicate=DELAYED)
        word = self.early(STATES[kind].split())
        return Clause(subject, BE, tense, predicate=self.quality(word))

    def quality(self, word: str) -> Phrase:
        """An adjective after be, sometimes with very or too."""
        degree = "" if word in NOT_GRADED else self.weighted({"": 6.0, "very": 1.5, "too": 0.7})
        german_degree = {"": "", "very": "sehr ", "too": "zu "}[degree]
        return Phrase(f"{degree} {word}".strip(), german_degree + ADJECTIVES[word].german)

    def weather(self, past: bool, lasting: bool = False) -> Clause:
        """It is raining; the sun was shining; it is cold (where it need not be lasting)."""
        tense = "past" if past else "progressive"
        match self.one(["rain", "snow", "sun", "rain", *([] if lasting else ["cold"])]):
            case "rain":
                hard = CATS_AND_DOGS if self.chance(0.2) else None
                return Clause(IT, RAIN, tense, predicate=hard)
            case "snow":
                return Clause(IT, SNOW, tense)
            case "sun":
                return Clause(SUN, SHINE, tense)
        word = self.one(["cold", "warm", "dark", "late"])
        adjective = Phrase(word, ADJECTIVES[word].german)
        return Clause(IT, BE, "past" if past else "present", predicate=adjective)

    def willed_deed(self, subject: Nominal | None, kind: str, tense: str) -> Clause:
        """A deed that somebody may want, without adverbials of time."""
        while True:
            clause = self.deed(subject, kind, tense)
            if clause.verb.english not in NOT_WILLED:
                return replace(clause, time=None, frequency=None)

    def background(self, subject: Nominal, kind: str, past: bool, deeds: bool = True) -> Clause:
        """A reason: the weather, a state, an idiom, or (with deeds) a wish or a duty."""
        again = PronounPhrase(subject.key)
        shares = {"weather": 3.0, "state": 3.0, "idiom": 1.0}
        shares |= {"wish": 2.0, "deed": 1.5} if deeds else {}
        tense = "past" if past else "present"
        match self.weighted(shares):
            case "weather":
                return self.weather(past)
            case "wish":
                return self.willed_deed(again, kind, "wanted" if past else "want")
            case "idiom" if kind == "person":
                return Clause(again, BE_HAVING, tense, predicate=self.early(IDIOMS))
            case "deed":
                return self.willed_deed(again, kind, "past" if past else "must")
        return self.state(again, kind, tense)
