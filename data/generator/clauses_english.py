"""Clauses: a subject, a verb that suits it, complements, and clauses inside them."""

import math
from typing import NamedTuple

from adverbials_english import PAST_TENSES, Adverbials
from closed_english import article, closed
from forms_english import Agreement, adjective, adverb, compared, nonfinite, noun, pronoun
from lexicon_english import COMPARABLE, DEGREE, NOUNS, STATES
from noun_phrases_english import NOT_GRADED, NounPhrase
from tokens import Token
from verb_groups_english import STATIVE, negated, shortened, tense_for, verb_group
from verbs_english import FRAMES, Frame, transitive

THAT = closed("that", "SCONJ")
TO = closed("to", "TO")
SUBJECTS = {
    "person": 60.0, "animal": 13.0, "thing": 4.0, "vehicle": 6.0, "event": 4.0, "place": 2.0,
    "business": 2.0, "gesture": 2.0, "food": 2.0, "drink": 1.0, "plant": 1.5, "idea": 2.0,
    "sound": 2.0, "sky": 2.0, "light": 1.5, "text": 2.0, "opening": 1.0,
    "clothes": 1.0, "meal": 1.5, "furniture": 1.0,
}  # fmt: skip
TENSES = {
    "Past": 38.0, "Pres": 24.0, "Pres+ing": 8.0, "Past+ing": 7.0, "Pres+perfect": 6.0,
    "Past+perfect": 3.0, "will": 6.0, "can": 3.0, "must": 2.0, "should": 2.0, "would": 2.0,
    "may": 2.0, "might": 2.0, "could": 2.0,
}  # fmt: skip
AFTER_PAST = {"Past": 5.0, "Past+ing": 1.0, "Past+perfect": 2.0, "would": 1.0, "could": 1.0}
AFTER_PRESENT = {"Pres": 5.0, "Past": 2.0, "will": 2.0, "can": 1.0, "Pres+ing": 1.0}
CLAUSAL = frozenset({"that", "wh", "inf", "bare", "ing"})


class Predicate(NamedTuple):
    """A verb in its base form and what follows it."""

    verb: str
    complements: list[Token]

    def nonfinite(self, form: str) -> list[Token]:
        """The predicate with its verb as an infinitive, a gerund, ..."""
        upos = "AUX" if self.verb == "be" else "VERB"
        return [nonfinite(self.verb, form, upos), *self.complements]


def frame_weight(frame: Frame) -> float:
    """How often a frame is drawn: those of many verbs and those with a clause more often."""
    factor = 2.5 if CLAUSAL & set(frame.complements) else 1.0
    return round(factor * math.pow(len(frame.verbs.common), 0.8), 3)


class Clauses(Adverbials):
    """Clauses by the kind of their subject."""

    def tense(self, around: str | None = None) -> str:
        """A tense, one that agrees with the tense of the clause around it if there is one."""
        if around is None:
            return self.weighted(TENSES)
        past = around in PAST_TENSES or around in ("would", "could")
        return self.weighted(AFTER_PAST if past else AFTER_PRESENT)

    def np(
        self, kind: str, case: str = "Acc", depth: int = 0, subject: Agreement | None = None
    ) -> NounPhrase:
        """A noun phrase, now and then with a relative clause; see `NounPhrases.np`."""
        phrase = super().np(kind, case, depth, subject)
        if depth > 1 or kind not in NOUNS or kind == "gesture" or not self.chance(0.16):
            return phrase
        if phrase.tokens[-1].upos != "NOUN" or closed("and", "CC") in phrase.tokens:
            return phrase
        relative = self._relative(kind, phrase.agreement)
        return NounPhrase([*phrase.tokens, *relative], phrase.agreement)

    def _relative(self, kind: str, agreement: Agreement) -> list[Token]:
        """A clause about the noun before it: (that) she read, who lives here."""
        which = closed("who", "WP") if kind == "person" else closed("which", "Rel")
        link = self.one([closed("that", "Rel"), which])
        frames = transitive(kind)
        if not frames or (kind in FRAMES and self.chance(0.4)):
            tense = self.weighted({"Past": 4.0, "Pres": 3.0, "Past+ing": 2.0})
            predicate = self.predicate(kind, agreement, tense, depth=2, be=0.25)
            group = verb_group(predicate.verb, agreement, tense_for(predicate.verb, tense))
            return [link, *group.auxiliary, *group.rest, *predicate.complements]
        subject = self.np("person", "Nom", depth=2)
        verb = self.pick(self.one(frames).verbs)
        tense = self.weighted({"Past": 6.0, "Pres": 2.0, "Past+perfect": 2.0, "Pres+perfect": 1.0})
        group = verb_group(verb, subject.agreement, tense_for(verb, tense))
        gap = [] if self.chance(0.35) else [link]
        return [*gap, *subject.tokens, *group.auxiliary, *group.rest]

    def predicate(
        self, kind: str, agreement: Agreement, tense: str, depth: int = 0, be: float = 0.15
    ) -> Predicate:
        """A verb with complements that suits its subject.

        Args:
            kind: Kind of the subject.
            agreement: The subject's, for herself and the like.
            tense: Of the clause, for clauses inside it.
            depth: How deep the clause stands; deep ones hold no further clause.
            be: Chance of a form of be.

        Returns:
            The verb and its complements.
        """
        if self.chance(be) and kind in STATES:
            return Predicate("be", self.copular_complement(kind, depth))
        usable = [f for f in FRAMES[kind] if depth < 2 or not CLAUSAL & set(f.complements)]
        frame = self.weighted({f: frame_weight(f) for f in usable})
        complements = [
            token
            for complement in frame.complements
            for token in self._complement(complement, frame, kind, agreement, tense, depth)
        ]
        optional = [o for o in frame.optional if o != "hours" or not tense.endswith("+ing")]
        if optional and self.chance(0.65):
            complements += self.circumstance(self.one(optional), agreement)
        return Predicate(self.pick(frame.verbs), complements)

    def _complement(
        self,
        complement: str,
        frame: Frame,
        kind: str,
        agreement: Agreement,
        tense: str,
        depth: int,
    ) -> list[Token]:
        """One complement of a frame; the notation is that of `verbs_english`."""
        if complement in CLAUSAL:
            return self._clausal_complement(complement, agreement, tense, depth)
        if complement in ("state", "taste"):
            return self._state_complement(complement, frame, kind)
        if complement in ("where", "way"):
            return self.place() if complement == "where" else self.way()
        if complement.endswith("~"):
            return [closed(self.one(complement[:-1].split(",")), "RP")]
        if complement.endswith("^"):
            return [adverb(self.one(complement[:-1].split(",")))]
        if ":" in complement:
            preposition, _, inner = complement.partition(":")
            if preposition != "own":
                link = closed(self.one(preposition.split(",")), "IN")
                return [link, *self._complement(inner, frame, kind, agreement, tense, depth)]
            lemma = self.pick(NOUNS[inner])
            paired = lemma in ("hand", "foot", "arm", "elbow") and self.chance(0.6)
            return [pronoun(agreement, "Gen"), noun(lemma, "Plur" if paired else "Sing")]
        if "[" in complement and not complement.startswith("["):
            determiner, _, nouns = complement[:-1].partition("[")
            head = noun(self.one(nouns.split(",")))
            own = determiner == "own"
            return [pronoun(agreement, "Gen") if own else article(head.form), head]
        plain = not CLAUSAL & set(frame.complements)
        if complement == "person" and plain and agreement != Agreement() and self.chance(0.04):
            return [pronoun(agreement, "Reflex")]
        if any(c.endswith(("~", "^")) for c in frame.complements) and "[" not in complement:
            return self.common(self.one(complement.split("+")), depth + 1, agreement).tokens
        return self.np(complement, depth=depth + 1, subject=agreement).tokens

    def _state_complement(self, complement: str, frame: Frame, kind: str) -> list[Token]:
        """How something is, looks or tastes, or how it is made."""
        if complement == "taste":
            taste = self.pick(STATES["food"])
            return [*self._degree(0.3), adjective(taste)]
        objects = [c for c in frame.complements if c in STATES]
        return self.adjective_phrase(objects[0] if objects else kind)

    def _clausal_complement(
        self, complement: str, agreement: Agreement, tense: str, depth: int
    ) -> list[Token]:
        """That she sings, where she lives, to sing, sing, singing."""
        if complement == "that":
            link = [THAT] if self.chance(0.75) else []
            return [*link, *self.clause(self.tense(tense), depth + 2)]
        if complement == "wh":
            return self._indirect_question(self.tense(tense), depth + 2)
        predicate = self.predicate("person", agreement, tense, depth + 1, be=0.06)
        while complement == "ing" and predicate.verb in STATIVE:
            predicate = self.predicate("person", agreement, tense, depth + 1, be=0.0)
        if complement == "ing":
            return predicate.nonfinite("Ger")
        return [*([TO] if complement == "inf" else []), *predicate.nonfinite("VB")]

    def _indirect_question(self, tense: str, depth: int) -> list[Token]:
        """If it rains, whether she sings, where he lives, which book she likes."""
        word = self.one(["if", "whether", "where", "why", "when", "how", "which", "what"])
        if word in ("which", "what"):
            kind = self.one(["text", "thing", "food", "event", "place"])
            subject = self.np("person", "Nom", depth=2)
            verb = self.pick(self.one(transitive(kind)).verbs)
            group = verb_group(verb, subject.agreement, tense_for(verb, tense))
            asked = [closed(word, "WDT"), noun(self.pick(NOUNS[kind]))]
            if word == "what" and self.chance(0.7):
                asked = [closed("what", "WP")]
            return [*asked, *subject.tokens, *group.auxiliary, *group.rest]
        tag = "SCONJ" if word in ("if", "whether") else "WRB"
        return [closed(word, tag), *self.clause(tense, depth, kind=self._actor())]

    def _actor(self) -> str:
        return "person" if self.chance(0.8) else "animal"

    def copular_complement(self, kind: str, depth: int) -> list[Token]:
        """What follows be: a state, a noun, a place, a comparison."""
        shares = {"state": 9.0}
        shares |= {"than": 2.0, "as": 1.5} if kind in COMPARABLE else {}
        shares |= {"place": 3.0} if kind in ("person", "animal") else {}
        match self.weighted(shares):
            case "than":
                word = compared(self.pick(COMPARABLE[kind]), "Cmp")
                return [*word, closed("than", "IN"), *self.common(kind, 2, definite=True).tokens]
            case "as":
                word = [closed("as", "RB"), adjective(self.pick(COMPARABLE[kind]))]
                return [*word, closed("as", "IN"), *self.common(kind, 2, definite=True).tokens]
            case "place":
                away = adverb(self.one(["here", "there", "back", "outside", "upstairs", "away"]))
                return [away] if self.chance(0.5) else self.place()
        return self.adjective_phrase(kind)

    def _degree(self, share: float) -> list[Token]:
        return [adverb(self.pick(DEGREE))] if self.chance(share) else []

    def adjective_phrase(self, kind: str) -> list[Token]:
        """Tired, very tired, tired enough, tired and hungry."""
        states = STATES.get(kind, STATES["thing"])
        lemma, other = self.pick(states), self.pick(states)
        if lemma in NOT_GRADED:
            return [adjective(lemma)]
        if self.chance(0.08):
            return [adjective(lemma), closed("enough", "RB")]
        if self.chance(0.06) and other != lemma and other not in NOT_GRADED:
            return [adjective(lemma), closed("and", "CC"), adjective(other)]
        return [*self._degree(0.3), adjective(lemma)]

    def finite_part(
        self,
        predicate: Predicate,
        agreement: Agreement,
        tense: str,
        *,
        on_pronoun: bool = False,
        negative: float = 0.12,
    ) -> list[Token]:
        """The verb group and the complements, sometimes negated or with an adverb of frequency.

        Args:
            predicate: The verb and its complements.
            agreement: The subject's.
            tense: A key of `verb_groups_english.HELPERS`.
            on_pronoun: Whether a personal pronoun stands before, which takes short auxiliaries.
            negative: Chance of not.

        Returns:
            All words of the clause after its subject.
        """
        tense = tense_for(predicate.verb, tense)
        negated_here = self.chance(negative)
        group = verb_group(predicate.verb, agreement, tense, needs_auxiliary=negated_here)
        auxiliary = group.auxiliary
        if negated_here:
            auxiliary = negated(auxiliary[0], contracted=self.chance(0.7))
        elif auxiliary and on_pronoun and self.chance(0.65):
            auxiliary = [shortened(auxiliary[0])]
        often = self.frequency(tense) if not negated_here and self.chance(0.1) else []
        return [*auxiliary, *often, *group.rest, *predicate.complements]

    def clause(
        self, tense: str, depth: int = 0, kind: str | None = None, time: float = 0.12
    ) -> list[Token]:
        """A statement.

        Args:
            tense: A key of `verb_groups_english.HELPERS`.
            depth: How deep it stands in others.
            kind: Kind of the subject, any if `None`.
            time: Chance of an adverbial of time at the end.

        Returns:
            The words, without punctuation at the end.
        """
        kind = kind or self.weighted(SUBJECTS)
        actor = kind in ("person", "animal")
        subject = self.np(kind, "Nom", depth) if actor else self.common(kind, depth, definite=True)
        tense = "will" if tense == "can" and not actor else tense
        predicate = self.predicate(kind, subject.agreement, tense, depth)
        if tense == "Pres":
            time *= 0.0 if predicate.verb == "be" else 1.0 if predicate.verb in STATIVE else 5.0
        on_pronoun = subject.tokens[-1].xpos == "PRP"
        negative = 0.0 if subject.tokens[0].form in ("nobody", "no") else 0.12
        words = self.finite_part(
            predicate, subject.agreement, tense, on_pronoun=on_pronoun, negative=negative
        )
        when = self.time(tense) if self.chance(time) else []
        return [*subject.tokens, *words, *when]
