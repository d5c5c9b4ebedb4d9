"""What the pages of docs/learn/ have in common, and that their pictures are those of the script."""

import re
import runpy
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
LEARN = ROOT / "docs" / "learn"
PAGES = sorted(LEARN.glob("[0-9]*.md"))
NUMBER = re.compile(r"-?\d+\.\d+")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_a_picture_checked_code_and_an_exercise_with_its_solution(page):
    text = page.read_text(encoding="utf-8")
    assert re.match(rf"# {int(page.stem[:2])}\. \w", text)
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", text)
    assert [path for _, path in pictures] == [f"pictures/{page.stem}.svg"]
    assert re.search(r"```python\n.*?^```\n\n```text\n[^`]", text, flags=re.S | re.M)
    exercise = text.partition("\n## Exercise\n")[2]
    solution = r'<details markdown="1"><summary>Solution</summary>\n\n.+\n\n</details>\n$'
    assert re.search(solution, exercise, flags=re.S)
    assert len(text.split()) < 1000, "more than five minutes"


def test_all_pages_are_in_the_index_in_order():
    index = (LEARN / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\d+)\]\((\w+\.md)\) \| ", index, flags=re.M)
    assert listed == [(str(number + 1), page.name) for number, page in enumerate(PAGES)]


def test_pictures_are_those_that_the_script_draws(tmp_path, monkeypatch):
    pytest.importorskip("matplotlib")
    monkeypatch.syspath_prepend(ROOT / "scripts")
    script = runpy.run_path(str(ROOT / "scripts" / "draw_pictures.py"))
    assert list(script["PAGES"]) == [page.stem for page in PAGES]
    script["draw"](tmp_path)
    committed = sorted((LEARN / "pictures").glob("*.svg"))
    assert [path.name for path in committed] == [f"{page.stem}.svg" for page in PAGES]
    for path in committed:
        expected, found = (p.read_text(encoding="utf-8") for p in (path, tmp_path / path.name))
        message = f"{path.name} is not what scripts/draw_pictures.py draws: run it"
        assert NUMBER.split(found) == NUMBER.split(expected), message
        numbers = [np.array(NUMBER.findall(text), "float") for text in (found, expected)]
        np.testing.assert_allclose(*numbers, atol=0.01, err_msg=message)
