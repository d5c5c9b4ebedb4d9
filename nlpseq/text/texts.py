"""The check that several texts are several texts."""

from collections.abc import Iterable, Iterator


def check_texts(texts: Iterable[str]) -> Iterator[str]:
    """Passes texts on, and stops at the first thing that is not one.

    Args:
        texts: Strings; read once, so a generator over a large file is fine.

    Yields:
        The same strings.

    Raises:
        TypeError: If `texts` is a single string, or one of them is not a string.
        ValueError: If a text is not valid Unicode.

    Example:
        >>> list(check_texts(["A dog.", ""]))
        ['A dog.', '']
    """
    if isinstance(texts, str):
        raise TypeError(f"`texts` must be several strings. Received one string: {texts[:80]!r}")
    for number, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            raise TypeError(
                f"Every text must be a string. Received: {text!r} ({type(text).__name__}) "
                f"as text number {number}"
            )
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ValueError(
                "A text must be valid Unicode, without lone surrogates. Received: "
                f"{text[error.start : error.end]!r} at position {error.start} of text number "
                f"{number}: {text[:80]!r}"
            ) from None
        yield text
