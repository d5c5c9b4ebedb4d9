"""What the site makes of the sections of a docstring."""

import runpy
from pathlib import Path

import pytest

pytest.importorskip("griffe")
SCRIPT = Path(__file__).parents[2] / "scripts" / "docstring_sections.py"

DOCSTRING = """Adds.

Args:
    units: Size.

Call arguments:
    x: Float, `(batch, dim)`: left,
        and more.
    mask: Bool.

Returns:
    The sum: a number.

Example:
    >>> 1 + 1
    2

Reference:
    Luong: section 3.
"""
REWRITTEN = """Adds.

Args:
    units: Size.

**Call arguments:**

- **`x`** – Float, `(batch, dim)`: left,
    and more.
- **`mask`** – Bool.

**Returns:**

The sum: a number.

Examples:
    >>> 1 + 1
    2

**Reference:**

Luong: section 3.
"""


def test_sections_that_griffe_does_not_know_become_markdown():
    assert runpy.run_path(str(SCRIPT))["rewritten"](DOCSTRING) == REWRITTEN
