"""Set patterns of English: there is, it is hard to, prices, weather, directions, answers."""

from background_english import stand_for
from clauses_english import THAT, TO
from closed_english import article, closed, demonstrative
from forms_english import (
    Agreement,
    adjective,
    adverb,
    finite,
    nonfinite,
    noun,
    numeral,
    pronoun,
)
from lexicon_english import ADJECTIVES, MASS_NOUNS, NOUNS, WAYS
from noun_phrases_english import OF, THE
from questions_english import ASKS, CALLS, COMMA, STOP, Questions
from tokens import Token
from verb_groups_english import negated, shortened, tense_for, verb_group
from verbs_english import transitive
from word_lists import word_set

IT = Agreement(3, "Sing", "Neut")
PASSIVE_KINDS = ("thing", "text", "food", "place", "animal", "opening", "plant", "event", "drink")
NOT_PASSIVE = word_set(
    "have want need like love trust miss lose smell taste hear forget share meet reach enjoy hate"
    " catch leave drop hide"
)
JUDGEMENTS = ("hard", "right", "wrong", "kind", "fair", "good", "nice", "strange", "lovely", "sad")
WHERE_THINGS_ARE = {
    "thing": "on,under,near:furniture",
    "food": "on:furniture",
    "drink": "in:dish",
    "animal": "in,near,behind:place",
    "person": "in,at,outside:place",
    "plant": "in,near,behind:place",
    "text": "on,under:furniture",
    "dish": "on:furniture",
    "sky": "over:place",
    "vehicle": "at,near,outside:place",
}


class Patterns(Questions):
    """Sentences in which one pattern is fixed, each with its final punctuation."""

    def existence(self) -> list[Token]:
        """There are two cats under the table. Is there any milk?"""
        kind = self.one(list(WHERE_THINGS_ARE))
        plural = kind in NOUNS and self.chance(0.45)
        number = "Plur" if plural else "Sing"
        mass = kind not in NOUNS
        head = noun(self.pick(MASS_NOUNS[kind] if mass else NOUNS[kind]), number)
        core = [adjective(self.pick(ADJECTIVES[kind])), head] if self.chance(0.35) else [head]
        be = finite("be", self.one(["Pres", "Past"]), Agreement(3, number))
        place = self.place() if kind in ("animal", "person") else []
        if not place and self.chance(0.9):
            place = self.prepositional(WHERE_THINGS_ARE[kind], 2)
        there = closed("there", "EX")
        any_one = [article(core[0].form)] if not mass and not plural else [closed("any", "DT")]
        if self.chance(0.2):
            return [be, there, *any_one, *core, *place, ASKS]
        if self.chance(0.15):
            return [there, *negated(be, contracted=True), *any_one, *core, *place, STOP]
        if be.form == "is" and self.chance(0.4):
            be = shortened(be)
        many = self.one([closed("many", "JJ"), closed("several", "JJ"), closed("some", "DT")])
        some = many if self.chance(0.5) else self.number()
        if mass:
            some = closed(self.one(["some", "no"]), "DT")
        amount = [some] if mass or plural else [article(core[0].form)]
        return [there, be, *amount, *core, *place, STOP]

    def judgement(self) -> list[Token]:
        """It is hard to say no. It's strange that nobody called."""
        be = finite("be", self.one(["Pres", "Pres", "Past"]), IT, "AUX")
        if be.form == "is" and self.chance(0.5):
            be = shortened(be)
        clausal = self.chance(0.35)
        what = adjective(self.one(JUDGEMENTS[5:] if clausal else JUDGEMENTS))
        start = [pronoun(IT, "Nom"), be, what]
        if clausal:
            return [
                *start,
                THAT,
                *self.clause(self.tense("Past" if be.form == "was" else "Pres"), 2),
                STOP,
            ]
        helper = (
            [closed("for", "IN"), *self.np("person", depth=2).tokens]
            if what.form in JUDGEMENTS[5:] and self.chance(0.3)
            else []
        )
        return [*start, *helper, *self._infinitive(Agreement(2, "Sing")), STOP]

    def _infinitive(self, agreement: Agreement) -> list[Token]:
        """To do something, said of a person."""
        return [TO, *self.predicate("person", agreement, "Pres", depth=1, be=0.0).nonfinite("VB")]

    def passive(self) -> list[Token]:
        """The letter was written by her uncle in May."""
        kind = self.one(PASSIVE_KINDS)
        subject = self.common(kind, depth=0, definite=self.chance(0.7))
        frame = self.one(transitive(kind))
        verb = self.pick(frame.verbs)
        while verb in NOT_PASSIVE:
            verb = self.pick(frame.verbs)
        tense = self.one(["Past", "Past", "Past", "Pres+perfect", "will", "must"])
        group = verb_group(verb, subject.agreement, tense, passive=True)
        auxiliary = group.auxiliary
        if self.chance(0.12):
            auxiliary = negated(auxiliary[0], contracted=True)
        agent = [closed("by", "IN"), *self.common("person", 1).tokens] if self.chance(0.45) else []
        when = self.time(tense) if self.chance(0.3) else []
        return [*subject.tokens, *auxiliary, *group.rest, *agent, *when, STOP]

    def intention(self) -> list[Token]:
        """She's going to read the letter."""
        subject = self.np("person", "Nom", depth=1)
        be = finite("be", self.one(["Pres", "Pres", "Past"]), subject.agreement, "AUX")
        be = shortened(be) if subject.tokens[-1].xpos == "PRP" and self.chance(0.5) else be
        action = self._infinitive(subject.agreement)
        when = self.time("will") if be.form != "was" and self.chance(0.3) else []
        return [*subject.tokens, be, nonfinite("go", "VBG"), *action, *when, STOP]

    def degree(self) -> list[Token]:
        """Too tired to walk; so loud that the neighbours woke up; old enough to know."""
        kind = "person"
        subject = self.np(kind, "Nom", depth=2)
        tense = self.one(["Pres", "Past"])
        be = finite("be", tense, subject.agreement, "AUX")
        quality = adjective(self.one(["tired", "old", "young", "happy", "clever", "shy", "busy"]))
        start = [*subject.tokens, be]
        result = self._infinitive(subject.agreement)
        match self.one(["too", "so", "enough"]):
            case "too":
                return [*start, closed("too", "RB"), quality, *result, STOP]
            case "enough":
                return [*start, quality, closed("enough", "RB"), *result, STOP]
        result = self.again(stand_for(subject), kind, tense)
        return [*start, closed("so", "RB"), quality, THAT, *result, STOP]

    def weather(self) -> list[Token]:
        """It rained all night. It is going to snow."""
        verb = self.one(["rain", "snow", "rain"])
        tense = self.one(
            ["Past", "Past+ing", "Pres+ing", "Pres", "will", "may", "might", "Pres+perfect"]
        )
        group = verb_group(verb, IT, tense)
        often = self.frequency(tense) if self.chance(0.3) else []
        where = [adverb("outside")] if self.chance(0.15) else []
        when = self.time(tense) if not often and self.chance(0.8) else []
        return [pronoun(IT, "Nom"), *group.auxiliary, *often, *group.rest, *where, *when, STOP]

    def price(self) -> list[Token]:
        """The lamp costs £12. About 40% of the visitors walk home."""
        amount = numeral(str(self.whole(2, 95)))
        if self.chance(0.3):
            tense = self.one(["Pres", "Past"])
            group = [THE, noun(self.pick(NOUNS["person"]), "Plur")]
            predicate = self.predicate("person", Agreement(3, "Plur"), tense, depth=2)
            words = self.finite_part(predicate, Agreement(3, "Plur"), tense)
            about = [closed("about", "RB")] if self.chance(0.5) else []
            return [*about, amount, closed("%", "NN"), OF, *group, *words, STOP]
        money = [closed(self.one("$£€"), "$"), amount]
        kind = self.one(["thing", "clothes", "food", "booking", "text"])
        if self.chance(0.4):
            subject = self.np("person", "Nom", depth=2)
            pay = finite("pay", "Past", subject.agreement)
            bought = self.common(kind, depth=1).tokens
            return [*subject.tokens, pay, *money, closed("for", "IN"), *bought, STOP]
        ware = self.common(kind, depth=1, definite=True)
        cost = finite("cost", self.one(["Pres", "Past"]), ware.agreement)
        return [*ware.tokens, cost, *money, STOP]

    def exclamation(self) -> list[Token]:
        """What a lovely garden! How fast they run!"""
        kind = self.one(["place", "thing", "animal", "plant", "event", "idea"])
        lemma = self.one(["beautiful", "lovely", "strange", "old", "funny", "clever", "nice"])
        if self.chance(0.3):
            subject = self.np(kind, "Nom", depth=2)
            be = finite("be", "Pres", subject.agreement, "AUX")
            return [closed("how", "WRB"), adjective(lemma), *subject.tokens, be, CALLS]
        start = [closed("what", "PDT"), article(lemma)]
        return [*start, adjective(lemma), noun(self.pick(NOUNS[kind])), CALLS]

    def directions(self) -> list[Token]:
        """Turn left at the church, then go straight past the park."""
        place = [THE, noun(self.pick(NOUNS["place"]))]
        way = self.one(["past", "across", "through", "round"])
        on = [nonfinite(self.one(["go", "walk", "drive", "run"]), "Imp"), adverb("straight")]
        on += [closed(way, "IN"), THE, noun(self.pick(WAYS[way]))]
        side = self.one(["left", "right"])
        match self.one(["turn", "side", "go"]):
            case "turn":
                turn = [nonfinite("turn", "Imp"), adverb(side), closed("at", "IN"), *place]
                return [*turn, COMMA, closed("then", "RB"), *on, STOP]
            case "side":
                subject = self.common("place", depth=2, definite=True)
                be = finite("be", "Pres", subject.agreement, "AUX")
                return [*subject.tokens, be, closed("on", "IN"), THE, noun(side), STOP]
        hand = [closed("with", "IN"), pronoun(Agreement(2, "Sing"), "Gen"), adjective(side)]
        hold = [nonfinite("hold", "Imp"), THE, noun(self.pick(NOUNS["thing"])), *hand, noun("hand")]
        return [*(on if self.chance(0.6) else hold), STOP]

    def answer(self) -> list[Token]:
        """Yes, she does. Well, it rained. Oh no, the train has left!"""
        subject = self.np("person", "Nom", depth=2)
        tense = self.tense()
        if self.chance(0.3) and subject.tokens[-1].xpos == "PRP":
            verb = self.one(["run", "be", "do"])
            echo = verb_group(verb, subject.agreement, tense_for("be", tense), needs_auxiliary=True)
            if self.chance(0.5):
                yes = [closed("yes", "UH"), COMMA, *subject.tokens, echo.auxiliary[0]]
                return [*yes, STOP]
            no = negated(echo.auxiliary[0], contracted=True)
            return [closed("no", "UH"), COMMA, *subject.tokens, *no, STOP]
        start = self.one([["well"], ["yes"], ["no"], ["oh", "no"], ["oh"], ["look"], ["right"]])
        words = [closed(form, "UH") for form in start]
        return [*words, COMMA, *self.clause(tense, 1), self.one([STOP, STOP, CALLS])]

    def hour(self) -> list[Token]:
        """It is half past nine."""
        be = finite("be", self.one(["Pres", "Past"]), IT, "AUX")
        if be.form == "is" and self.chance(0.4):
            be = shortened(be)
        almost = [closed(self.one(["almost", "about", "only"]), "RB")] if self.chance(0.4) else []
        return [pronoun(IT, "Nom"), be, *almost, *self.clock(), STOP]

    def pointing(self) -> list[Token]:
        """That is my watch. These are the books that she read."""
        kind = self.one(["thing", "text", "person", "animal", "place", "idea", "vehicle"])
        phrase = self.common(kind, depth=0)
        number = phrase.agreement.number
        pointed = demonstrative(self.one(["this", "that"]), number, "PRON")
        be = finite("be", self.one(["Pres", "Past"]), Agreement(3, number), "AUX")
        if be.form == "is" and pointed.form == "that" and self.chance(0.5):
            be = shortened(be)
        return [pointed, be, *phrase.tokens, STOP]
