import random
import time

import pytest

from nlpseq.text.words import Token, WordTokenizer

# Tokens by hand, "|" where they are split.
SPLITS = [
    ("Hello, world!", "Hello|,|world|!"),
    ("(He said \"no\".)", "(|He|said|\"|no|\"|.|)"),
    # English contractions, straight and curly, in both cases
    ("I don't, he can't, we won't.", "I|do|n't|,|he|ca|n't|,|we|wo|n't|."),
    ("It's John's; we'll say they've or I'd.", "It|'s|John|'s|;|we|'ll|say|they|'ve|or|I|'d|."),
    ("DON’T! You’re it", "DO|N’T|!|You|’re|it"),
    ("I cannot", "I|can|not"),
    ("Cannotta", "Cannotta"),
    ("the boys' dog", "the|boys|'|dog"),
    ("She said 'yes'", "She|said|'|yes|'"),
    ("the U.S.'s", "the|U.S.|'s"),
    ("it 's n't", "it|'s|n't"),  # was split before
    ("O'Neil's five o'clock", "O'Neil|'s|five|o'clock"),
    # French elision and other apostrophes
    ("L'homme qu'il a vu", "L'|homme|qu'|il|a|vu"),
    ("j’ai lu jusqu’à l’été", "j’|ai|lu|jusqu’|à|l’|été"),
    ("aujourd'hui quelqu'un", "aujourd'hui|quelqu'un"),
    ("C'est « oui » !", "C'|est|«|oui|»|!"),
    ("Das geht's „ja“", "Das|geht|'s|„|ja|“"),
    ("Dis 'n hond", "Dis|'n|hond"),  # the Afrikaans article
    # Numbers and money
    ("3.14, 1,000 or 12:30.", "3.14|,|1,000|or|12:30|."),
    ("$5 and 50% of 3,50 €", "$|5|and|50|%|of|3,50|€"),
    ("24/12/2024 costs", "24/12/2024|costs"),
    # Abbreviations, initials, titles
    ("in the U.S., e.g. Ohio", "in|the|U.S.|,|e.g.|Ohio"),
    ("z.B. um 5 p.m.", "z.B.|um|5|p.m."),
    ("Mr. J. Smith vs. Dr. No.", "Mr.|J.|Smith|vs.|Dr.|No|."),
    ("The end.Start", "The|end|.|Start"),
    # Hyphens and dashes
    ("a well-known mother-in-law's", "a|well-known|mother-in-law|'s"),
    ("yes - no--maybe", "yes|-|no|--|maybe"),
    # The web
    ("See https://a.org/b?c=d, or www.x.de.", "See|https://a.org/b?c=d|,|or|www.x.de|."),
    ("(http://a.org/b)", "(|http://a.org/b|)"),
    ("Mail jo.doe+x@mail.example.com!", "Mail|jo.doe+x@mail.example.com|!"),
    ("news.example.com/today, then", "news.example.com/today|,|then"),
    ("@jo_2 #Win #1", "@jo_2|#Win|#|1"),
    # Runs
    ("Well... what?! No!!!", "Well|...|what|?!|No|!!!"),
    ("a… b", "a|…|b"),
    # Emoji: joined, with skin tone, flags, key cap
    ("ok👍🏽😀 👩\u200d👧", "ok|👍🏽|😀|👩\u200d👧"),
    ("🇫🇷🇩🇪 1\ufe0f\u20e3", "🇫🇷|🇩🇪|1\ufe0f\u20e3"),
    # Accents and vowel signs as code points of their own
    ("e\u0301te\u0301 हिन्दी", "e\u0301te\u0301|हिन्दी"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_text_is_split_as_by_hand(text, expected):
    assert WordTokenizer().tokenize(text) == expected.split("|")


@pytest.mark.parametrize("space", [" ", "\n", "\t", "\xa0", "\u202f", "\u2009", "\u200b", "\u2028"])
def test_every_space_separates(space):
    assert WordTokenizer().tokenize(f"{space}mot{space}{space}!{space}") == ["mot", "!"]


@pytest.mark.parametrize("text", ["", " ", "\n\t\u200b\ufeff"])
def test_nothing_gives_no_tokens(text):
    assert WordTokenizer().tokenize(text) == []
    assert WordTokenizer().tokenize_with_offsets(text) == []


def test_tokens_cover_every_visible_character_once_and_in_order():
    rng = random.Random(0)
    signs = "aZ9'’-.,:/@#!?_$%(\"«&+ \n\xa0\u200b\ufeff\u0301\u200d\ufe0f😀👩🇫🏽é中"
    words = ["n't", "'s", "Mr.", ".com", "http://", "www.", "qu'", "can", "not", "U.S."]
    tokenizer = WordTokenizer()
    for _ in range(5000):
        text = "".join(rng.choices([*signs, *words], k=rng.randrange(12)))
        tokens = tokenizer.tokenize_with_offsets(text)
        covered = [place for token in tokens for place in range(token.start, token.end)]
        visible = [
            place
            for place, sign in enumerate(text)
            if not sign.isspace() and sign not in "\u200b\ufeff"
        ]
        assert covered == visible, text
        assert all(text[token.start : token.end] == token.text for token in tokens)
        assert tokenizer.tokenize(text) == [token.text for token in tokens]


def test_offsets_are_places_in_the_original_text():
    tokens = WordTokenizer(lowercase=True).tokenize_with_offsets("  İt's")
    assert tokens == [Token("i̇t", 2, 4), Token("'s", 4, 6)]


def test_text_that_is_split_already_stays_as_it_is():
    tokens = ["don't", "New York", "", "."]
    assert WordTokenizer().tokenize(tokens) == tokens
    assert WordTokenizer().tokenize(tuple(tokens)) == tokens
    assert WordTokenizer(lowercase=True).tokenize(["New York"]) == ["new york"]


@pytest.mark.parametrize("bad", [None, 7, b"x", ["a"]])
def test_what_is_not_a_string_is_refused(bad):
    with pytest.raises(TypeError, match=rf"Received: .* \({type(bad).__name__}\) at position 1"):
        WordTokenizer().tokenize(["a", bad])
    with pytest.raises(TypeError, match=f"must be a string. Received: {type(bad).__name__}"):
        WordTokenizer().tokenize_with_offsets(bad)


@pytest.mark.parametrize(
    "text",
    [
        "I can't, won't and cannot; it's John's (and we'll see): \"Yes!\"",
        "He said 'no' to the boys' dog...",
        'First "one", then "two" of „drei“ and „vier“.',
        "A $3.50 beer at 12:30, 50% off, and/or #2?",
        "Er sagte: „Das geht's nicht“, z.B. um 3,50 € [oder 5 €].",
        "L'homme qu'il a vu n'est pas d'ici, aujourd'hui.",
        "She wrote “well-known” words—twice.".replace("—", " — "),
        "¿Qué? ¡No!",
    ],
)
def test_joining_restores_the_usual_spaces(text):
    tokenizer = WordTokenizer()
    assert tokenizer.detokenize(tokenizer.tokenize(text)) == text


def test_joining_nothing_gives_nothing():
    assert WordTokenizer().detokenize([]) == ""


@pytest.mark.parametrize(
    "part", ["a", "ab.", "a'", "a-", "a@", "@1", "http://", "a.b@", "!?", "\u0301"]
)
def test_a_long_text_without_spaces_takes_linear_time(part):
    start = time.process_time()
    WordTokenizer().tokenize(part * 20_000)
    assert time.process_time() - start < 2  # quadratic time would be minutes
