"""Adverbials of tagged sentences: when, where, how, and how often."""

from closed_english import article, closed
from forms_english import Agreement, adverb, noun, numeral, proper
from lexicon_english import ADVERBS, DEGREE, FREQUENCY, MONTHS, NOUNS, WEEKDAYS
from noun_phrases_english import THE, NounPhrases
from tokens import Token

PAST_TENSES = frozenset({"Past", "Past+ing", "Past+perfect"})


class Adverbials(NounPhrases):
    """Adverbials that fit a tense or a kind of verb."""

    def time(self, tense: str) -> list[Token]:
        """When it happens, in words that fit the tense.

        Args:
            tense: A key of `verb_groups_english.HELPERS`.

        Returns:
            An adverbial.
        """
        match tense:
            case "Past" | "could":
                return self.one([self._past_day, self._past_day, self._ago, self._date])()
            case "Past+ing":
                return self.one([self._at_hour, self._past_day])()
            case "Past+perfect":
                return [closed("before", "RB")]
            case "Pres":
                return self.one([self._habit, self._habit, self._at_hour])()
            case "Pres+ing":
                return self.one([[noun("today")], [adverb("now")], [noun("tonight")]])
            case "Pres+perfect":
                return self.one([[closed("twice", "RB")], [closed("before", "RB")], self._since()])
        return self.one([self._future_day, self._future_day, self._at_hour, self._date])()

    def _past_day(self) -> list[Token]:
        if self.chance(0.4):
            return [noun("yesterday")]
        unit = self.one(["night", "week", "summer", "winter", "year"])
        return [closed("last", "JJ"), noun(unit)]

    def _future_day(self) -> list[Token]:
        if self.chance(0.5):
            return [self.one([noun("tomorrow"), noun("tonight"), closed("soon", "RB")])]
        return [closed("next", "JJ"), noun(self.one(["week", "summer", "month", "year"]))]

    def _habit(self) -> list[Token]:
        if self.chance(0.35):
            return [closed("on", "IN"), proper(self.pick(WEEKDAYS), "Plur")]
        if self.chance(0.25):
            return [closed("at", "IN"), noun(self.one(["night", "noon"]))]
        unit = self.one(["day", "morning", "evening", "week", "summer"])
        return [closed("every", "DT"), noun(unit)]

    def _ago(self) -> list[Token]:
        return [*self.amount_of_time("day week month year"), closed("ago", "RB")]

    def amount_of_time(self, units: str) -> list[Token]:
        """Two hours, a minute: a number or a, and one of the units."""
        unit = self.one(units.split())
        if self.chance(0.25):
            return [article(unit), noun(unit)]
        return [self.number(), noun(unit, "Plur")]

    def _since(self) -> list[Token]:
        return [closed("since", "IN"), self.one([proper(self.pick(MONTHS)), noun("yesterday")])]

    def _date(self) -> list[Token]:
        if self.chance(0.5):
            return [closed("on", "IN"), proper(self.pick(WEEKDAYS))]
        return [closed("in", "IN"), proper(self.pick(MONTHS))]

    def _at_hour(self) -> list[Token]:
        if self.chance(0.5):
            return [closed(self.one(["at", "at", "before", "after"]), "IN"), *self.clock()]
        return [closed("in", "IN"), THE, noun(self.one(["morning", "evening", "afternoon"]))]

    def clock(self) -> list[Token]:
        """Nine, half past six, ten to four, 9:30."""
        hour = numeral(self.one(["two", "three", "four", "five", "six", "nine", "ten"]))
        if self.chance(0.35):
            link = closed(self.one(["past", "past", "to"]), "IN")
            return [numeral(self.one(["five", "ten", "twenty"])), link, hour]
        if self.chance(0.25):
            return [numeral(f"{self.whole(1, 12)}:{self.one(['15', '30', '40', '45'])}")]
        return [hour]

    def frequency(self, tense: str) -> list[Token]:
        """Often, never, still, where the tense allows it."""
        if tense == "Pres+perfect":
            return [adverb(self.one(["never", "just", "already", "often"]))]
        if tense in ("Pres+ing", "Past+ing"):
            return [adverb("still")]
        if tense not in ("Pres", "Past"):
            return [adverb(self.one(["always", "never", "still", "often"]))]
        return [adverb(self.pick(FREQUENCY))]

    def circumstance(self, name: str, subject: Agreement) -> list[Token]:
        """An optional adverbial of a verb.

        Args:
            name: A key of `ADVERBS`, or `where`, `with`, `hours`, `like`.
            subject: The subject's agreement.

        Returns:
            Its words.
        """
        match name:
            case "where":
                return self.place()
            case "with":
                return self.prepositional(self.one(["with:person", "without:person"]), 2, subject)
            case "hours":
                return [closed("for", "IN"), *self.amount_of_time("minute hour hour day")]
            case "like":
                kind = self.one(["person", "animal"])
                lemma = self.pick(NOUNS[kind])
                return [closed("like", "IN"), article(lemma), noun(lemma)]
        degree = [adverb(self.pick(DEGREE))] if self.chance(0.15) else []
        lemma = self.pick(ADVERBS[name])
        if lemma == "together" and subject.number == "Sing":
            lemma = "alone"
        return [*([] if lemma in ("alone", "together") else degree), adverb(lemma)]
