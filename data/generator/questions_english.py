"""English questions and commands."""

from background_english import Background, stand_for
from clauses_english import SUBJECTS
from closed_english import closed
from forms_english import Agreement, adjective, finite, nonfinite, noun
from lexicon_english import COMPARABLE, NOUNS
from noun_phrases_english import PERSONS, NounPhrase
from tokens import Token
from verb_groups_english import STATIVE, negated, shortened, tense_for, verb_group
from verbs_english import transitive

COMMA, STOP, ASKS, CALLS = (closed(",", ","), *(closed(mark, ".") for mark in ".?!"))
PLEASE = closed("please", "UH")


class Questions(Background):
    """Questions and commands, each with its final punctuation."""

    def yes_no(self) -> list[Token]:
        """Did she open the window?"""
        kind = self.weighted(SUBJECTS)
        tense = self.tense()
        subject = self.np(kind, "Nom", depth=2)
        if subject.tokens[0].form == "I":
            tense = self.one(["can", "must", "should", "may"])
        elif tense in ("may", "might"):
            tense = "could"
        predicate = self.predicate(kind, subject.agreement, tense, depth=1)
        tense = tense_for(predicate.verb, tense)
        group = verb_group(predicate.verb, subject.agreement, tense, needs_auxiliary=True)
        auxiliary = group.auxiliary
        if self.chance(0.12) and auxiliary[0].form not in ("am", "may", "might"):
            auxiliary = negated(auxiliary[0], contracted=True)
        return [*auxiliary, *subject.tokens, *group.rest, *predicate.complements, ASKS]

    def wh_question(self) -> list[Token]:
        """Who, what, which, where, when, why, how."""
        shares = {"who": 4.0, "object": 5.0, "adverb": 5.0, "where is": 2.0, "how old": 1.5}
        match self.weighted(shares):
            case "who":
                predicate = self.predicate("person", Agreement(), "Past", depth=1)
                words = self.finite_part(predicate, Agreement(), self.tense())
                return [closed("who", "WP"), *words, ASKS]
            case "object":
                return self._object_question()
            case "adverb":
                return self._adverb_question()
            case "where is":
                return self._where_is()
        kind = self.one(["person", "animal", "thing", "place", "vehicle", "food", "event"])
        subject = self.common(kind, depth=2, definite=True)
        be = finite("be", self.one(["Pres", "Past"]), subject.agreement, "AUX")
        quality = adjective(self.pick(COMPARABLE[kind]))
        return [closed("how", "WRB"), quality, be, *subject.tokens, ASKS]

    def _adverb_question(self) -> list[Token]:
        """Why did she laugh? Where do the neighbours live?"""
        word = self.one(["when", "why", "why", "how", "where", "where"])
        if word != "where":
            return [closed(word, "WRB"), *self.yes_no()]
        subject = self.np("person", "Nom", depth=2)
        verb = self.one(["live", "work", "play", "go", "wait", "walk", "study", "run", "swim"])
        tense = self.one(["Past", "Pres", "Past+ing", "Pres+ing", "will", "should", "can"])
        group = verb_group(verb, subject.agreement, tense, needs_auxiliary=True)
        return [closed("where", "WRB"), *group.auxiliary, *subject.tokens, *group.rest, ASKS]

    def _where_is(self) -> list[Token]:
        """Where's the key? What's your name?"""
        kind = self.one(["thing", "person", "place", "text", "animal"])
        subject = self.common(kind, 2, definite=True)
        be = finite("be", self.one(["Pres", "Pres", "Past"]), subject.agreement, "AUX")
        if be.form == "is" and self.chance(0.5):
            be = shortened(be)
        word = self.one([closed("where", "WRB"), closed("where", "WRB"), closed("what", "WP")])
        if kind == "person" and word.form == "what":
            word = closed("who", "WP")
        return [word, be, *subject.tokens, ASKS]

    def _object_question(self) -> list[Token]:
        """What did she buy? Which book did you like? How many apples have they eaten?"""
        kind = self.one(["thing", "text", "food", "place", "person", "event", "animal"])
        subject = self.np("person", "Nom", depth=2)
        frame = self.one(transitive(kind))
        verb = self.pick(frame.verbs)
        tense = tense_for(verb, self.tense())
        group = verb_group(verb, subject.agreement, tense, needs_auxiliary=True)
        head = noun(self.pick(NOUNS[kind]), self.one(["Sing", "Plur"]))
        many = noun(head.lemma, "Plur")
        asked = self.one(
            [
                [closed("who" if kind == "person" else "what", "WP")],
                [closed("who" if kind == "person" else "what", "WP")],
                [closed("which", "WDT"), head],
                [closed("what", "WDT"), head],
                [closed("how", "WRB"), closed("many", "JJ"), many],
            ]
        )
        return [*asked, *group.auxiliary, *subject.tokens, *group.rest, ASKS]

    def tag_question(self) -> list[Token]:
        """They run fast, don't they?"""
        subject = stand_for(NounPhrase([], self.one(PERSONS)))
        tense = self.tense()
        predicate = self.predicate("person", subject.agreement, tense, depth=2)
        tense = tense_for(predicate.verb, tense)
        group = verb_group(predicate.verb, subject.agreement, tense)
        echo = verb_group(predicate.verb, subject.agreement, tense, needs_auxiliary=True)
        if echo.auxiliary[0].form in ("am", "may", "might"):
            return self.yes_no()
        tag = [*negated(echo.auxiliary[0], contracted=True), *subject.tokens, ASKS]
        verb = [*group.auxiliary, *group.rest]
        return [*subject.tokens, *verb, *predicate.complements, COMMA, *tag]

    def command(self) -> list[Token]:
        """Open the window, please! Don't forget the key. Let's go home."""
        listener = Agreement(2, "Sing")
        predicate = self.predicate("person", listener, "Pres", depth=1, be=0.06)
        while predicate.verb in STATIVE:
            predicate = self.predicate("person", listener, "Pres", depth=1, be=0.0)
        end = [self.one([STOP, STOP, CALLS])]
        match self.weighted({"plain": 4.0, "please": 2.5, "not": 2.5, "let's": 2.5, "name": 1.0}):
            case "not":
                do = nonfinite("do", "Imp", "AUX")
                return [*negated(do, contracted=True), *predicate.nonfinite("VB"), *end]
            case "let's":
                us = Token("'s", "we", "PRON", "PRP", _US, "word")
                return [nonfinite("let", "Imp"), us, *predicate.nonfinite("VB"), *end]
            case "please" if self.chance(0.5):
                return [PLEASE, *predicate.nonfinite("Imp"), *end]
            case "please":
                return [*predicate.nonfinite("Imp"), COMMA, PLEASE, *end]
            case "name":
                name = self.person_name().tokens
                return [*name, COMMA, *predicate.nonfinite("Imp"), *end]
        return [*predicate.nonfinite("Imp"), *end]


_US = "Case=Acc|Number=Plur|Person=1|PronType=Prs"
