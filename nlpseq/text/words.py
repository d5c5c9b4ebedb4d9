"""Words and punctuation of raw text, with their places in it."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple


def _combining_marks() -> str:
    """Accents and vowel signs as ranges for a regex class, since word characters leave them out."""
    codes = [code for code in range(0x300, 0xFE30) if unicodedata.category(chr(code))[0] == "M"]
    runs = groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])
    ranges = ([code for _, code in run] for _, run in runs)
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ranges)


# Parts of the pattern. Zero-width spaces separate words, zero-width joiners are inside them.
_SPACES = r"\s\u200b\ufeff"
_MARKS = _combining_marks()
_LETTER = rf"[\w{_MARKS}\u200c\u200d]"
_URL_REST = rf"""[^{_SPACES}<>"]*[^{_SPACES}<>"'’”»)\].,;:!?]"""
_SUFFIX = rf"(?i:['’](?:s|m|d|re|ve|ll)(?!{_LETTER}))"
_NOT = rf"(?i:n['’]t(?!{_LETTER}))"
_ELISION = r"(?i:(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’])"
_MODIFIERS = rf"[{_MARKS}\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"

# The alternatives are tried from top to bottom. Counted repeats keep long strings without a space
# from costing quadratic time.
_TOKEN = re.compile(
    rf"""
    # Web and mail addresses, without the punctuation that follows them.
      (?: https?:// | ftp:// | www\. ) {_URL_REST}
    | \w[\w.+-]{{0,63}} @ \w[\w-]* (?: \.\w[\w-]* )+
    | \w[\w-]* (?: \.\w[\w-]* ){{0,4}} \. (?: com|org|net|edu|gov|io|de|fr|uk|eu ) (?!{_LETTER})
      (?: / {_URL_REST} )?
    # @user, #tag
    | [@\#] \w* [^\W\d_] \w*
    # U.S., z.B.; the initial of a name; titles
    | [^\W\d_] (?: \.[^\W\d_] )+ (?!{_LETTER}) \.?
    | [A-HJ-Z] \. (?= [{_SPACES}]+ [^\W\d_] )
    | (?: Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs ) \.
    # English: do|n't, it|'s, can|not
    | {_NOT}
    | (?<= [^{_SPACES}(\[{{"'“‘«] ) {_SUFFIX}
    | (?i: can (?= not (?!{_LETTER}) ) )
    | (?: {_LETTER}+ [-‐‑'’] )*? {_LETTER}+? (?= {_NOT} )
    # French: l'|homme, qu'|il
    | {_ELISION} (?= (?i: [aeiouyhàâæèéêëîïôœùûü] ) )
    # 's or 'n as a word of its own
    | (?<! [^{_SPACES}] ) (?i: ['’] (?: s|m|d|n|t|re|ve|ll ) ) (?! [^{_SPACES}] )
    # A word, also with hyphens or apostrophes inside; a number such as 1,000.5 or 12:30
    | {_LETTER}+ (?: (?!{_SUFFIX}) (?: [-‐‑'’] | (?<=\d)[.,:/](?=\d) ) {_LETTER}+ )*
    # The same mark again and again
    | \.{{2,}} | -{{2,}} | ={{2,}} | \*{{2,}} | ~{{2,}} | [!?]{{2,}}
    # A flag; any other sign, with what modifies or joins it, so that an emoji stays whole
    | [\U0001f1e6-\U0001f1ff]{{2}}
    | [^{_SPACES}] {_MODIFIERS} (?: \u200d [^\w{_SPACES}] {_MODIFIERS} )*
    """,
    re.VERBOSE,
)

_LEANS_LEFT = re.compile(rf"[,;:)\]}}%‰°…’”/]|[.!?]+|{_SUFFIX}|{_NOT}")
_LEANS_RIGHT = re.compile(rf"[(\[{{¿¡#/]|{_ELISION}")
_CURRENCY = frozenset("$£€¥")
# Quote marks that open, unless the mark beside them is open: then they close it.
_QUOTES = {'"': '"', "'": "'", "“": "„", "‘": "‚", "„": "", "‚": ""}


class Token(NamedTuple):
    """A word or punctuation mark, and where it is: `source[start:end]` in the text it is from."""

    text: str
    start: int
    end: int


class WordTokenizer:
    """Splits raw text into words and punctuation.

    Meant for European languages, in the style of Universal Dependencies and the Penn Treebank.
    There is one set of rules for all of them, the same ones whatever the language of the text:

    - punctuation, brackets, quotes, currency and percent signs are tokens of their own; `...`,
      `--`, `?!` and the like are one;
    - English contractions come apart (`do|n't`, `it|'s`, `we|'ll`, `can|not`), and so does French
      elision before a vowel (`l'|homme`, `qu'|il`); any other apostrophe inside a word stays
      (`o'clock`, `aujourd'hui`);
    - these stay whole: addresses of the web and of mail, `@user` and `#tag`, numbers with
      separators inside (`3.14`, `1,000`, `12:30`), abbreviations with dots inside (`U.S.`, `e.g.`),
      initials and a few titles (`Mr.`), words with hyphens inside;
    - an emoji is a token, with its skin tone, its joined parts, or both letters of its flag.

    Every character that is not white space is in exactly one token. White space is what `str.split`
    takes for it (so also the no-break and thin spaces of French typography), the zero-width space
    U+200B and the byte order mark U+FEFF. Languages written without spaces need
    `SentencePieceTokenizer`, or text that was split before.

    Args:
        lowercase: Whether to turn tokens into lower case.

    Example:
        >>> tokenizer = WordTokenizer()
        >>> tokenizer.tokenize("Don't pay $3.50, Mr. O'Neil!")
        ['Do', "n't", 'pay', '$', '3.50', ',', 'Mr.', "O'Neil", '!']
        >>> tokenizer.detokenize(["Do", "n't", "pay", "$", "3.50", "!"])
        "Don't pay $3.50!"

    Reference:
        Tokenisation in Universal Dependencies,
        https://universaldependencies.org/u/overview/tokenization.html
    """

    def __init__(self, lowercase: bool = False) -> None:
        self.lowercase = lowercase

    def tokenize(self, text: str | Sequence[str]) -> list[str]:
        """Splits a text; text that is split already stays as it is.

        Args:
            text: A string, or a list of tokens.

        Returns:
            The tokens; none for an empty text.

        Raises:
            TypeError: If `text` is neither a string nor a list of strings.

        Example:
            >>> WordTokenizer().tokenize("It's well-known.")
            ['It', "'s", 'well-known', '.']
            >>> WordTokenizer(lowercase=True).tokenize(["It's", "New York"])
            ["it's", 'new york']
        """
        if isinstance(text, str):
            tokens = [match.group() for match in _TOKEN.finditer(text)]
        else:
            tokens = list(text)
            for position, token in enumerate(tokens):
                if not isinstance(token, str):
                    raise TypeError(
                        "Expected a string or a list of strings. "
                        f"Received: {token!r} ({type(token).__name__}) at position {position}"
                    )
        return [token.lower() for token in tokens] if self.lowercase else tokens

    def tokenize_with_offsets(self, text: str) -> list[Token]:
        """Splits a text and says where each token is.

        Args:
            text: A string.

        Returns:
            The tokens in order. `text[token.start:token.end] == token.text`, but for lower case.

        Raises:
            TypeError: If `text` is not a string.

        Example:
            >>> WordTokenizer().tokenize_with_offsets(" No!")
            [Token(text='No', start=1, end=3), Token(text='!', start=3, end=4)]
        """
        if not isinstance(text, str):
            raise TypeError(f"`text` must be a string. Received: {type(text).__name__}")
        return [
            Token(match.group().lower() if self.lowercase else match.group(), *match.span())
            for match in _TOKEN.finditer(text)
        ]

    def detokenize(self, tokens: Sequence[str]) -> str:
        """Joins tokens into text that reads well in English, German or French.

        A best effort: tokens don't say which spaces there were. Closing punctuation and English
        contractions lean on the word before them, opening brackets and French elisions on the word
        after them; straight quotes open and close in turn. French guillemets keep their spaces,
        `! ? : ;` get none.

        Args:
            tokens: What `tokenize` gave, or a model.

        Returns:
            One line of text.

        Example:
            >>> WordTokenizer().detokenize(["Yes", "(", "5", "%", ")", ":", '"', "l’", "eau", '"'])
            'Yes (5%): "l’eau"'
        """
        pieces: list[str] = []
        open_quotes: set[str] = set()
        before = ""
        joined = True  # whether the next token follows without a space
        for token in tokens:
            closes = _QUOTES.get(token) in open_quotes or (token, before[-1:]) == ("'", "s")
            cannot = (before.lower(), token.lower()) == ("can", "not")
            if not (joined or closes or cannot or _LEANS_LEFT.fullmatch(token)):
                pieces.append(" ")
            pieces.append(token)
            opens = token in _QUOTES and not closes
            if opens:
                open_quotes.add(token)
            elif closes:
                open_quotes.discard(_QUOTES[token])
            price = token in _CURRENCY and not before[-1:].isdigit()
            joined = opens or price or _LEANS_RIGHT.fullmatch(token) is not None
            before = token
        return "".join(pieces)
