"""How the site shows the sections of our docstrings that its parser takes for something else.

An extension of Griffe, which docs/zensical.toml names. What layers return is told in words and
shapes, where Griffe expects types; `Call arguments`, `Reference` and `Example` it does not know.
"""

import re
import textwrap
from typing import Any

import griffe

WITH_NAMES = ("Call arguments", "Returns", "Yields")


class DocstringSections(griffe.Extension):
    """Rewrites each docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrites the docstring of one object."""
        if obj.docstring:
            obj.docstring.value = rewritten(obj.docstring.value)


def rewritten(docstring: str) -> str:
    """A docstring of which Griffe understands every section.

    Args:
        docstring: Text without the indentation of the code.

    Returns:
        The same, some of its sections as Markdown.
    """
    parts = re.split(r"(?m)^(?=[A-Z][\w ]*:$)", docstring)
    return "".join(map(_rewritten_section, parts))


def _rewritten_section(section: str) -> str:
    title, _, body = section.partition(":\n")
    if title == "Example":
        return f"Examples:\n{body}"
    if title not in (*WITH_NAMES, "Reference"):
        return section
    text = textwrap.dedent(body)
    if title in WITH_NAMES:  # a list; the lines that go on with a name are indented, and stay in it
        text = re.sub(r"(?m)^(\w+): ", r"- **`\1`** – ", text)
    return f"**{title}:**\n\n{text}"
