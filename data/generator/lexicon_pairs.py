"""Adjectives, names, places and adverbials of the English-German pairs."""

from typing import NamedTuple

# English: German, then comparative and superlative stem where they are not plain -er, -st.
_ADJECTIVES = """
    old: alt älter ältest; young: jung jünger jüngst; big: groß größer größt; small: klein
    new: neu neuer neuest; beautiful: schön; red: rot; blue: blau; green: grün; black: schwarz
    white: weiß
    brown: braun; grey: grau; tired: müde müder müdest; hungry: hungrig; happy: glücklich
    friendly: freundlich; clever: klug klüger klügst; quiet: leise leiser leisest; loud: laut
    warm: warm wärmer wärmst; cold: kalt kälter kältest; hot: heiß heißer heißest; fresh: frisch
    sweet: süß süßer süßest; long: lang länger längst; short: kurz kürzer kürzest
    heavy: schwer; light: leicht; wet: nass nasser nassest; dark: dunkel dunkler dunkelst
    expensive: teuer teurer teuerst; cheap: billig; funny: lustig; empty: leer; full: voll
    lazy: faul; curious: neugierig; brave: mutig; angry: wütend; sad: traurig
    high: hoch höher höchst
    broken: kaputt; sick: krank kränker kränkst; late: spät; good: gut besser best
    delicious: lecker leckerer leckerst; open: offen; dirty: schmutzig; strange: seltsam
"""


class Adjective(NamedTuple):
    """A German adjective with its degrees."""

    german: str
    comparative: str
    superlative: str


def _parse_adjectives() -> dict[str, Adjective]:
    adjectives = {}
    for entry in _ADJECTIVES.replace("\n", ";").split(";"):
        english, _, forms = entry.strip().partition(": ")
        if not forms:
            continue
        german, *degrees = forms.split()
        superlative = german + ("est" if german.endswith(("t", "d")) else "st")
        adjectives[english] = Adjective(german, *(degrees or [german + "er", superlative]))
    return adjectives


ADJECTIVES = _parse_adjectives()
# What a noun of a kind can be called, and what it can be.
ATTRIBUTES = {
    "person": "old young friendly curious brave clever tired lazy happy",
    "animal": "small big old black white brown grey hungry curious lazy clever brave",
    "food": "red green sweet fresh big small",
    "dish": "hot cold sweet fresh good delicious",
    "drink": "hot cold fresh",
    "text": "long short old new beautiful sad funny strange",
    "paper": "old new",
    "thing": "old new small big red blue green beautiful heavy expensive",
    "clothes": "old new red blue black warm expensive beautiful",
    "instrument": "old new expensive beautiful",
    "opening": "old small big green",
    "light": "small old new",
    "vehicle": "old red long",
    "room": "small big warm old beautiful dark",
    "place": "small old new big beautiful",
    "nature": "beautiful",
    "furniture": "old big high",
    "event": "long beautiful",
}
STATES = {
    "person": "tired hungry happy sad angry sick curious friendly",
    "animal": "tired hungry big small curious lazy wet sad",
    "food": "sweet fresh cheap expensive",
    "dish": "hot cold sweet good delicious",
    "drink": "hot cold sweet warm",
    "text": "long short sad funny good",
    "paper": "old new wet",
    "thing": "new old heavy light broken empty dirty beautiful expensive",
    "clothes": "wet dirty warm new expensive",
    "instrument": "old new loud expensive",
    "opening": "open broken dirty",
    "light": "broken new expensive",
    "vehicle": "full empty loud old",
    "room": "warm cold dark dirty small quiet",
    "place": "big small old beautiful full",
}
# States that one is glad of, and states that one is sorry for.
WELCOME = frozenset({
    "beautiful", "big", "new", "warm", "cheap", "good", "delicious", "clever", "friendly", "happy",
    "curious", "brave", "funny", "quiet", "sweet", "fresh", "short",
})  # fmt: skip
OPPOSITES = (
    {"big", "small"}, {"new", "old"}, {"warm", "cold"}, {"hot", "cold"}, {"short", "long"},
    {"funny", "sad"}, {"cheap", "expensive"}, {"happy", "sad"},
)  # fmt: skip
NAMES = {"Anna": "she", "Lena": "she", "Clara": "she", "Emil": "he", "Paul": "he", "Oskar": "he"}
TITLES = (("Mrs. Vogel", "Frau Vogel", "she"), ("Mr. Klein", "Herr Klein", "he"))
NUMBERS = {"two": "zwei", "three": "drei", "four": "vier", "five": "fünf"}

# Places: English and German prepositions of rest (German dative) and of motion (with its case).
PLACES = {
    "kitchen": "in in, into in acc",
    "living room": "in in, into in acc",
    "cellar": "in in, into in acc",
    "garden": "in in, into in acc",
    "house": "in in, into in acc",
    "market": "at auf, to auf acc",
    "station": "at an, to zu dat",
    "school": "at in, to in acc",
    "library": "in in, to in acc",
    "forest": "in in, into in acc",
    "park": "in in, to in acc",
    "village": "in in, to in acc",
    "town": "in in, to in acc",
    "bakery": "in in, to zu dat",
    "bus stop": "at an, to zu dat",
    "river": "by an, to zu dat",
    "lake": "by an, to an acc",
    "mountain": "on auf, onto auf acc",
    "bridge": "on auf, onto auf acc",
    "roof": "on auf, onto auf acc",
    "sofa": "on auf, onto auf acc",
    "kitchen table": "under unter, under unter acc",
    "apple tree": "under unter, under unter acc",
}


class Phrase(NamedTuple):
    """Words that stay as they are, in both languages."""

    english: str
    german: str


def _phrases(text: str) -> tuple[Phrase, ...]:
    """Reads `now = jetzt; today = heute`."""
    return tuple(Phrase(*entry.strip().split(" = ")) for entry in text.split(";"))


# Objects without an article in German.
SET_OBJECTS = {
    "music": _phrases("the piano = Klavier; the violin = Geige; the guitar = Gitarre"),
    "bike": _phrases("a bicycle = Fahrrad"),
    "water": _phrases("in the river = im Fluss; in the lake = im See"),
}
TIMES = {
    "now": _phrases("now = jetzt; today = heute; this morning = heute Morgen"),
    "habit": _phrases(
        "every day = jeden Tag; every morning = jeden Morgen; every Sunday = jeden Sonntag;"
        " in the evening = am Abend; after breakfast = nach dem Frühstück; on Sunday = am Sonntag"
    ),
    "past": _phrases(
        "yesterday = gestern; this morning = heute Morgen; last week = letzte Woche;"
        " on Sunday = am Sonntag; in the evening = am Abend; after breakfast = nach dem Frühstück"
    ),
    "future": _phrases(
        "tomorrow = morgen; soon = bald; on Sunday = am Sonntag; in the evening = am Abend;"
        " next week = nächste Woche; after breakfast = nach dem Frühstück"
    ),
    "clock": _phrases(
        "at six o'clock = um sechs Uhr; at seven o'clock = um sieben Uhr;"
        " at eight o'clock = um acht Uhr; early = früh; late = spät"
    ),
}
FREQUENCIES = _phrases("often = oft; always = immer; never = nie; sometimes = manchmal")
ADVERBS = {
    phrase.english: phrase
    for phrase in _phrases(
        "slowly = langsam; quickly = schnell; quietly = leise; happily = fröhlich; loudly = laut;"
        " carefully = vorsichtig; well = gut; alone = allein; together = zusammen;"
        " like a log = wie ein Murmeltier"
    )
}
