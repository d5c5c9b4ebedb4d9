"""A tagged word, how words are set in a line, and the CoNLL-U text of a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word with its tags.

    Attributes:
        form: The word as it is written, `n't` and `'s` apart.
        lemma: Its dictionary form.
        upos: Universal part of speech.
        xpos: Penn Treebank tag.
        feats: Universal features, `_` for none.
        joins: How it meets its neighbours: `""` with spaces, `"left"` without a space before
            (a full stop), `"right"` without a space after (an opening quote), `"word"` as the
            later part of one written word (the `n't` of `don't`).
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str = "_"
    joins: str = ""

    def capitalised(self) -> "Token":
        """The same token with a capital first letter, as at the start of a sentence."""
        return replace(self, form=self.form[:1].upper() + self.form[1:])


def starts_sentence(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a capital on the first one that has letters.

    Args:
        tokens: A sentence, lower case except for names.

    Returns:
        A new list.

    Example:
        >>> quote = Token('"', '"', "PUNCT", "``", joins="right")
        >>> [token.form for token in starts_sentence([quote, Token("no", "no", "INTJ", "UH")])]
        ['"', 'No']
    """
    first = next(i for i, token in enumerate(tokens) if token.upos != "PUNCT")
    return [token.capitalised() if i == first else token for i, token in enumerate(tokens)]


def _written_words(tokens: Sequence[Token]) -> list[list[Token]]:
    """Groups of tokens that are written as one word: mostly one token each."""
    groups: list[list[Token]] = []
    for token in tokens:
        if token.joins == "word":
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def _space_follows(groups: Sequence[Sequence[Token]]) -> list[bool]:
    """Whether a space stands after each group; the last one counts as having one."""
    spaces = [
        group[-1].joins != "right" and following[0].joins != "left"
        for group, following in pairwise(groups)
    ]
    return [*spaces, True]


def text_of(tokens: Sequence[Token]) -> str:
    """The sentence as a person writes it.

    Args:
        tokens: The words of one sentence.

    Returns:
        The text, contractions joined and punctuation attached.

    Example:
        >>> do = Token("do", "do", "AUX", "VBP")
        >>> text_of([do, Token("n't", "not", "PART", "RB", joins="word")])
        "don't"
    """
    groups = _written_words(tokens)
    pieces = [
        "".join(token.form for token in group) + (" " if space else "")
        for group, space in zip(groups, _space_follows(groups), strict=True)
    ]
    return "".join(pieces).rstrip()


def conllu(sentence_id: str, tokens: Sequence[Token]) -> str:
    """One sentence in CoNLL-U: comments, word lines, ranges for contractions, a blank line.

    Heads and relations are left open (`_`). `SpaceAfter=No` stands on the range line of a
    contraction, else on the word's own.

    Args:
        sentence_id: Value of the `sent_id` comment.
        tokens: The words of the sentence.

    Returns:
        The lines, with the blank line that ends a sentence.

    Reference:
        https://universaldependencies.org/format.html
    """
    lines = [f"# sent_id = {sentence_id}", f"# text = {text_of(tokens)}"]
    groups = _written_words(tokens)
    number = 1
    for group, space in zip(groups, _space_follows(groups), strict=True):
        misc = "_" if space else "SpaceAfter=No"
        if len(group) > 1:
            form = "".join(token.form for token in group)
            lines.append(f"{number}-{number + len(group) - 1}\t{form}" + "\t_" * 7 + f"\t{misc}")
            misc = "_"
        for token in group:
            columns = [str(number), token.form, token.lemma, token.upos, token.xpos, token.feats]
            lines.append("\t".join([*columns, "_", "_", "_", misc]))
            number += 1
    return "\n".join(lines) + "\n\n"
