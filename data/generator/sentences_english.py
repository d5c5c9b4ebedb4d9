"""Whole English sentences of every type, in proportion."""

from collections.abc import Callable

from background_english import stand_for
from closed_english import closed
from forms_english import finite
from noun_phrases_english import NounPhrase
from patterns_english import Patterns
from questions_english import COMMA, STOP
from tokens import Token, starts_sentence
from verb_groups_english import verb_group

OPENING, CLOSING = closed('"', "``"), closed('"', "''")


class Sentences(Patterns):
    """Sentences with their punctuation, a capital at the start."""

    def sentence(self) -> list[Token]:
        """One sentence, of a type drawn by its frequency."""
        types: dict[Callable[[], list[Token]], float] = {
            self.statement: 34.0, self.complex: 14.0, self.compound: 8.0, self.yes_no: 6.0,
            self.wh_question: 7.0, self.command: 8.0, self.quotation: 6.0, self.existence: 4.5,
            self.judgement: 3.0, self.passive: 6.0, self.answer: 4.0, self.degree: 3.0,
            self.intention: 3.0, self.weather: 2.0, self.price: 2.0, self.exclamation: 1.5,
            self.directions: 2.5, self.tag_question: 2.0, self.hour: 1.0, self.pointing: 2.0,
        }  # fmt: skip
        return starts_sentence(self.weighted(types)())

    def statement(self) -> list[Token]:
        """A main clause, sometimes with its time in front."""
        tense = self.tense()
        if self.chance(0.14):
            comma = [COMMA] if self.chance(0.6) else []
            return [*self.time(tense), *comma, *self.clause(tense, time=0.0), STOP]
        return [*self.clause(tense, time=0.35), STOP]

    def complex(self) -> list[Token]:
        """A main and a subordinate clause, in either order."""
        kind = "person" if self.chance(0.85) else "animal"
        subject = self.np(kind, "Nom", depth=1)
        tense = self.one(["Past", "Past", "Pres", "will"])
        predicate = self.predicate(kind, subject.agreement, tense, depth=1)
        main = self.finite_part(predicate, subject.agreement, tense)
        if self.chance(0.35):
            clause = self.subordinate(subject, kind, tense)
            if clause[1].form != "that":
                return [*clause, COMMA, *subject.tokens, *main, STOP]
        return [*subject.tokens, *main, *self.subordinate(subject, kind, tense), STOP]

    def compound(self) -> list[Token]:
        """One subject with two verbs, or two clauses with and, but, or, a semicolon."""
        tense = self.one(["Past", "Past", "Pres", "will"])
        kind = "person" if self.chance(0.8) else "animal"
        subject = self.np(kind, "Nom", depth=1)
        first = self._deed(kind, subject, tense)
        if self.chance(0.5):
            link = closed(self.one(["and", "and", "and", "or"]), "CC")
            return [*subject.tokens, *first, link, *self._bare_deed(kind, subject, tense), STOP]
        joint = [COMMA, closed(self.one(["and", "but", "but"]), "CC")]
        if self.chance(0.12):
            joint = [closed(";", ",")]
        other = stand_for(subject) if self.chance(0.5) else self.np(kind, "Nom", depth=2)
        return [
            *subject.tokens,
            *first,
            *joint,
            *other.tokens,
            *self._deed(kind, other, tense),
            STOP,
        ]

    def _deed(self, kind: str, subject: NounPhrase, tense: str) -> list[Token]:
        """What the subject does or is, sometimes negated."""
        predicate = self.predicate(kind, subject.agreement, tense, depth=1)
        return self.finite_part(predicate, subject.agreement, tense)

    def _bare_deed(self, kind: str, subject: NounPhrase, tense: str) -> list[Token]:
        """What the subject does, without a second auxiliary."""
        predicate = self.predicate(kind, subject.agreement, tense, depth=2, be=0.0)
        group = verb_group(predicate.verb, subject.agreement, tense)
        return [*group.rest, *predicate.complements]

    def quotation(self) -> list[Token]:
        """Speech in quotation marks, before or after who says it."""
        speaker = self.one([self.person_name, self.person_name, lambda: self.common("person", 2)])()
        question = self.chance(0.3)
        verb = "ask" if question else self.one(["say", "say", "answer", "shout", "think"])
        said = finite(verb, "Past", speaker.agreement)
        *words, end = starts_sentence(
            self.yes_no() if question else self.one([self.statement, self.command])()
        )
        if self.chance(0.4):
            return [*speaker.tokens, said, COMMA, OPENING, *words, end, CLOSING]
        inner = COMMA if end.form == "." else end
        return [OPENING, *words, inner, CLOSING, *self._says(speaker.tokens, said), STOP]

    def _says(self, speaker: list[Token], said: Token) -> list[Token]:
        return [said, *speaker] if self.chance(0.5) else [*speaker, said]
