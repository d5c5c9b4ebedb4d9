"""Entities as dictionaries with places in the text, from the labels of its tokens.

They have the keys that the token classification pipeline of Hugging Face gives.
"""

from collections.abc import Sequence
from typing import TypedDict

from nlpseq.text.tag_schemes import read_spans
from nlpseq.text.words import Token


class Entity(TypedDict):
    """An entity: its type, the mean probability of its labels, and its place in the text."""

    entity_group: str
    score: float | None
    word: str
    start: int
    end: int


def entities(
    text: str,
    tokens: Sequence[Token],
    tags: Sequence[str],
    probabilities: Sequence[float] | None = None,
) -> list[Entity]:
    """Finds the entities of a text that was labelled token by token.

    Args:
        text: The text. For tokens without one, `join_tokens` makes it.
        tokens: Its tokens with their places, as `WordTokenizer.tokenize_with_offsets` gives them.
        tags: A label for each token, such as `O` and `B-PER`, in any of the schemes of
            `tag_schemes.py`.
        probabilities: The probability of each label, if known.

    Returns:
        The entities in order. `word` is `text[start:end]`, so as the text has it, also if the
        tokens are in lower case. `score` is the mean probability of the labels, `None` if there are
        none.

    Raises:
        ValueError: If there are more or fewer tags or probabilities than tokens, or if a tag is not
            of a scheme.

    Example:
        >>> from nlpseq.text.words import WordTokenizer
        >>> text = "Ada  Lovelace wrote."
        >>> tokens = WordTokenizer().tokenize_with_offsets(text)
        >>> entities(text, tokens, ["B-PER", "I-PER", "O", "O"], [0.5, 1.0, 0.9, 0.9])
        [{'entity_group': 'PER', 'score': 0.75, 'word': 'Ada  Lovelace', 'start': 0, 'end': 13}]

    Reference:
        https://huggingface.co/docs/transformers/main_classes/pipelines#transformers.TokenClassificationPipeline
    """
    for name, values in (("tags", tags), ("probabilities", probabilities)):
        if values is not None and len(values) != len(tokens):
            raise ValueError(
                f"`{name}` must have one value for each of the {len(tokens)} tokens. "
                f"Received: {len(values)}"
            )
    found: list[Entity] = []
    for kind, first, end in read_spans(tags):
        start, stop = tokens[first].start, tokens[end - 1].end
        score = None
        if probabilities is not None:
            score = float(sum(probabilities[first:end]) / (end - first))
        found.append(
            Entity(entity_group=kind, score=score, word=text[start:stop], start=start, end=stop)
        )
    return found


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[Token]]:
    """Makes a text of tokens that came without one, with a single space between each two.

    Args:
        tokens: The tokens of a sentence.

    Returns:
        The text, and the tokens with their places in it.

    Example:
        >>> join_tokens(["No", "!"])
        ('No !', [Token(text='No', start=0, end=2), Token(text='!', start=3, end=4)])
    """
    placed: list[Token] = []
    start = 0
    for token in tokens:
        placed.append(Token(token, start, start + len(token)))
        start += len(token) + 1
    return " ".join(tokens), placed
