"""Function words and punctuation marks of English as tagged tokens."""

from inflect_english import indefinite
from tokens import Token

_CLOSED = {
    "ADP IN": "about across after at before behind beyond by during for from in inside into like"
    " near of on outside over down past round since than through to under until with without as",
    "ADP RP": "up down off on out",
    "CCONJ CC": "and or but nor both either neither",
    "SCONJ IN": "that if whether because although while before after until since as so than",
    "ADV WRB PronType=Int": "when where why how",
    "PRON WDT PronType=Rel": "that which",
    "PRON WP PronType=Int": "who what",
    "DET WDT PronType=Int": "which what",
    "DET DT Definite=Def|PronType=Art": "the",
    "DET DT PronType=Tot": "every each all both",
    "DET DT PronType=Ind": "some any another",
    "DET DT PronType=Neg": "no",
    "DET PDT PronType=Tot": "all both",
    "DET PDT PronType=Ind": "such what",
    "ADJ JJ Degree=Pos": "many few several such only last next past same little much",
    "ADJ JJR Degree=Cmp": "more",
    "ADJ JJS Degree=Sup": "most",
    "ADV RBR Degree=Cmp": "more",
    "ADV RBS Degree=Sup": "most",
    "ADV RB": "very so too quite rather really pretty much just still only even ago there here as"
    " also again soon now then once twice that home back away outside inside upstairs right well"
    " about ever yet already perhaps first later almost enough over maybe never before",
    "PART RB Polarity=Neg": "not",
    "PART TO": "to",
    "PART POS": "'s '",
    "PRON EX": "there",
    "INTJ UH": "please oh well hello thanks right look",
    "INTJ UH Polarity=Pos": "yes",
    "INTJ UH Polarity=Neg": "no",
    "AUX MD VerbForm=Fin": "can will would may might must should could shall",
    "PUNCT .": ". ? !",
    "PUNCT ,": ", ;",
    "PUNCT :": ":",
    "PUNCT ``": '"',
    "PUNCT ''": '"',
    "PUNCT -LRB-": "(",
    "PUNCT -RRB-": ")",
    "SYM $ _": "$ £ €",
    "SYM NN Number=Sing": "%",
}
_JOINS = {
    **dict.fromkeys([".", ",", ":", "''", "-RRB-", "NN"], "left"),
    **dict.fromkeys(["``", "-LRB-", "$"], "right"),
    "POS": "word",
}


# Penn tags that one form has in two universal parts of speech, and how the second is called here.
_SHARED_TAGS = {("SCONJ", "IN"): "SCONJ", ("PRON", "WDT"): "Rel"}


def _closed_tokens() -> dict[tuple[str, str], Token]:
    """Every closed-class token by its form and tag."""
    table: dict[tuple[str, str], Token] = {}
    for tags, forms in _CLOSED.items():
        upos, xpos, *feats = tags.split()
        for form in forms.split():
            feature = feats[0] if feats else "_"
            table[form, _SHARED_TAGS.get((upos, xpos), xpos)] = Token(
                form, form, upos, xpos, feature, _JOINS.get(xpos, "")
            )
    return table


_TOKENS = _closed_tokens()


def closed(form: str, tag: str) -> Token:
    """A function word or a punctuation mark.

    Args:
        form: Lower-case form.
        tag: Penn tag, which tells apart e.g. the preposition and the infinitive marker `to`;
            `SCONJ` for a subordinating conjunction, which shares its Penn tag with prepositions;
            `Rel` for the relative `that` and `which`.

    Returns:
        The token.

    Example:
        >>> closed("to", "TO").upos, closed("to", "IN").upos
        ('PART', 'ADP')
    """
    return _TOKENS[form, tag]


def demonstrative(lemma: str, number: str, upos: str) -> Token:
    """This, that, these or those.

    Args:
        lemma: `this` or `that`.
        number: `Sing` or `Plur`.
        upos: `DET` before a noun, `PRON` alone.

    Returns:
        The token.

    Example:
        >>> demonstrative("that", "Plur", "DET").form
        'those'
    """
    form = lemma if number == "Sing" else {"this": "these", "that": "those"}[lemma]
    return Token(form, lemma, upos, "DT", f"Number={number}|PronType=Dem")


def article(next_word: str) -> Token:
    """The indefinite article.

    Args:
        next_word: The word after it, which decides between a and an.

    Returns:
        The token.

    Example:
        >>> article("owl").form
        'an'
    """
    return Token(indefinite(next_word), "a", "DET", "DT", "Definite=Ind|PronType=Art")
