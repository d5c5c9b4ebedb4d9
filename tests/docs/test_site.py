"""The site has every page, and its reference every module and name that it promises."""

import re
import tomllib
from pathlib import Path

import pytest

import nlpseq

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def pages_in(navigation):
    for entry in navigation:
        for target in entry.values():
            yield from pages_in(target) if isinstance(target, list) else [target]


def test_every_page_is_in_the_navigation_once():
    site = tomllib.loads((DOCS / "zensical.toml").read_text(encoding="utf-8"))
    pages = [path.relative_to(ROOT).as_posix() for path in DOCS.rglob("*.md")]
    expected = ["README.md", "data/README.md", *pages]
    assert sorted(pages_in(site["project"]["nav"])) == sorted(expected)


def entries_of(page):
    text = (DOCS / "reference" / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(r"^::: (\S+)$", text, flags=re.M)


def test_the_reference_has_every_public_name():
    assert entries_of("nlpseq") == [f"nlpseq.{name}" for name in nlpseq.__all__]


@pytest.mark.parametrize("room", ["layers", "models", "decoding"])
def test_the_reference_has_every_module(room):
    modules = sorted(path.stem for path in (ROOT / "nlpseq" / room).glob("[!_]*.py"))
    assert entries_of(room) == [f"nlpseq.{room}", *(f"nlpseq.{room}.{name}" for name in modules)]
