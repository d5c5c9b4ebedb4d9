"""Nouns of the English-German pairs, with gender, plural and genitive."""

from typing import NamedTuple

from inflect_english import plural
from inflect_german import GermanNoun


class Noun(NamedTuple):
    """A noun in both languages.

    Attributes:
        english: Singular; may be two words, as `apple cake` for one German word.
        german: The German noun.
        pronoun: What takes it up in English: `he`, `she` or `it`.
    """

    english: str
    german: GermanNoun
    pronoun: str

    @property
    def english_plural(self) -> str:
        """The English plural: that of the last word."""
        *first, last = self.english.split()
        return " ".join([*first, plural(last)])


# English; German gender, singular, plural (- for none), genitive (left out: as the singular).
_NOUNS = {
    "person": """
        neighbour: m Nachbar Nachbarn Nachbarn
        baker: m Bäcker Bäcker Bäckers
        child: n Kind Kinder Kindes
        teacher: f Lehrerin Lehrerinnen
        farmer: m Bauer Bauern Bauern
        woman: f Frau Frauen
        doctor: f Ärztin Ärztinnen
        cook: m Koch Köche Kochs
        boy: m Junge Jungen Jungen
        man: m Mann Männer Mannes
        student: m Student Studenten Studenten
        postman: m Briefträger Briefträger Briefträgers
        guest: m Gast Gäste Gastes
    """,
    "relative": """
        grandmother: f Großmutter Großmütter
        grandfather: m Großvater Großväter Großvaters
        aunt: f Tante Tanten
        uncle: m Onkel Onkel Onkels
        sister: f Schwester Schwestern
        brother: m Bruder Brüder Bruders
        friend: f Freundin Freundinnen
    """,
    "animal": """
        cat: f Katze Katzen
        dog: m Hund Hunde Hundes
        bear: m Bär Bären Bären
        owl: f Eule Eulen
        hedgehog: m Igel Igel Igels
        mouse: f Maus Mäuse
        horse: n Pferd Pferde Pferdes
        bird: m Vogel Vögel Vogels
        goat: f Ziege Ziegen
        duck: f Ente Enten
        hare: m Hase Hasen Hasen
        donkey: m Esel Esel Esels
    """,
    "food": """
        apple: m Apfel Äpfel Apfels
        pear: f Birne Birnen
        egg: n Ei Eier Eies
        potato: f Kartoffel Kartoffeln
    """,
    "dish": """
        soup: f Suppe Suppen
        tomato soup: f Tomatensuppe Tomatensuppen
        cake: m Kuchen Kuchen Kuchens
        apple cake: m Apfelkuchen Apfelkuchen Apfelkuchens
        bread: n Brot - Brotes
        bread roll: n Brötchen Brötchen Brötchens
        cheese: m Käse - Käses
        honey: m Honig - Honigs
    """,
    "drink": """
        tea: m Tee - Tees
        coffee: m Kaffee - Kaffees
        milk: f Milch -
        water: n Wasser - Wassers
        apple juice: m Apfelsaft - Apfelsafts
    """,
    "text": """
        book: n Buch Bücher Buches
        letter: m Brief Briefe Briefes
        poem: n Gedicht Gedichte Gedichts
        postcard: f Postkarte Postkarten
        fairy tale: n Märchen Märchen Märchens
    """,
    "paper": """
        newspaper: f Zeitung Zeitungen
    """,
    "thing": """
        bicycle: n Fahrrad Fahrräder Fahrrads
        umbrella: m Regenschirm Regenschirme Regenschirms
        key: m Schlüssel Schlüssel Schlüssels
        basket: m Korb Körbe Korbes
        flower: f Blume Blumen
        picture: n Bild Bilder Bildes
        bag: f Tasche Taschen
        clock: f Uhr Uhren
        coffee cup: f Kaffeetasse Kaffeetassen
        ball: m Ball Bälle Balls
        suitcase: m Koffer Koffer Koffers
        garden chair: m Gartenstuhl Gartenstühle Gartenstuhls
    """,
    "clothes": """
        hat: m Hut Hüte Hutes
        shoe: m Schuh Schuhe Schuhs
        winter coat: m Wintermantel Wintermäntel Wintermantels
        rain jacket: f Regenjacke Regenjacken
    """,
    "instrument": """
        violin: f Geige Geigen
        piano: n Klavier Klaviere Klaviers
        guitar: f Gitarre Gitarren
    """,
    "opening": """
        window: n Fenster Fenster Fensters
        front door: f Haustür Haustüren
        suitcase: m Koffer Koffer Koffers
        garden gate: n Gartentor Gartentore Gartentors
    """,
    "light": """
        lamp: f Lampe Lampen
        radio: n Radio Radios Radios
    """,
    "vehicle": """
        train: m Zug Züge Zuges
        bus: m Bus Busse Busses
    """,
    "room": """
        kitchen: f Küche Küchen
        living room: n Wohnzimmer Wohnzimmer Wohnzimmers
        cellar: m Keller Keller Kellers
        garden: m Garten Gärten Gartens
        house: n Haus Häuser Hauses
    """,
    "place": """
        market: m Markt Märkte Marktes
        station: m Bahnhof Bahnhöfe Bahnhofs
        school: f Schule Schulen
        library: f Bibliothek Bibliotheken
        forest: m Wald Wälder Waldes
        park: m Park Parks Parks
        village: n Dorf Dörfer Dorfes
        town: f Stadt Städte
        bakery: f Bäckerei Bäckereien
        bus stop: f Bushaltestelle Bushaltestellen
    """,
    "nature": """
        river: m Fluss Flüsse Flusses
        lake: m See Seen Sees
        mountain: m Berg Berge Berges
        bridge: f Brücke Brücken
    """,
    "furniture": """
        roof: n Dach Dächer Daches
        sofa: n Sofa Sofas Sofas
        kitchen table: m Küchentisch Küchentische Küchentisches
        apple tree: m Apfelbaum Apfelbäume Apfelbaums
    """,
    "event": """
        weekend: n Wochenende Wochenenden Wochenendes
        party: n Fest Feste Festes
        journey: f Reise Reisen
    """,
}
_PERSONAL = {"m": "he", "f": "she", "n": "it"}


def _parse_nouns() -> dict[str, tuple[Noun, ...]]:
    nouns = {}
    for kind, lines in _NOUNS.items():
        found = []
        for line in lines.strip().splitlines():
            english, _, german = line.strip().partition(": ")
            gender, singular, plural_form, *genitive = german.split()
            forms = GermanNoun(singular, gender, plural_form, genitive[0] if genitive else singular)
            is_person = kind in ("person", "relative")
            found.append(Noun(english, forms, _PERSONAL[gender] if is_person else "it"))
        nouns[kind] = tuple(found)
    return nouns


NOUNS = _parse_nouns()
