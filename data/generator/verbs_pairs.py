"""Verbs of the English-German pairs, with their forms and what may stand around them.

A line reads `english = german, third person, participle, auxiliary; subject; complements; extras`.
The English particle that a pronoun object comes before is marked `+` (`turn +off`); the German
separable prefix is marked `|`, a reflexive verb `sich`. Complements are `acc:text` (an object of a
kind, several kinds joined by `/`), `dat:person` (an object in the dative), `an+acc:event` (with a
preposition), `music` and `bike` (set phrases), else a direction. Extras are adverbials that suit
the verb: a group of places, `clock`, `with` (company), `by` (a train or bus), an adverb.
"""

from typing import NamedTuple

from inflect_german import GermanVerb


class Verb(NamedTuple):
    """A verb in both languages.

    Attributes:
        english: Base form with particle or preposition: `look for`, `turn +off`.
        german: Its German forms.
        reflexive: Whether the German verb is reflexive.
        subjects: Kinds of noun that do it.
        complements: Objects, in the notation of the module.
        extras: Adverbials that suit it.
    """

    english: str
    german: GermanVerb
    reflexive: bool
    subjects: tuple[str, ...]
    complements: tuple[str, ...]
    extras: tuple[str, ...]


_VERBS = """
sleep = schlafen, schläft, geschlafen, haben; person/animal; ; spot well like_a_log
read = lesen, liest, gelesen, haben; person; acc:text/paper; spot slowly
sing = singen, singt, gesungen, haben; person/bird; ; spot loudly quietly happily well
run = laufen, läuft, gelaufen, sein; person/animal; dir; quickly
bake = backen, backt, gebacken, haben; person; acc:cake; kitchen with
hide = sich verstecken, versteckt, versteckt, haben; animal/climber; ; spot
play = spielen, spielt, gespielt, haben; person; music; well loudly together
eat = essen, isst, gegessen, haben; person; acc:food/dish; room
eat = fressen, frisst, gefressen, haben; animal; acc:food; quickly
drink = trinken, trinkt, getrunken, haben; person; acc:drink; room
look for = suchen, sucht, gesucht, haben; person; acc:thing/clothes; spot
dance = tanzen, tanzt, getanzt, haben; person; ; spot with happily together
fly = fliegen, fliegt, geflogen, sein; bird; top; quickly
sit down = sich setzen, setzt, gesetzt, haben; person/animal; sit;
wait for = warten, wartet, gewartet, haben; person; auf+acc:vehicle/person; station
open = auf|machen, macht, aufgemacht, haben; person; acc:opening; carefully quickly
swim = schwimmen, schwimmt, geschwommen, sein; person/swimmer; ; water water quickly slowly
get up = auf|stehen, steht, aufgestanden, sein; person; ; clock slowly
buy = kaufen, kauft, gekauft, haben; person; acc:food/thing/clothes/text/paper; market
climb = klettern, klettert, geklettert, sein; climber; top; slowly carefully
help = helfen, hilft, geholfen, haben; person; dat:person; kitchen
repair = reparieren, repariert, repariert, haben; person; acc:machine; cellar carefully
feed = füttern, füttert, gefüttert, haben; person; acc:animal; spot
come back = zurück|kommen, kommt, zurückgekommen, sein; person/animal; ; clock alone
paint = malen, malt, gemalt, haben; person; acc:animal/picture; spot slowly
fall asleep = ein|schlafen, schläft, eingeschlafen, sein; person/animal; ; spot clock
travel = fahren, fährt, gefahren, sein; person; far; by with
go = gehen, geht, gegangen, sein; person; dir; with slowly alone
write = schreiben, schreibt, geschrieben, haben; person; acc:text; room
cook = kochen, kocht, gekocht, haben; person; acc:soup; kitchen
laugh = lachen, lacht, gelacht, haben; person; ; loudly happily
work = arbeiten, arbeitet, gearbeitet, haben; person; ; spot alone slowly
chase = jagen, jagt, gejagt, haben; animal; acc:animal; spot
find = finden, findet, gefunden, haben; person; acc:thing/text; spot
rest = sich aus|ruhen, ruht, ausgeruht, haben; person/animal; ; spot
close = zu|machen, macht, zugemacht, haben; person; acc:opening; quietly quickly
forget = vergessen, vergisst, vergessen, haben; person; acc:thing/clothes;
visit = besuchen, besucht, besucht, haben; person; acc:person; clock
turn +off = aus|machen, macht, ausgemacht, haben; person; acc:light;
lose = verlieren, verliert, verloren, haben; person; acc:thing/clothes; spot
see = sehen, sieht, gesehen, haben; person/animal; acc:animal/person; spot
follow = folgen, folgt, gefolgt, sein; person/animal; dat:animal/person; slowly quietly
arrive = an|kommen, kommt, angekommen, sein; person/vehicle; ; clock station
leave = ab|fahren, fährt, abgefahren, sein; vehicle; ; clock
give = geben, gibt, gegeben, haben; person; dat:person acc:food/thing/text;
bring = bringen, bringt, gebracht, haben; person; dat:person acc:food/dish/drink/text/paper;
call = an|rufen, ruft, angerufen, haben; person; acc:person; clock
pick +up = ab|holen, holt, abgeholt, haben; person; acc:person; clock
wake up = auf|wachen, wacht, aufgewacht, sein; person/animal; ; clock
hurry = sich beeilen, beeilt, beeilt, haben; person; ;
get lost = sich verlaufen, verläuft, verlaufen, haben; person/animal; ; wood
play with = spielen, spielt, gespielt, haben; person/animal; mit+dat:animal/ball; spot
dream of = träumen, träumt, geträumt, haben; person/animal; von+dat:food/event;
think of = denken, denkt, gedacht, haben; person; an+acc:person/event;
look forward to = sich freuen, freut, gefreut, haben; person; auf+acc:event;
talk about = sprechen, spricht, gesprochen, haben; person; über+acc:event/animal; loudly
remember = sich erinnern, erinnert, erinnert, haben; person; an+acc:event/person;
listen to = zu|hören, hört, zugehört, haben; person; dat:person; quietly
show = zeigen, zeigt, gezeigt, haben; person; dat:person acc:thing/text/picture;
invite = ein|laden, lädt, eingeladen, haben; person; acc:person;
carry = tragen, trägt, getragen, haben; person; acc:load dir; carefully slowly
ride = fahren, fährt, gefahren, sein; person; bike; with slowly
tidy +up = auf|räumen, räumt, aufgeräumt, haben; person; acc:inside; together quickly
go shopping = ein|kaufen, kauft, eingekauft, haben; person; ; town with
watch television = fern|sehen, sieht, ferngesehen, haben; person; ; room with
turn +on = an|machen, macht, angemacht, haben; person; acc:light;
put +on = an|ziehen, zieht, angezogen, haben; person; acc:wear; quickly
love = lieben, liebt, geliebt, haben; person; acc:animal/relative;
know = kennen, kennt, gekannt, haben; person; acc:person;
"""


def _parse(line: str) -> Verb:
    """A verb from a line of the table."""
    english, _, rest = line.partition(" = ")
    forms, subjects, complements, extras = (part.strip() for part in rest.split(";"))
    infinitive, third_person, participle, auxiliary = forms.split(", ")
    reflexive = infinitive.startswith("sich ")
    prefix, _, stem = infinitive.removeprefix("sich ").rpartition("|")
    german = GermanVerb(stem, third_person, participle, auxiliary, prefix)
    words = complements.split(), extras.split()
    return Verb(english, german, reflexive, tuple(subjects.split("/")), *map(tuple, words))


VERBS = tuple(_parse(line) for line in _VERBS.strip().splitlines())
# Kinds of noun that only verbs know, by their English words.
GROUPS = {
    "bird": ("bird", "owl", "duck"),
    "dog": ("dog",),
    "climber": ("child", "boy", "cat", "mouse", "bear"),
    "swimmer": ("duck", "dog", "bear", "horse"),
    "pet": ("dog", "cat", "goat", "donkey", "horse"),
    "ball": ("ball",),
    "soup": ("soup", "tomato soup", "egg", "potato"),
    "cake": ("cake", "apple cake", "bread", "bread roll"),
    "picture": ("picture", "flower"),
    "machine": ("clock", "bicycle", "lamp", "radio", "garden gate", "garden chair"),
    "load": ("basket", "bag", "suitcase", "umbrella", "book"),
    "wear": ("shoe", "winter coat", "rain jacket"),
    "inside": ("kitchen", "living room", "cellar"),
    "spot": (
        "garden",
        "apple tree",
        "kitchen table",
        "roof",
        "library",
        "forest",
        "park",
        "sofa",
        "house",
        "market",
        "station",
    ),
    "dir": ("market", "station", "school", "library", "forest", "park", "river", "lake", "garden"),
    "far": ("village", "town", "lake"),
    "top": ("roof", "sofa", "mountain", "bridge"),
    "sit": ("sofa", "roof", "apple tree"),
    "wood": ("forest", "town", "station"),
    "station": ("station", "bus stop", "village"),
    "market": ("market", "station", "bakery", "town"),
    "kitchen": ("kitchen",),
    "cellar": ("cellar", "garden"),
    "room": ("kitchen", "living room", "garden"),
    "town": ("town", "village", "market"),
}
