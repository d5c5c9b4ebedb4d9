"""English word forms: plurals, verb forms, comparison, and the choice between a and an."""

from word_lists import word_set

IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet",
    "tooth": "teeth", "mouse": "mice", "goose": "geese", "sheep": "sheep", "fish": "fish",
    "leaf": "leaves", "knife": "knives", "loaf": "loaves", "shelf": "shelves", "wolf": "wolves",
    "thief": "thieves", "potato": "potatoes", "tomato": "tomatoes", "scarf": "scarves",
    "gentleman": "gentlemen", "fisherman": "fishermen", "postman": "postmen",
    "snowman": "snowmen",
}  # fmt: skip

# Base form: past tense, past participle.
IRREGULAR_VERBS = {
    "be": ("was", "been"), "have": ("had", "had"), "do": ("did", "done"), "go": ("went", "gone"),
    "run": ("ran", "run"), "swim": ("swam", "swum"), "sing": ("sang", "sung"),
    "ring": ("rang", "rung"), "drink": ("drank", "drunk"), "begin": ("began", "begun"),
    "sleep": ("slept", "slept"), "keep": ("kept", "kept"), "sit": ("sat", "sat"),
    "stand": ("stood", "stood"), "understand": ("understood", "understood"),
    "read": ("read", "read"), "write": ("wrote", "written"), "eat": ("ate", "eaten"),
    "cut": ("cut", "cut"), "put": ("put", "put"), "let": ("let", "let"), "hit": ("hit", "hit"),
    "cost": ("cost", "cost"), "shut": ("shut", "shut"), "set": ("set", "set"),
    "hold": ("held", "held"), "find": ("found", "found"), "lose": ("lost", "lost"),
    "buy": ("bought", "bought"), "sell": ("sold", "sold"), "tell": ("told", "told"),
    "see": ("saw", "seen"), "hear": ("heard", "heard"), "feel": ("felt", "felt"),
    "know": ("knew", "known"), "grow": ("grew", "grown"), "throw": ("threw", "thrown"),
    "draw": ("drew", "drawn"), "fly": ("flew", "flown"), "drive": ("drove", "driven"),
    "ride": ("rode", "ridden"), "rise": ("rose", "risen"), "hide": ("hid", "hidden"),
    "bite": ("bit", "bitten"), "give": ("gave", "given"), "forget": ("forgot", "forgotten"),
    "get": ("got", "got"), "meet": ("met", "met"), "feed": ("fed", "fed"),
    "lead": ("led", "led"), "leave": ("left", "left"), "teach": ("taught", "taught"),
    "catch": ("caught", "caught"), "think": ("thought", "thought"),
    "bring": ("brought", "brought"), "make": ("made", "made"), "say": ("said", "said"),
    "pay": ("paid", "paid"), "lend": ("lent", "lent"), "send": ("sent", "sent"),
    "build": ("built", "built"), "speak": ("spoke", "spoken"), "wake": ("woke", "woken"),
    "break": ("broke", "broken"), "take": ("took", "taken"), "shake": ("shook", "shaken"),
    "come": ("came", "come"), "become": ("became", "become"), "fall": ("fell", "fallen"),
    "wear": ("wore", "worn"), "bear": ("bore", "borne"), "win": ("won", "won"),
    "mean": ("meant", "meant"), "light": ("lit", "lit"), "lie": ("lay", "lain"),
    "hang": ("hung", "hung"), "shine": ("shone", "shone"), "show": ("showed", "shown"),
    "choose": ("chose", "chosen"), "steal": ("stole", "stolen"), "spend": ("spent", "spent"),
    "stick": ("stuck", "stuck"), "dig": ("dug", "dug"), "blow": ("blew", "blown"),
    "sew": ("sewed", "sewn"),
}  # fmt: skip

DOUBLED = word_set(
    "run swim sit cut put let hit shut set get forget begin win dig stop drop plan chat knit"
    " wrap grab slip skip hop hug jog nod spot step trot travel clap trim scrub ship shop grin"
    " shrug"
)
IRREGULAR_DEGREES = {"good": ("better", "best"), "bad": ("worse", "worst")}
LONG_ADJECTIVES = frozenset({"careful", "patient", "famous", "modern", "crooked", "golden"})


def _ends_in_consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2] not in "aeiou"


def with_s(word: str) -> str:
    """The word with the ending of plurals and of the third person.

    Args:
        word: A noun or a verb, regular.

    Returns:
        The form in -s, -es or -ies.

    Example:
        >>> with_s("key"), with_s("story"), with_s("watch")
        ('keys', 'stories', 'watches')
    """
    if _ends_in_consonant_y(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def plural(noun: str) -> str:
    """The plural of a noun.

    Args:
        noun: Its singular.

    Returns:
        The plural.

    Example:
        >>> plural("leaf"), plural("box")
        ('leaves', 'boxes')
    """
    return IRREGULAR_PLURALS.get(noun) or with_s(noun)


def third_person(verb: str) -> str:
    """The present tense form of he, she and it.

    Args:
        verb: Base form.

    Returns:
        The third person singular.

    Example:
        >>> third_person("have"), third_person("carry")
        ('has', 'carries')
    """
    return {"have": "has", "be": "is", "do": "does", "go": "goes"}.get(verb) or with_s(verb)


def past_forms(verb: str) -> tuple[str, str]:
    """Past tense and past participle.

    Args:
        verb: Base form.

    Returns:
        The two forms, equal for a regular verb.

    Example:
        >>> past_forms("write"), past_forms("plan"), past_forms("try")
        (('wrote', 'written'), ('planned', 'planned'), ('tried', 'tried'))
    """
    if verb in IRREGULAR_VERBS:
        return IRREGULAR_VERBS[verb]
    if verb in DOUBLED:
        form = verb + verb[-1] + "ed"
    elif _ends_in_consonant_y(verb):
        form = verb[:-1] + "ied"
    else:
        form = verb + ("d" if verb.endswith("e") else "ed")
    return form, form


def ing_form(verb: str) -> str:
    """The form in -ing.

    Args:
        verb: Base form.

    Returns:
        The present participle.

    Example:
        >>> ing_form("run"), ing_form("write"), ing_form("see"), ing_form("lie")
        ('running', 'writing', 'seeing', 'lying')
    """
    if verb in DOUBLED:
        return verb + verb[-1] + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + "ing"


def degrees(adjective: str) -> tuple[str, str] | None:
    """Comparative and superlative in one word, or `None` where English says more and most.

    Args:
        adjective: Positive form.

    Returns:
        The two forms, or `None` for a long adjective.

    Example:
        >>> degrees("big"), degrees("happy"), degrees("expensive")
        (('bigger', 'biggest'), ('happier', 'happiest'), None)
    """
    if adjective in IRREGULAR_DEGREES:
        return IRREGULAR_DEGREES[adjective]
    if adjective.endswith("y"):
        stem = adjective[:-1] + "i"
        return (stem + "er", stem + "est") if len(adjective) < 9 else None
    if len(adjective) > 6 or adjective in LONG_ADJECTIVES:
        return None
    if adjective.endswith("e"):
        return adjective + "r", adjective + "st"
    doubles = adjective[-1] in "dgnt" and adjective[-2] in "aeiou" and adjective[-3] not in "aeiou"
    stem = adjective + adjective[-1] if doubles else adjective
    return stem + "er", stem + "est"


def indefinite(next_word: str) -> str:
    """A or an.

    Args:
        next_word: The word that follows the article.

    Returns:
        `"an"` before a vowel sound.

    Example:
        >>> indefinite("owl"), indefinite("useful"), indefinite("hour")
        ('an', 'a', 'an')
    """
    if next_word.startswith(("hour", "honest")):
        return "an"
    if next_word.startswith(("use", "uni", "one", "euro")):
        return "a"
    return "an" if next_word[0].lower() in "aeiou" else "a"
