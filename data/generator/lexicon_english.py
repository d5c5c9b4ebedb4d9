"""Nouns, adjectives, adverbs and names of the tagged sentences, by what they can stand for.

In each list the words before `|` are used everywhere, the more often the earlier they stand; the
words after it occur in the development and test files only, so that a tagger meets words it has
never seen. Words with several parts of speech (a run, they run) are wanted and stand early.
"""

from word_lists import word_set, words

# Countable nouns by kind.
NOUNS = {
    "person": words("""
        cook guard guide judge coach host nurse friend child neighbour teacher woman man girl boy
        doctor sister brother guest student farmer artist mother father uncle aunt cousin driver
        singer painter writer baker pilot king queen visitor gardener waiter stranger daughter son
        grandmother grandfather engineer postman fisherman
        | shepherd librarian carpenter tailor dentist plumber violinist captain sailor juggler poet
        widow blacksmith mayor clockmaker"""),
    "animal": words("""
        bear duck fly swallow fish dog cat horse bird mouse cow goat sheep rabbit fox wolf owl
        donkey goose hen lamb frog bee swan monkey lion elephant tiger pig turtle
        | hedgehog squirrel raven badger otter heron hamster pony beetle"""),
    "thing": words("""
        watch ring match saw brush present phone stick picture stone key bag can basket umbrella
        knife bottle camera ball rope hammer blanket kite suitcase map mirror clock
        | wallet compass quilt bucket lantern"""),
    "dish": words("can glass pan cup plate bowl pot spoon | mug kettle"),
    "clothes": words("coat hat shoe scarf jacket shirt dress | glove cardigan"),
    "furniture": words("table chair bench shelf bed sofa desk | cradle"),
    "instrument": words("piano guitar drum violin | cello trumpet flute"),
    "text": words("""
        play report book note study list letter story poem newspaper article message diary recipe
        magazine novel | essay leaflet postcard memoir"""),
    "food": words("""
        orange cake apple egg pear potato tomato pie sandwich sausage biscuit pancake plum carrot
        lemon salad | dumpling walnut pumpkin muffin apricot"""),
    "event": words("""
        dance walk show play race match swim run ride fair drive visit talk film study concert
        party meeting lesson game wedding | parade rehearsal auction"""),
    "gesture": words("smile look laugh cry call shout answer joke dream | grin shrug"),
    "meal": words("lunch dinner breakfast | supper"),
    "place": words("""
        park farm garden shop house field market station village school square library kitchen city
        town forest river lake bridge street hill mountain beach island museum hotel café office
        church castle hospital bakery theatre valley harbour
        | lighthouse orchard meadow monastery canal"""),
    "business": words("shop farm bakery café library museum market hotel theatre | pharmacy"),
    "vehicle": words("train ship boat car bus bicycle truck van taxi plane tram | canoe scooter"),
    "opening": words("window door gate box drawer cupboard suitcase | shutter hatch"),
    "plant": words("plant flower rose tree bush tulip | fern daisy"),
    "light": words("lamp candle fire light | lantern stove"),
    "idea": words("""
        plan answer question promise dream change offer hope guess doubt mistake name idea reason
        problem secret rule | riddle rumour"""),
    "booking": words("room table flight ticket seat | cabin"),
    "part": words("hand back face head arm foot nose | elbow chin"),
}  # fmt: skip

# Nouns without a plural here.
MASS_NOUNS = {
    "drink": words("water milk tea coffee juice lemonade | cider cocoa"),
    "food": words("bread rice cheese soup butter honey fruit meat fish | porridge ginger"),
    "sound": words("music noise | thunder applause"),
    "task": words("work homework"),
    "sky": words("rain snow wind smoke | fog hail"),
}
FEMALE = word_set(
    "woman girl sister mother aunt queen daughter grandmother nurse singer teacher widow librarian"
    " violinist dentist"
)

# Nouns that may stand before another one: a kitchen table, an orange juice.
COMPOUNDS = {
    "table": "kitchen garden", "knife": "kitchen garden", "chair": "garden kitchen office",
    "door": "kitchen garden church shop", "window": "kitchen shop church", "bench": "park garden",
    "cake": "apple orange plum lemon", "pie": "apple plum meat", "sandwich": "cheese egg fish",
    "salad": "potato tomato fruit fish", "soup": "potato tomato fish", "juice": "orange apple",
    "bag": "school paper shopping", "party": "garden school summer office",
    "concert": "school church summer piano", "lesson": "piano dance music guitar swimming",
    "ticket": "train bus concert", "station": "train bus", "shop": "village flower clock",
    "library": "school city village", "school": "village dance music", "fair": "book village",
    "garden": "school hotel kitchen", "square": "market village", "story": "love school",
    "teacher": "piano dance music", "driver": "bus train taxi", "clock": "kitchen station",
    "match": "school", "song": "love", "box": "paper letter tool", "show": "dog flower horse",
    "race": "boat horse dog", "coat": "rain winter", "hat": "paper straw summer",
    "report": "school weather", "novel": "love", "guard": "night", "house": "summer tree dog",
}  # fmt: skip
# Persons that belong to somebody: my friend, Anna's coach.
RELATIVES = word_set(
    "friend neighbour sister brother mother father uncle aunt cousin guest daughter son coach"
    " grandmother grandfather teacher doctor child host guide"
)

# Nobody's: wild animals, rivers, the sky.
NOT_OWNED = word_set(
    "bear fly swallow fish wolf fox owl bee swan lion elephant tiger frog hedgehog raven badger"
    " otter heron beetle crane field market station square library city town forest river lake"
    " bridge street hill mountain beach island museum hotel church castle hospital theatre valley"
    " harbour lighthouse meadow monastery canal rain snow wind smoke fog hail music noise thunder"
    " applause king queen"
)

ADJECTIVES = {
    "person": words("""
        kind old young little clever friendly funny famous polite brave strange quiet lazy proud
        honest rude strong shy mean fair patient | cheerful grumpy stubborn witty clumsy"""),
    "animal": words("""
        little old wild white clever big brown black shy young lazy fat hungry quiet fast
        | speckled fierce timid"""),
    "thing": words("""
        light old round heavy new open empty small broken cheap expensive red blue green beautiful
        little wooden clean square yellow | rusty dusty shiny crooked golden"""),
    "dish": words("clean empty dry little round blue open white old | chipped"),
    "clothes": words("warm light new old red blue green wet dry clean orange beautiful | shabby"),
    "text": words("long short new old funny boring beautiful sad famous strange | gloomy"),
    "food": words("fresh sweet warm cold sour hot delicious small | salty stale spicy"),
    "drink": words("cold hot fresh warm sweet | bitter"),
    "event": words("long short late early exciting boring first next | dreadful"),
    "meal": words("early late long cold | lavish"),
    "place": words("quiet old beautiful little busy small large noisy narrow | foggy remote"),
    "vehicle": words("fast late early old new slow empty full | rusty"),
    "opening": words("open heavy old empty green little wooden | rusty creaky"),
    "gesture": words("long kind sad strange warm mean funny loud | faint shy"),
    "idea": words("good simple clear strange right wrong hard funny | absurd"),
    "part": words("left right cold warm clean | bruised"),
    "plant": words("little green dry beautiful tall old | thorny"),
    "light": words("little bright small old | dim"),
    "sound": words("loud soft strange beautiful | shrill"),
    "sky": words("cold heavy soft bright | icy"),
    "task": words("hard boring easy | tedious"),
    "instrument": words("old new expensive beautiful little | battered"),
    "furniture": words("old round new wooden heavy empty clean little | wobbly"),
    "booking": words("cheap expensive small quiet"),
    "colour": words("red blue green black white brown grey yellow orange | purple crimson"),
}  # fmt: skip
# What a noun of the kind can be for a while, after be, look, seem, feel.
STATES = {
    "person": words("""
        tired happy late well ready busy hungry right sad angry early wrong sure cold warm proud
        thirsty quiet fine | cheerful grumpy weary"""),
    "animal": words("hungry tired quiet wild happy fat angry thirsty | drowsy fierce"),
    "place": words("empty quiet open busy dark clean noisy full beautiful | foggy deserted"),
    "business": words("open busy full empty quiet noisy | crowded"),
    "opening": words("open dirty wet broken | rusty"),
    "dish": words("empty clean dry broken dirty full"),
    "sound": words("loud soft beautiful strange | shrill"),
    "meal": words("ready late cold delicious"),
    "light": words("bright warm | dim"),
    "part": words("cold warm clean dirty wet"),
    "clothes": words("wet dry warm clean dirty expensive new"),
    "plant": words("dry green beautiful | thorny"),
    "vehicle": words("late early full empty fast slow | rusty"),
    "event": words("long short exciting boring late fine | dreadful"),
    "text": words("long short funny boring sad good wonderful"),
    "gesture": words("strange kind warm sad funny real"),
    "idea": words("right wrong clear simple good strange hard fair | absurd"),
    "food": words("hot cold sweet fresh delicious sour good | stale spicy"),
    "thing": words("heavy light broken empty cheap expensive beautiful new old round | rusty"),
}  # fmt: skip
COMPARABLE = {
    "person": words("tall kind young fast strong brave quiet clever honest funny happy"),
    "animal": words("fast small big clever quiet strong old hungry | fierce"),
    "thing": words("light heavy cheap expensive old small big beautiful"),
    "place": words("quiet clean old beautiful large dark noisy"),
    "vehicle": words("fast slow cheap old big"),
    "food": words("sweet fresh cheap big"),
    "event": words("long short good boring exciting late"),
    "text": words("long short good funny boring"),
}

ADVERBS = {
    "motion": words("fast slowly quickly alone together quietly | swiftly"),
    "skill": words("well fast badly beautifully slowly | neatly"),
    "effort": words("hard together alone late well | eagerly"),
    "sound": words("loudly quietly happily together | softly"),
    "long": words("long well late quietly | patiently"),
    "care": words("carefully slowly quickly gently quietly | boldly neatly"),
    "clock": words("early late | promptly"),
}
FREQUENCY = words("often always never sometimes usually still | seldom rarely")
DEGREE = words("very so too quite really rather pretty | awfully")

FIRST_NAMES = {
    "Fem": words("Rose Grace May Anna Mary Clara Nora Emma Martha | Ingrid Beatrix Odette Thea"),
    "Masc": words("Will Mark Bill Frank Tom Peter Oscar Felix Paul Leo | Tobias Casper Rufus"),
}
LAST_NAMES = words("Cook Brown Baker Young Green Miller King Wood Long | Hartley Finch Thorne")
CITIES = words("Bath London Paris Berlin Vienna Rome Dublin Madrid | Oslo Lisbon Prague")
WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = words("May March April June July August September October December January")
NUMERALS = words("two three four five six ten twelve twenty | thirteen forty")

# Where one is at a place; `in` for the others.
PLACE_PREPOSITIONS = {
    "at": word_set("station market school castle harbour lighthouse monastery farm"),
    "on": word_set("beach island hill mountain bridge farm street canal"),
    "by": word_set("river lake bridge canal"),
}
WAYS = {
    "through": words("park forest village town city market station garden | orchard meadow"),
    "past": words("church school shop house station castle museum hospital | lighthouse"),
    "across": words("bridge street field square river | meadow"),
    "round": words("park lake garden house island castle | orchard"),
    "over": words("bridge hill mountain"),
    "down": words("hill mountain street"),
}
