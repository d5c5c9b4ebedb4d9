import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import nlpseq


def run(code):
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return found.stdout.strip()


def test_the_front_door_is_light():
    heavy = ("keras", "tensorflow", "jax", "torch", "datasets", "numpy")
    code = f"import sys, nlpseq; print([name for name in {heavy} if name in sys.modules])"
    assert run(code) == "[]"


@pytest.mark.parametrize("name", nlpseq.__all__)
def test_every_public_name_is_there_and_documented(name):
    thing = getattr(nlpseq, name)
    assert thing.__name__ == name
    text = inspect.getdoc(thing)
    assert "Args:" in text
    assert "Example:" in text


def test_a_name_comes_from_the_module_that_the_table_says():
    for name, module in nlpseq._PUBLIC.items():
        assert getattr(nlpseq, name).__module__ == module


def test_users_and_type_checkers_see_the_same_names():
    source = Path(nlpseq.__file__).read_text(encoding="utf-8")
    for_checkers = {
        (node.module, alias.asname)
        for block in ast.walk(ast.parse(source))
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert for_checkers == {(module, name) for name, module in nlpseq._PUBLIC.items()}
    assert set(nlpseq.__all__) == nlpseq._PUBLIC.keys()
    assert nlpseq.__all__ == sorted(nlpseq.__all__)
    assert dir(nlpseq) == sorted([*nlpseq.__all__, "__version__"])


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'nlpseq' has no attribute 'Taggre'"):
        nlpseq.Taggre  # noqa: B018
