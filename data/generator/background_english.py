"""Reasons, moments and conditions: subordinate clauses that make sense beside a main clause."""

from clauses_english import TO, Clauses
from closed_english import closed
from forms_english import Agreement, adjective, finite, noun, pronoun
from lexicon_english import NOUNS, STATES
from noun_phrases_english import THE, NounPhrase
from tokens import Token
from verb_groups_english import tense_for, verb_group

IT = Agreement(3, "Sing", "Neut")


def stand_for(subject: NounPhrase) -> NounPhrase:
    """The pronoun that takes up a subject again.

    Args:
        subject: A noun phrase.

    Returns:
        I, she, it, they, ...

    Example:
        >>> stand_for(NounPhrase([], Agreement(3, "Sing", "Fem"))).tokens[0].form
        'she'
    """
    agreement = subject.agreement
    if agreement.gender == "Com":
        agreement = Agreement(3, "Plur")
    return NounPhrase([pronoun(agreement, "Nom")], agreement)


class Background(Clauses):
    """Clauses that follow because, when, if and the like."""

    def subordinate(self, subject: NounPhrase, kind: str, tense: str) -> list[Token]:
        """A subordinate clause with its conjunction.

        Args:
            subject: The main clause's, to be taken up by a pronoun.
            kind: Its kind.
            tense: `Past`, `Pres` or `will`, of the main clause.

        Returns:
            For instance: because she was tired.
        """
        options = {"because": 3.0, "when": 3.0, "before": 2.0, "after": 1.5, "until": 1.0}
        options |= {"while": 1.5, "although": 1.5, "since": 0.5, "as": 0.7, "so": 0.7}
        options |= {"if": 4.0} if tense != "Past" else {}
        word = self.weighted(options)
        tense = "Pres" if tense == "will" else tense
        again = stand_for(subject)
        match word:
            case "because" | "although" | "since":
                return [closed(word, "SCONJ"), *self._reason(again, kind, tense)]
            case "while":
                ing = f"{tense}+ing"
                return [closed("while", "SCONJ"), *self.again(again, kind, ing)]
            case "so":
                can = "could" if tense == "Past" else "can"
                predicate = self.predicate(kind, again.agreement, can, depth=2, be=0.0)
                group = verb_group(predicate.verb, again.agreement, can)
                that = [closed("so", "SCONJ"), closed("that", "SCONJ"), *again.tokens]
                return [*that, *group.auxiliary, *group.rest, *predicate.complements]
            case "if":
                condition = self._reason if self.chance(0.6) else self.again
                return [closed("if", "SCONJ"), *condition(again, kind, "Pres")]
        link = closed(word, "WRB" if word == "when" else "SCONJ")
        if word != "as" and self.chance(0.4):
            return [link, *self.again(again, kind, tense)]
        return [link, *self._moment(tense)]

    def again(self, subject: NounPhrase, kind: str, tense: str) -> list[Token]:
        """Something else that the same subject does."""
        predicate = self.predicate(kind, subject.agreement, tense, depth=2, be=0.0)
        group = verb_group(predicate.verb, subject.agreement, tense_for(predicate.verb, tense))
        return [*subject.tokens, *group.auxiliary, *group.rest, *predicate.complements]

    def _reason(self, subject: NounPhrase, kind: str, tense: str) -> list[Token]:
        """A state of the subject, a wish, a loss, the weather."""
        match self.weighted({"state": 4.0, "weather": 2.5, "wish": 2.0, "loss": 1.5, "late": 1.0}):
            case "wish" if kind == "person":
                verb = self.one(["want", "need", "like", "have"])
                action = self.predicate("person", subject.agreement, tense, depth=2, be=0.0)
                wish = finite(verb, tense, subject.agreement)
                return [*subject.tokens, wish, TO, *action.nonfinite("VB")]
            case "loss" if kind == "person":
                verb = self.one(["lose", "forget", "find", "miss", "break", "sell"])
                perfect = verb_group(verb, subject.agreement, f"{tense}+perfect")
                thing = self.one(["key", "watch", "ticket", "umbrella", "hat", "book", "phone"])
                own = [pronoun(subject.agreement, "Gen"), noun(thing)]
                return [*subject.tokens, *perfect.auxiliary, *perfect.rest, *own]
            case "weather":
                return self.weather_clause(tense)
            case "late":
                vehicle = noun(self.pick(NOUNS["vehicle"]))
                be = finite("be", tense, IT, "AUX")
                return [THE, vehicle, be, adjective(self.one(["late", "early", "full"]))]
        be = finite("be", tense, subject.agreement, "AUX")
        return [*subject.tokens, be, *self.adjective_phrase(kind if kind in STATES else "person")]

    def weather_clause(self, tense: str) -> list[Token]:
        """It was raining; it is cold outside."""
        be = finite("be", tense, IT, "AUX")
        if self.chance(0.4):
            group = verb_group(self.one(["rain", "snow"]), IT, f"{tense}+ing")
            hard = [Token("hard", "hard", "ADV", "RB")] if self.chance(0.3) else []
            return [pronoun(IT, "Nom"), *group.auxiliary, *group.rest, *hard]
        state = adjective(self.one(["cold", "late", "warm", "dark", "hot", "early", "light"]))
        outside = state.form not in ("late", "early") and self.chance(0.4)
        return [pronoun(IT, "Nom"), be, state, *([closed("outside", "RB")] if outside else [])]

    def _moment(self, tense: str) -> list[Token]:
        """The show starts; the rain stops; the phone rings."""
        kind = self.one(["event", "vehicle", "sky", "sound", "phone", "place"])
        verb = {
            "event": self.one(["start", "end", "begin", "finish"]),
            "vehicle": self.one(["arrive", "stop", "leave", "come"]),
            "sky": self.one(["stop", "start", "fall"]),
            "sound": self.one(["stop", "start"]),
            "place": self.one(["open", "close"]),
            "phone": "ring",
        }[kind]
        subject = noun("phone") if kind == "phone" else self.common(kind, depth=2).tokens[-1]
        if kind == "place":
            subject = noun(self.pick(NOUNS["business"]))
        agreement = Agreement(3, "Plur" if subject.xpos == "NNS" else "Sing")
        return [THE, subject, finite(verb, tense, agreement)]
