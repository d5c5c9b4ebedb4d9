"""The check of a built site, on small sites with one fault each."""

import runpy
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_site.py"
HOME = """<link rel="stylesheet" href="a.css"><h1 id="top">x</h1>
<a href="sub/">s</a><a href="#top">t</a>"""
PAGE = """<a href="../index.html#top">x</a><img src="../a%20b.svg">
<a href="https://example.org">y</a>"""


@pytest.fixture
def broken_links():
    return runpy.run_path(str(SCRIPT))["broken_links"]


@pytest.fixture
def site(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text(HOME, encoding="utf-8")
    (tmp_path / "sub" / "index.html").write_text(PAGE, encoding="utf-8")
    for name in ("a.css", "a b.svg"):
        (tmp_path / name).touch()
    return tmp_path


def test_a_whole_site_has_no_broken_link(site, broken_links, monkeypatch, capsys):
    assert broken_links(site) == []
    monkeypatch.setattr(sys, "argv", ["check_site.py", str(site)])
    runpy.run_path(str(SCRIPT), run_name="__main__")
    assert capsys.readouterr().out == "2 pages, no broken link\n"


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="../gone/">',
        '<a href="../index.html#gone">',
        '<a href="#gone">',
        '<img src="gone.svg">',
        '<script src="https://example.org/a.js">',  # loaded from elsewhere
        '<link rel="stylesheet" href="https://example.org/a.css">',
    ],
)
def test_a_fault_is_named_with_its_page(site, broken_links, tag):
    with (site / "sub" / "index.html").open("a", encoding="utf-8") as page:
        page.write(tag)
    target = tag.split('"')[-2]
    assert broken_links(site) == [f"{Path('sub') / 'index.html'}: {target}"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["check_site.py", str(tmp_path / "gone")])
    with pytest.raises(SystemExit, match="Links that lead nowhere"):
        runpy.run_path(str(SCRIPT), run_name="__main__")
