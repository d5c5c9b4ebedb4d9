"""One clause in two languages: what is said, and how English and German set it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from inflect_english import ing_form, past_forms, third_person
from inflect_german import imperative, irregular_form, present, with_preposition
from lexicon_pairs import Phrase
from phrases_pairs import PRONOUNS, Nominal, PronounPhrase
from verbs_pairs import Verb

# Tense: English modal verb, where there is one, and the German one.
MODALS = {
    "can": ("can", "können"),
    "could": ("could", "konnte"),
    "must": ("must", "müssen"),
    "had to": ("", "musste"),
    "want": ("", "wollen"),
    "wanted": ("", "wollte"),
    "should": ("should", "sollte"),
    "may": ("may", "dürfen"),
    "future": ("will", "werden"),
}
# Tenses that English makes with a full verb and to; the first word takes endings and do.
CHAINS = {"want": "want to", "wanted": "want to", "had to": "have to", "like": "like to"}
PASTS = ("past", "wanted", "had to")
# Adverbs before which a German clause names what is known.
AFTER_KNOWN = ("nie", "schon", "wieder", "noch")


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says.

    Attributes:
        subject: Who does it.
        verb: What is done.
        tense: `present` (does), `progressive` (is doing; German has one present), `past` (did;
            German perfect), `perfect` (has done), a key of `MODALS`, or `like` (likes to do;
            German present with gern).
        dative: Object in the German dative.
        accusative: Object in the German accusative.
        prepositional: Object with the preposition of the verb.
        time: When.
        frequency: How often.
        manner: How.
        company: With whom, or by what train.
        place: Where.
        direction: Where to.
        predicate: What follows be.
        negated: Whether it is denied.
    """

    subject: Nominal
    verb: Verb
    tense: str
    dative: Nominal | None = None
    accusative: Nominal | None = None
    prepositional: Nominal | None = None
    time: Phrase | None = None
    frequency: Phrase | None = None
    manner: Phrase | None = None
    company: Phrase | None = None
    place: Phrase | None = None
    direction: Phrase | None = None
    predicate: Phrase | None = None
    negated: bool = False


def _words(*parts: str | Phrase | None, language: int = 0) -> list[str]:
    """The words of the parts that are there; of a `Phrase` those in one language."""
    chosen = [part[language] if isinstance(part, Phrase) else part for part in parts]
    return [part for part in chosen if part]


def _english_verb(clause: Clause) -> tuple[str, list[str]]:
    """The finite auxiliary, or `""` where there is none, and the verb forms after it."""
    base, *_ = clause.verb.english.split()
    person, number = PRONOUNS[clause.subject.key].english_person
    singular = (person, number) == (3, "Sing")
    if clause.tense in CHAINS:
        verb, to = CHAINS[clause.tense].split()
        past = clause.tense in PASTS
        return "", [
            past_forms(verb)[0] if past else third_person(verb) if singular else verb,
            to,
            base,
        ]
    if clause.tense in MODALS:
        return MODALS[clause.tense][0], [base]
    if base == "be":
        return _english_be(clause.tense, person, number), []
    if clause.tense == "progressive":
        return _english_be("present", person, number), [ing_form(base)]
    if clause.tense == "perfect":
        return "has" if singular else "have", [past_forms(base)[1]]
    if clause.tense == "past":
        return "", [past_forms(base)[0]]
    return "", [third_person(base) if singular else base]


def _english_be(tense: str, person: int, number: str) -> str:
    if tense == "past":
        return "was" if number == "Sing" and person != 2 else "were"
    return {(1, "Sing"): "am", (3, "Sing"): "is"}.get((person, number), "are")


def _supported(clause: Clause, auxiliary: str, verbs: list[str]) -> tuple[str, list[str]]:
    """The verb with a form of do where there is no other auxiliary."""
    if auxiliary:
        return auxiliary, verbs
    base, *_ = clause.verb.english.split()
    singular = PRONOUNS[clause.subject.key].english_person == (3, "Sing")
    do = "did" if clause.tense in PASTS else "does" if singular else "do"
    return do, [*CHAINS.get(clause.tense, "").split(), base]


def _negated(auxiliary: str) -> list[str]:
    """The auxiliary with n't, or am not."""
    if auxiliary in ("am", "may"):
        return [auxiliary, "not"]
    return [{"can": "can't", "will": "won't"}.get(auxiliary, auxiliary + "n't")]


def _english_rest(clause: Clause) -> list[str]:
    """Particles, objects and adverbials, the time last."""
    _, *particles = clause.verb.english.split()
    objects = [
        o.english("acc") for o in (clause.dative, clause.accusative, clause.prepositional) if o
    ]
    movable = [word.removeprefix("+") for word in particles if word.startswith("+")]
    fixed = [word for word in particles if not word.startswith("+")]
    target = clause.accusative
    if movable and isinstance(target, PronounPhrase):
        objects, movable = [*objects, *movable], []
    adverbials = _words(
        clause.predicate,
        clause.direction,
        clause.manner,
        clause.company,
        clause.place,
        clause.time,
    )
    return [*movable, *fixed, *objects, *adverbials]


def english(clause: Clause, order: str = "statement") -> list[str]:
    """The English words.

    Args:
        clause: What is said.
        order: `statement`, `question`, `wh-subject` (without the subject), `command` or
            `infinitive` (to + verb).

    Returns:
        The words, without punctuation or capital.
    """
    base, *_ = clause.verb.english.split()
    rest = _english_rest(clause)
    often = _words(clause.frequency)
    if order == "infinitive":
        return ["to", base, *rest]
    if order == "command":
        return [*(["don't"] if clause.negated else []), base, *rest]
    auxiliary, verbs = _english_verb(clause)
    if order == "question" or clause.negated:
        auxiliary, verbs = _supported(clause, auxiliary, verbs)
    finite = _negated(auxiliary) if clause.negated else [auxiliary] if auxiliary else []
    subject = clause.subject.english()
    if order == "question":
        return [*finite, subject, *often, *verbs, *rest]
    return [*([] if order == "wh-subject" else [subject]), *finite, *often, *verbs, *rest]


def _german_verb(clause: Clause) -> tuple[str, list[str]]:
    """The finite verb and what stands at the end of the clause."""
    verb = clause.verb.german
    person = PRONOUNS[clause.subject.key].person
    joined = verb.prefix + verb.infinitive
    if clause.tense in MODALS:
        return irregular_form(MODALS[clause.tense][1], person), [joined]
    if clause.tense in ("past", "perfect") and verb.infinitive in ("sein", "haben"):
        return irregular_form({"sein": "war", "haben": "hatte"}[verb.infinitive], person), []
    if clause.tense in ("past", "perfect"):
        return irregular_form(verb.auxiliary, person), [verb.participle]
    return present(verb, person), [verb.prefix] if verb.prefix else []


def _german_middle(
    clause: Clause, *, subject: bool, time: bool, verb_first: bool = False
) -> list[str]:
    """Everything between the finite verb and the end of the clause, in German order."""
    pronoun = PRONOUNS[clause.subject.key]
    dative, accusative, prepositional = clause.dative, clause.accusative, clause.prepositional
    when = _words(clause.time if time else None, clause.frequency, language=1)
    words = [clause.subject.german("nom")] if subject else []
    if clause.verb.reflexive:
        # Heute setzt sich die Katze; heute setzt sie sich; weil die Katze sich setzt.
        inverted = subject and verb_first and not isinstance(clause.subject, PronounPhrase)
        words.insert(0 if inverted else len(words), pronoun.german[3])
    early: list[str] = []
    late: list[str] = []
    for phrase, case in ((accusative, "acc"), (dative, "dat")):
        if isinstance(phrase, PronounPhrase):
            early.append(phrase.german(case))
    for phrase, case in ((dative, "dat"), (accusative, "acc")):
        if phrase is None or isinstance(phrase, PronounPhrase) or not phrase.definite:
            continue
        # The receiver of something stands before the time: er gibt Anna heute das Buch.
        receiver = phrase is dative and accusative is not None
        (early if receiver else late).append(phrase.german(case))
    known_first = clause.negated or when[-1:] in [[word] for word in AFTER_KNOWN]
    words += [*early, *late, *when] if known_first else [*early, *when, *late]
    indefinite = [
        phrase.german(case)
        for phrase, case in ((dative, "dat"), (accusative, "acc"))
        if phrase is not None and not phrase.definite
    ]
    kein = getattr(accusative, "negated", False) or getattr(dative, "negated", False)
    words += ["nicht"] if clause.negated and not kein else []
    words += ["gern"] if clause.tense == "like" else []
    words += _words(clause.manner, clause.company, clause.place, language=1)
    words += indefinite
    if prepositional is not None:
        preposition, _, case = clause.verb.complements[0].partition(":")[0].partition("+")
        words.append(with_preposition(preposition, prepositional.german(case)))
    return [*words, *_words(clause.direction, clause.predicate, language=1)]


def german(clause: Clause, order: str = "statement") -> list[str]:
    """The German words.

    Args:
        clause: What is said.
        order: `statement`, `time` (the adverbial of time in front), `question` (verb first),
            `verb-first` (after a subordinate clause), `subordinate` (verb last), `wh-subject`
            (without the subject), `command` or `infinitive` (with zu).

    Returns:
        The words, without punctuation or capital.
    """
    verb = clause.verb.german
    if order == "infinitive":
        middle = _german_middle(clause, subject=False, time=True)
        if verb.prefix:
            return [*middle, f"{verb.prefix}zu{verb.infinitive}"]
        return [*middle, "zu", verb.infinitive]
    if order == "command":
        middle = _german_middle(clause, subject=False, time=True)
        return [imperative(verb), *middle, *([verb.prefix] if verb.prefix else [])]
    finite, end = _german_verb(clause)
    if order == "subordinate":
        middle = _german_middle(clause, subject=True, time=True)
        if end == [verb.prefix]:
            return [*middle, verb.prefix + finite]
        return [*middle, *end, finite]
    inverted = order in ("question", "verb-first", "time")
    middle = _german_middle(clause, subject=inverted, time=order != "time", verb_first=inverted)
    if order == "time":
        return [*_words(clause.time, language=1), finite, *middle, *end]
    if inverted or order == "wh-subject":
        return [finite, *middle, *end]
    return [clause.subject.german("nom"), finite, *middle, *end]


def sentence(words: Sequence[str], end: str) -> str:
    """Words as a written sentence: a capital, commas in their places, the final mark.

    Args:
        words: With `,` as words of their own; a word may hold spaces.
        end: Final mark.

    Returns:
        The sentence.

    Example:
        >>> sentence(["der Hund", ",", "der schläft", ","], ".")
        'Der Hund, der schläft.'
    """
    text = " ".join(words).replace(" ,", ",").replace(",,", ",").removesuffix(",")
    return text[:1].upper() + text[1:] + end
